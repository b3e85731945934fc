/**
 * Real servers for tests, once per JVM: containers if there is Docker, else the same
 * versions as processes. Which of them is said by
 * {@code -Dit.servers=docker|native|auto}; without a server the tests fail. Hands out
 * plain values, from which each module makes its own settings.
 */
@NullMarked
package dev.switchboard.servers;

import org.jspecify.annotations.NullMarked;
