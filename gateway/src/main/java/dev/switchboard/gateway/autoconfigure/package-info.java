/**
 * Auto-configuration of the gateway: thin beans over {@code front}, {@code passthrough}
 * and {@code security}.
 */
@NullMarked
package dev.switchboard.gateway.autoconfigure;

import org.jspecify.annotations.NullMarked;
