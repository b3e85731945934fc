package dev.switchboard.gateway.wire;

import java.time.Instant;

/**
 * What the gateway says of an answer that it writes itself.
 *
 * @param id the call's identifier, from which the wire makes its own kind of identifier
 * @param created when the call began
 * @param model the model that answered, as {@code provider/model}
 */
public record AnswerHead(String id, Instant created, String model) {

}
