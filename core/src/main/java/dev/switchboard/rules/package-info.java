/**
 * Routes that pick a route: the conditions of their rules, written in Spring's expression
 * language. Imports the JDK, Spring's expressions, Caffeine, {@code cost}, {@code route}
 * and {@code call}.
 */
@NullMarked
package dev.switchboard.rules;

import org.jspecify.annotations.NullMarked;
