/**
 * The providers: their addresses and credentials, the models that speak to them, and what
 * their failures mean. Imports the JDK, Spring AI, Reactor, Micrometer, Caffeine and
 * Jackson, and of this project {@code cost}, {@code policy}, {@code route}, {@code call}
 * and {@code options}. The jar of a wire is touched only by the classes named after it,
 * so that a route on one wire needs no jar of another.
 */
@NullMarked
package dev.switchboard.provider;

import org.jspecify.annotations.NullMarked;
