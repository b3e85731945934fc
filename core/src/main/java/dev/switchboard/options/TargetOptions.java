package dev.switchboard.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * The options that a target is asked with.
 * <p>
 * Where a value is said several times, the caller's own options of the target's provider
 * hold, then what the caller asked any provider for, then the target's own options, as
 * far as the provider takes them together.
 *
 * @param options the target's own class of options
 * @param inWords what these could not carry, as instructions for the model
 */
record TargetOptions(ChatOptions options, List<String> inWords) {

	private static final Logger logger = LoggerFactory.getLogger(TargetPrompts.class);

	private static final String SCHEMA = """
			Answer with JSON only: no explanation before or after it, no Markdown fence around it. \
			The JSON must be valid against this JSON Schema:
			%s""";

	/**
	 * Makes the options.
	 * @param asked what the call asks for
	 * @param model the target's model
	 * @param target the target
	 * @param card what is known of its model; {@code null} if nothing is
	 * @param messages the messages of the call
	 */
	static TargetOptions adapt(RouteChatOptions asked, ChatModel model, ModelId target, @Nullable ModelCard card,
			List<Message> messages) {
		ChatOptions defaults = model.getOptions();
		Dialect dialect = Dialect.of(defaults);
		if (!asked.isShaping() && target.model().equals(defaults.getModel()) && !mustSettle(defaults, dialect)) {
			return new TargetOptions(defaults, List.of());
		}
		boolean sentByUs = model instanceof ThinkingReplay.Capable;
		Asking asking = new Asking(asked.common(), target, card, hasTools(asked, defaults),
				asked.getOutputSchema() != null);
		ChatOptions.Builder<?> builder = defaults.mutate();
		switch (dialect) {
			case OPENAI -> OpenAiTarget.ask(builder, defaults, messages, asking);
			case ANTHROPIC -> AnthropicTarget.ask(builder, asking);
			case GEMINI -> GeminiTarget.ask(builder, asking, sentByUs);
			case OTHER -> askInWords(asking);
		}
		List<ChatOptions.Builder<?>> own = ownOverlays(asked, builder, target);
		own.forEach(builder::combineWith);
		portable(asked, defaults, builder, dialect);
		if (builder instanceof ToolCallingChatOptions.Builder<?> tools) {
			tools(asked, tools, dialect, asking);
		}
		String schema = asked.getOutputSchema();
		String sent = (schema != null && (card == null || card.structuredOutput())) ? sendable(schema, dialect) : null;
		if (sent != null && builder instanceof StructuredOutputChatOptions.Builder<?> structured) {
			structured.outputSchema(sent);
		}
		else if (schema != null) {
			asking.say(SCHEMA.formatted(schema));
		}
		builder.model(target.model());
		switch (dialect) {
			case OPENAI -> OpenAiTarget.settle(builder, defaults, own, asked.getMaxTokens(), asking);
			case ANTHROPIC -> AnthropicTarget.settle(builder, defaults, own, asking);
			case GEMINI -> GeminiTarget.settle(builder, own, asking, sentByUs);
			case OTHER -> {
			}
		}
		return new TargetOptions(builder.build(), asking.words());
	}

	private static boolean mustSettle(ChatOptions defaults, Dialect dialect) {
		return switch (dialect) {
			case OPENAI -> OpenAiTarget.mustSettle(defaults);
			case ANTHROPIC -> AnthropicTarget.mustSettle(defaults);
			default -> false;
		};
	}

	private static boolean hasTools(RouteChatOptions asked, ChatOptions defaults) {
		List<ToolCallback> tools = asked.getToolCallbacks();
		if (tools == null && defaults instanceof ToolCallingChatOptions own) {
			tools = own.getToolCallbacks();
		}
		return tools != null && !tools.isEmpty();
	}

	/**
	 * Of options whose class is unknown nothing is known but what they have in common.
	 */
	private static void askInWords(Asking asking) {
		asking.sayJsonObject();
		asking.sayToolChoice();
		asking.sayOneToolAtATime();
		if (asking.common().reasoningEffort() != null) {
			asking.drop("reasoningEffort");
		}
		if (asking.common().seed() != null) {
			asking.drop("seed");
		}
	}

	private static void tools(RouteChatOptions asked, ToolCallingChatOptions.Builder<?> builder, Dialect dialect,
			Asking asking) {
		List<ToolCallback> tools = asked.getToolCallbacks();
		if (asking.leavesOutTools()) {
			builder.toolCallbacks(List.of());
		}
		else if (tools != null) {
			builder.toolCallbacks(dialect.keepsDefinitions() ? tools : InlinedTool.replaceIn(tools));
		}
		if (asked.getToolContext() != null) {
			builder.toolContext(asked.getToolContext());
		}
	}

	private static @Nullable String sendable(String schema, Dialect dialect) {
		return (dialect.keepsDefinitions() || !SchemaRefs.isIn(schema)) ? schema : SchemaRefs.inline(schema);
	}

	private static List<ChatOptions.Builder<?>> ownOverlays(RouteChatOptions asked, ChatOptions.Builder<?> builder,
			ModelId target) {
		if (asked.overlays().isEmpty()) {
			return List.of();
		}
		List<ChatOptions.Builder<?>> own = new ArrayList<>();
		List<String> ignored = new ArrayList<>();
		for (ChatOptions.Builder<?> overlay : asked.overlays()) {
			if (builder.getClass().isInstance(overlay) || overlay.getClass().isInstance(builder)) {
				own.add(overlay);
			}
			else {
				ignored.add(RouteChatOptions.nameOf(overlay));
			}
		}
		if (!ignored.isEmpty() && logger.isDebugEnabled()) {
			logger.debug("Options of another provider are ignored: options={} target={}", ignored, target);
		}
		return own;
	}

	/** Last, so that of two portable values the one merged later holds everywhere. */
	private static void portable(RouteChatOptions asked, ChatOptions defaults, ChatOptions.Builder<?> builder,
			Dialect dialect) {
		if (asked.getFrequencyPenalty() != null) {
			builder.frequencyPenalty(asked.getFrequencyPenalty());
		}
		if (asked.getMaxTokens() != null && dialect != Dialect.OPENAI) {
			builder.maxTokens(asked.getMaxTokens());
		}
		if (asked.getPresencePenalty() != null) {
			builder.presencePenalty(asked.getPresencePenalty());
		}
		if (asked.getTemperature() != null) {
			builder.temperature(asked.getTemperature());
		}
		if (asked.getTopK() != null) {
			builder.topK(asked.getTopK());
		}
		if (asked.getTopP() != null) {
			builder.topP(asked.getTopP());
		}
		List<String> stop = asked.getStopSequences();
		if (stop != null) {
			// Replaces what the overlays appended: they are merged in the asked ones
			// already.
			List<String> all = new ArrayList<>(Objects.requireNonNullElse(defaults.getStopSequences(), List.of()));
			stop.stream().filter((sequence) -> !all.contains(sequence)).forEach(all::add);
			builder.stopSequences(all);
		}
	}

}
