package dev.switchboard.relay;

import java.util.Map;

import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.Caller;
import dev.switchboard.call.RequestFacts;
import dev.switchboard.cost.ModelId;
import dev.switchboard.options.PromptFacts;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.options.ToolLoop;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;

/**
 * What the engine wants to know of a prompt, be it one of Spring AI or a request that
 * came on a wire; of the latter nothing is translated for it.
 */
public final class PromptView {

	private PromptView() {
	}

	/**
	 * Who asks, and what he says of the call.
	 * @param prompt the prompt
	 * @param anonymous who is charged if the prompt does not say it
	 * @return the context
	 */
	public static CallContext context(Prompt prompt, Caller anonymous) {
		if (prompt instanceof RelayPrompt relayed) {
			return relayed.request().context();
		}
		return (prompt.getOptions() instanceof RouteChatOptions options) ? options.callContext(anonymous)
				: new CallContext(anonymous, Map.of(), CacheControl.DEFAULT, null, null);
	}

	/**
	 * Whether there is anything to answer.
	 * @param prompt the prompt
	 * @return whether it has a message
	 */
	public static boolean hasMessages(Prompt prompt) {
		return prompt instanceof RelayPrompt || !prompt.getInstructions().isEmpty();
	}

	/**
	 * What rules and the choice of a target may know of it.
	 * @param prompt the prompt
	 * @return the facts
	 */
	public static RequestFacts facts(Prompt prompt) {
		return (prompt instanceof RelayPrompt relayed) ? relayed.request().facts() : PromptFacts.of(prompt);
	}

	/**
	 * The target that asked for the tools whose results it brings.
	 * @param prompt the prompt
	 * @return the target; {@code null} if there is none
	 */
	public static @Nullable ModelId startedBy(Prompt prompt) {
		return (prompt instanceof RelayPrompt relayed) ? relayed.request().startedBy() : ToolLoop.startedBy(prompt);
	}

	/**
	 * The route that answered the latest turn of its tool loop.
	 * @param prompt the prompt
	 * @return the route; {@code null} if there is none
	 */
	public static @Nullable RouteName chosenRoute(Prompt prompt) {
		return (prompt instanceof RelayPrompt relayed) ? relayed.request().chosenRoute() : ToolLoop.chosenRoute(prompt);
	}

	/**
	 * The JSON schema that the answer must keep to.
	 * @param prompt the prompt
	 * @return the schema; {@code null} if there is none, or it can't be read
	 */
	public static @Nullable String outputSchema(Prompt prompt) {
		if (prompt instanceof RelayPrompt relayed
				&& !(relayed.request().hasOutputSchema() && relayed.request().isTranslatable())) {
			return null;
		}
		return (prompt.getOptions() instanceof StructuredOutputChatOptions options) ? options.getOutputSchema() : null;
	}

}
