package dev.switchboard.gateway.wire.responses;

import org.jspecify.annotations.Nullable;

/**
 * A tool as its caller knows it.
 *
 * @param name its name
 * @param namespace the namespace in which it has that name; {@code null} for none
 * @param custom whether it takes a text rather than JSON
 */
record CallerTool(String name, @Nullable String namespace, boolean custom) {

}
