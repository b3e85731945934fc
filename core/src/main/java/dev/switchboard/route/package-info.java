/**
 * The routes and what they are made of. Imports nothing but the JDK, {@code cost} and
 * {@code policy}.
 */
@NullMarked
package dev.switchboard.route;

import org.jspecify.annotations.NullMarked;
