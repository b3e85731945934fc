/**
 * How many calls and tokens may pass in a time, and how many did. Imports {@code cost},
 * {@code policy}, {@code route} and {@code call}; Bucket4j counts.
 */
@NullMarked
package dev.switchboard.limit;

import org.jspecify.annotations.NullMarked;
