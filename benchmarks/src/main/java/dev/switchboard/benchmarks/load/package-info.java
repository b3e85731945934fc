/**
 * What the gateway costs beside no gateway, nginx and plain Spring Cloud Gateway, under
 * load over real connections. May import anything.
 */
@NullMarked
package dev.switchboard.benchmarks.load;

import org.jspecify.annotations.NullMarked;
