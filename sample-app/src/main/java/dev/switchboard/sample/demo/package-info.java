/**
 * The page: asks a route, shows how the answer came about, and lets providers fail.
 * Beside what every application imports it reads the engine's routes and the health of
 * targets.
 */
@NullMarked
package dev.switchboard.sample.demo;

import org.jspecify.annotations.NullMarked;
