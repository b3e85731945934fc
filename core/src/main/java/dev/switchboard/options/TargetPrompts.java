package dev.switchboard.options;

import java.util.List;

import dev.switchboard.cost.ModelId;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Makes a prompt acceptable to the target that is about to answer it.
 * <p>
 * Options: the target's own, with what the call asks for on top. Portable ones reach any
 * target, a provider's own only a model of that provider's class; the model, the endpoint
 * and the credential always stay the target's.
 * <p>
 * Messages: untouched wherever the target takes them as they are. Otherwise
 * <ul>
 * <li>what another provider's model left behind for its own eyes (reasoning, signatures)
 * is left out, and its tool-call ids become ids that every provider accepts, in call and
 * result alike;</li>
 * <li>for Anthropic and Gemini, which know instructions only at the top, all system
 * messages become one there, in their order, with an empty line between; a prompt of
 * nothing but system messages asks with the last of them;</li>
 * <li>an output schema that the target cannot enforce is told it in words, at the end of
 * the last user message.</li>
 * </ul>
 */
public final class TargetPrompts {

	private TargetPrompts() {
	}

	/**
	 * Adapts a prompt, trusting the target to enforce an output schema if its options can
	 * carry one.
	 * @param prompt the prompt as the caller gave it
	 * @param model the target's model
	 * @param target the target
	 * @return the prompt to send; shares what needed no change
	 */
	public static Prompt adapt(Prompt prompt, ChatModel model, ModelId target) {
		return adapt(prompt, model, target, true);
	}

	/**
	 * Adapts a prompt.
	 * @param prompt the prompt as the caller gave it
	 * @param model the target's model
	 * @param target the target
	 * @param structuredOutput whether the target enforces an output schema by itself;
	 * {@code false} tells it in words even if its options could carry one
	 * @return the prompt to send; shares what needed no change
	 */
	public static Prompt adapt(Prompt prompt, ChatModel model, ModelId target, boolean structuredOutput) {
		ChatOptions defaults = model.getOptions();
		Dialect dialect = Dialect.of(defaults);
		RouteChatOptions asked = RouteChatOptions.of(prompt.getOptions());
		TargetOptions adapted = TargetOptions.adapt(asked, defaults, dialect, target, structuredOutput);
		List<Message> messages = TargetMessages.adapt(prompt.getInstructions(), dialect, target);
		String schema = adapted.schemaInWords();
		if (schema != null) {
			messages = TargetMessages.withInstructions(messages, instructions(schema));
		}
		ChatOptions options = adapted.options();
		if (dialect == Dialect.ANTHROPIC && TargetMessages.hasToolCalls(messages)) {
			options = AnthropicTarget.inToolLoop(options, messages, model instanceof ThinkingReplay.Capable);
		}
		return new Prompt(messages, options);
	}

	private static String instructions(String schema) {
		return """
				Answer with JSON only: no explanation before or after it, no Markdown fence around it. \
				The JSON must be valid against this JSON Schema:
				%s""".formatted(schema);
	}

}
