package dev.switchboard.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.switchboard.cost.ModelId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/**
 * The options that a target is asked with.
 *
 * @param options the target's own class of options
 * @param schemaInWords the output schema that these could not carry; {@code null} if they
 * could, or if there is none
 */
record TargetOptions(ChatOptions options, @Nullable String schemaInWords) {

	private static final Logger logger = LoggerFactory.getLogger(TargetPrompts.class);

	static TargetOptions adapt(RouteChatOptions asked, ChatOptions defaults, Dialect dialect, ModelId target,
			boolean structuredOutput) {
		boolean sameModel = target.model().equals(defaults.getModel());
		if (!asked.isShaping() && sameModel) {
			return new TargetOptions(defaults, null);
		}
		ChatOptions.Builder<?> builder = defaults.mutate();
		List<ChatOptions.Builder<?>> own = ownOverlays(asked, builder, target);
		own.forEach(builder::combineWith);
		portable(asked, defaults, builder, dialect);
		if (builder instanceof ToolCallingChatOptions.Builder<?> tools) {
			if (asked.getToolCallbacks() != null) {
				tools.toolCallbacks(dialect.keepsDefinitions() ? asked.getToolCallbacks()
						: InlinedTool.replaceIn(asked.getToolCallbacks()));
			}
			if (asked.getToolContext() != null) {
				tools.toolContext(asked.getToolContext());
			}
		}
		String schema = asked.getOutputSchema();
		String sent = (schema != null && structuredOutput) ? sendable(schema, dialect) : null;
		if (sent != null && builder instanceof StructuredOutputChatOptions.Builder<?> structured) {
			structured.outputSchema(sent);
			schema = null;
		}
		builder.model(target.model());
		switch (dialect) {
			case OPENAI -> OpenAiTarget.settle(builder, defaults, own, asked.getMaxTokens(), target);
			case ANTHROPIC -> AnthropicTarget.settle(builder, defaults, own);
			default -> {
			}
		}
		return new TargetOptions(builder.build(), schema);
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
