package dev.switchboard.options;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.cost.ModelId;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Knows the turns of a conversation that go on with a tool loop. Whoever asks for tools
 * leaves his name in the metadata of his message; the message comes back with the results
 * in the next turn, and the name with it. Where it does not, because a chat memory kept
 * only texts, the turn is answered like any other.
 */
public final class ToolLoop {

	/** The metadata that names the target, as {@code provider/model}. */
	static final String TARGET = "switchboard.target";

	/** The metadata that names the route. */
	static final String ROUTE = "switchboard.route";

	private ToolLoop() {
	}

	/**
	 * The target that asked for the tools whose results this prompt brings.
	 * @param prompt the prompt
	 * @return the target that answered the loop's latest turn; {@code null} if the prompt
	 * goes on with no loop, or nobody signed it
	 */
	public static @Nullable ModelId startedBy(Prompt prompt) {
		AssistantMessage asking = asking(prompt);
		return (asking != null) ? target(asking) : null;
	}

	/**
	 * The route that answered the loop's latest turn, which matters where rules choose
	 * one.
	 * @param prompt the prompt
	 * @return the route; {@code null} if the prompt goes on with no loop, or nobody
	 * signed it
	 */
	public static @Nullable RouteName chosenRoute(Prompt prompt) {
		AssistantMessage asking = asking(prompt);
		return (asking != null) ? route(asking.getMetadata()) : null;
	}

	/**
	 * The route that signed a message.
	 * @param metadata the message's metadata
	 * @return the route; {@code null} if nobody signed it
	 */
	public static @Nullable RouteName route(Map<String, Object> metadata) {
		if (!(metadata.get(ROUTE) instanceof String name)) {
			return null;
		}
		try {
			return new RouteName(name);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Signs an answer, or a chunk of one, if it asks for tools or carries reasoning: what
	 * only its own provider may be shown again.
	 * @param response the answer
	 * @param target who gave it
	 * @param route the route he answered for
	 * @return the signed answer; the same if there is nothing to sign
	 */
	public static ChatResponse stamp(ChatResponse response, ModelId target, RouteName route) {
		List<Generation> generations = response.getResults();
		boolean needed = false;
		for (int i = 0; i < generations.size() && !needed; i++) {
			needed = isToBeSigned(generations.get(i).getOutput());
		}
		if (!needed) {
			return response;
		}
		List<Generation> stamped = new ArrayList<>(generations.size());
		for (Generation generation : generations) {
			AssistantMessage message = generation.getOutput();
			if (isToBeSigned(message)) {
				Map<String, Object> metadata = new HashMap<>(message.getMetadata());
				metadata.put(TARGET, target.toString());
				metadata.put(ROUTE, route.value());
				stamped.add(new Generation(Answers.withMetadata(message, metadata), generation.getMetadata()));
			}
			else {
				stamped.add(generation);
			}
		}
		return new ChatResponse(stamped, response.getMetadata());
	}

	private static boolean isToBeSigned(AssistantMessage message) {
		return message.hasToolCalls() || Answers.reasoning(message) != null;
	}

	/** Who gave an answer; {@code null} if nobody signed it. */
	static @Nullable ModelId target(AssistantMessage message) {
		return target(message.getMetadata());
	}

	/**
	 * The target that signed a message.
	 * @param metadata the message's metadata
	 * @return the target; {@code null} if nobody signed it
	 */
	public static @Nullable ModelId target(Map<String, Object> metadata) {
		if (!(metadata.get(TARGET) instanceof String name)) {
			return null;
		}
		try {
			return ModelId.parse(name);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable AssistantMessage asking(Prompt prompt) {
		List<Message> messages = prompt.getInstructions();
		int last = messages.size() - 1;
		while (last >= 0 && messages.get(last) instanceof ToolResponseMessage) {
			last--;
		}
		return (last >= 0 && last < messages.size() - 1 && messages.get(last) instanceof AssistantMessage asking
				&& asking.hasToolCalls()) ? asking : null;
	}

}
