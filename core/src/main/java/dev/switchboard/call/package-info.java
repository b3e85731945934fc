/**
 * One call of an application to a route, and what it leaves behind. Imports nothing but
 * the JDK, {@code cost}, {@code policy} and {@code route}.
 */
@NullMarked
package dev.switchboard.call;

import org.jspecify.annotations.NullMarked;
