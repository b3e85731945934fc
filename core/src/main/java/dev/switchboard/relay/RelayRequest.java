package dev.switchboard.relay;

import java.util.List;
import java.util.Map;

import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallProgress;
import dev.switchboard.call.CallerPresence;
import dev.switchboard.call.RequestFacts;
import dev.switchboard.cost.ModelId;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;

/**
 * A request as it came on a wire. One call's own; used by one thread at a time.
 */
public interface RelayRequest {

	/**
	 * The endpoint to which it goes where it is relayed.
	 * @return the endpoint
	 */
	RelayEndpoint endpoint();

	/**
	 * Whether a target gets it as it came.
	 * @param target the target
	 * @return {@code false} if it is translated for that target
	 */
	boolean relays(Target target);

	/**
	 * The body for a target that gets it as it came: only the model is another one, and
	 * what the target's options say where the request says nothing.
	 * @param target the target
	 * @return the bytes
	 */
	byte[] body(Target target);

	/**
	 * The headers that go with it, such as the version of the wire.
	 * @return names and values
	 */
	List<Map.Entry<String, String>> headers();

	/**
	 * Whether the caller wants to see the event that tells the usage of a stream, or it
	 * is asked for on our own account.
	 * @return whether he does
	 */
	boolean wantsUsage();

	/**
	 * Who asks, and what he says of the call.
	 * @return the context
	 */
	CallContext context();

	/**
	 * Whether the caller is still there.
	 * @return his presence, for as long as the call takes
	 */
	CallerPresence presence();

	/**
	 * What rules and the choice of a target may know of it.
	 * @return the facts, estimated once
	 */
	RequestFacts facts();

	/**
	 * The target that asked for the tools whose results it brings.
	 * @return the target; {@code null} if it brings none, or nobody remembers
	 */
	@Nullable ModelId startedBy();

	/**
	 * The route that answered the latest turn of its tool loop.
	 * @return the route; {@code null} if it goes on with none, or nobody remembers
	 */
	@Nullable RouteName chosenRoute();

	/**
	 * Whether it asks for an answer by a JSON schema.
	 * @return whether it does
	 */
	boolean hasOutputSchema();

	/**
	 * Whether targets of other wires can be asked it.
	 * @return {@code false} if it has something that can't be translated
	 */
	boolean isTranslatable();

	/**
	 * The request in Spring AI's terms, for targets of other wires.
	 * @return the prompt, with a route's options
	 * @throws RuntimeException if it is not translatable
	 */
	Prompt translated();

	/**
	 * Everything of it that shapes the answer, for the response cache.
	 * @return the bytes
	 */
	List<byte[]> fingerprint();

	/**
	 * Told once, right before the first of the answer is passed on; of an answer in one
	 * piece it is not told.
	 * @param progress what is known then
	 */
	void begins(CallProgress progress);

}
