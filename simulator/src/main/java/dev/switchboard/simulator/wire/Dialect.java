package dev.switchboard.simulator.wire;

import java.util.Map;
import java.util.stream.Stream;

import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.SimulatedWire;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How one wire is read and written.
 */
public interface Dialect {

	/**
	 * The wire.
	 * @return which one this is
	 */
	SimulatedWire wire();

	/**
	 * Reads a chat request.
	 * @param target what the request line says
	 * @param body the body
	 * @return the request
	 * @throws RequestRefusedException if a real provider would not take it
	 */
	ChatRequest read(RequestTarget target, JsonNode body);

	/**
	 * An answer at once.
	 * @param reply the answer
	 * @return the JSON body
	 */
	Map<String, @Nullable Object> whole(Reply reply);

	/**
	 * An answer as a stream.
	 * @param reply the answer
	 * @return its events, made as they are taken
	 */
	Stream<Step.Send> stream(Reply reply);

	/**
	 * An error before the answer.
	 * @param error the error
	 * @param model the model that was asked for; empty when none was
	 * @param requestId the identifier of the request
	 * @return the error in this wire's shape
	 */
	ErrorReply error(ProviderError error, String model, String requestId);

	/**
	 * An error in the middle of a stream.
	 * @param error the error
	 * @param model the model that was asked for
	 * @param requestId the identifier of the request
	 * @return the event
	 */
	Step.Send errorEvent(ProviderError error, String model, String requestId);

	/**
	 * An event that cannot be read.
	 * @return the event
	 */
	Step.Send malformedEvent();

	/**
	 * The headers of every reply.
	 * @param requestId the identifier of the request
	 * @return names and values
	 */
	Map<String, String> headers(String requestId);

}
