/**
 * What routes and the cache cost beside Spring AI alone. May import anything.
 */
@NullMarked
package dev.switchboard.benchmarks;

import org.jspecify.annotations.NullMarked;
