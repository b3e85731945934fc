package dev.switchboard.options;

import java.util.List;

import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Makes a prompt acceptable to the target that is about to answer it.
 * <p>
 * Options: the target's own, with what the call asks for on top. Portable ones reach any
 * target, and so do {@link CommonOptions}, each in the words of the target's provider; a
 * provider's own reach only a model of that provider's class. The model, the endpoint and
 * the credential always stay the target's.
 * <p>
 * Messages: untouched wherever the target takes them as they are. Otherwise
 * <ul>
 * <li>what another provider's model left behind for its own eyes (reasoning, signatures)
 * is left out, and its tool-call ids become ids that every provider accepts, in call and
 * result alike;</li>
 * <li>for Anthropic and Gemini, which know instructions only at the top, all system
 * messages become one there, in their order, with an empty line between; a prompt of
 * nothing but system messages asks with the last of them;</li>
 * <li>an output schema that the target cannot enforce, and what else its options cannot
 * carry, is told it in words, at the end of the last user message.</li>
 * </ul>
 */
public final class TargetPrompts {

	private TargetPrompts() {
	}

	/**
	 * Adapts a prompt for a model of which nothing is known. It is trusted to think, and
	 * to enforce an output schema, if its options can carry these.
	 * @param prompt the prompt as the caller gave it
	 * @param model the target's model
	 * @param target the target
	 * @return the prompt to send; shares what needed no change
	 */
	public static Prompt adapt(Prompt prompt, ChatModel model, ModelId target) {
		return adapt(prompt, model, target, ModelCatalog.EMPTY);
	}

	/**
	 * Adapts a prompt.
	 * @param prompt the prompt as the caller gave it
	 * @param model the target's model
	 * @param target the target
	 * @param catalog what is known of the models: whether they think, and whether they
	 * enforce an output schema by themselves. A model that it does not know at its
	 * provider is taken to be the one of the same name at its maker
	 * @return the prompt to send; shares what needed no change
	 */
	public static Prompt adapt(Prompt prompt, ChatModel model, ModelId target, ModelCatalog catalog) {
		Dialect dialect = Dialect.of(model.getOptions());
		RouteChatOptions asked = RouteChatOptions.of(prompt.getOptions());
		TargetOptions adapted = TargetOptions.adapt(asked, model, target, dialect.card(target, catalog),
				prompt.getInstructions());
		List<Message> messages = TargetMessages.adapt(prompt.getInstructions(), dialect, target);
		if (!adapted.inWords().isEmpty()) {
			messages = TargetMessages.withInstructions(messages, String.join("\n\n", adapted.inWords()));
		}
		ChatOptions options = adapted.options();
		if (dialect == Dialect.ANTHROPIC && TargetMessages.hasToolCalls(messages)) {
			options = AnthropicTarget.inToolLoop(options, messages, model instanceof ThinkingReplay.Capable);
		}
		return new Prompt(messages, options);
	}

}
