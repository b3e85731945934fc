package dev.switchboard.simulator.wire;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An error in the shape of one wire.
 *
 * @param status the status
 * @param headers the headers that come with it
 * @param body the JSON body
 */
public record ErrorReply(int status, Map<String, String> headers, Map<String, @Nullable Object> body) {

}
