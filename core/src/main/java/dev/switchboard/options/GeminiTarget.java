package dev.switchboard.options;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.google.genai.common.GoogleGenAiThinkingLevel;

/**
 * What is asked for, in Gemini's words. As documented in November 2026:
 * ai.google.dev/gemini-api/docs/thinking, …/openai (the budgets of each effort) and
 * …/function-calling. Loaded only where {@code spring-ai-google-genai} is there.
 */
final class GeminiTarget {

	private static final Pattern GEMINI = ModelVersion.family("gemini-");

	/** Those that know the lowest step; others refuse it. */
	private static final Pattern MINIMAL = Pattern.compile("gemini-3(\\.[0-6])?-flash");

	private static final int LEAST_OF_PRO = 128;

	private GeminiTarget() {
	}

	/**
	 * Asks for what the options can carry, and for the rest beside them.
	 * @param sentByUs whether the fields of {@link GeminiFields} reach the request
	 */
	static void ask(ChatOptions.Builder<?> builder, Asking asking, boolean sentByUs) {
		if (!(builder instanceof GoogleGenAiChatOptions.Builder gemini)) {
			return;
		}
		Effort effort = asking.effort();
		if (effort != null) {
			think(gemini, asking, effort);
		}
		int version = ModelVersion.of(asking.model(), GEMINI);
		if (asking.wantsJsonObject() && (!asking.hasTools() || version >= 300)) {
			gemini.responseMimeType("application/json");
		}
		else {
			// Before Gemini 3 it does not go with tools.
			asking.sayJsonObject();
		}
		asking.sayOneToolAtATime();
		if (!sentByUs) {
			asking.sayToolChoice();
			if (asking.common().seed() != null) {
				asking.drop("seed");
			}
		}
	}

	private static void think(GoogleGenAiChatOptions.Builder gemini, Asking asking, Effort effort) {
		String model = asking.model();
		int version = ModelVersion.of(model, GEMINI);
		if (version >= 300) {
			gemini.thinkingBudget(null)
				.thinkingLevel(GoogleGenAiThinkingLevel.valueOf(effort.nearest(levels(model)).name()));
		}
		else if (version >= 205) {
			gemini.thinkingLevel(null).thinkingBudget(budget(effort, model));
		}
		else {
			asking.drop("reasoningEffort");
			return;
		}
		if (effort != Effort.NONE) {
			// Gemini keeps its thoughts to itself unless it is asked for them.
			gemini.includeThoughts(true);
		}
	}

	/** None of these can be switched off. Spring AI refuses the middle one for Pro. */
	private static Set<Effort> levels(String model) {
		if (model.contains("pro") && !model.contains("flash")) {
			return EnumSet.of(Effort.LOW, Effort.HIGH);
		}
		return EnumSet.range(MINIMAL.matcher(model).find() ? Effort.MINIMAL : Effort.LOW, Effort.HIGH);
	}

	private static int budget(Effort effort, String model) {
		return switch (effort) {
			case NONE -> model.contains("pro") ? LEAST_OF_PRO : 0;
			case MINIMAL, LOW -> 1024;
			case MEDIUM -> 8192;
			default -> 24576;
		};
	}

	static void settle(ChatOptions.Builder<?> builder, List<ChatOptions.Builder<?>> overlays, Asking asking,
			boolean sentByUs) {
		if (!(builder instanceof GoogleGenAiChatOptions.Builder gemini)) {
			return;
		}
		GoogleGenAiChatOptions options = gemini.clone().build();
		if (asking.common().reasoningEffort() != null && options.getThinkingBudget() != null
				&& options.getThinkingLevel() != null) {
			// Gemini refuses both; the caller's own is the later one.
			if (overlays.stream().anyMatch((overlay) -> setsLevel(overlay))) {
				gemini.thinkingBudget(null);
			}
			else {
				gemini.thinkingLevel(null);
			}
		}
		ObjectNode fields = fields(asking);
		if (sentByUs && !fields.isEmpty()) {
			Map<String, Object> context = new HashMap<>(Objects.requireNonNullElse(options.getToolContext(), Map.of()));
			context.put(GeminiFields.TOOL_CONTEXT, fields.toString());
			gemini.toolContext(context);
		}
	}

	private static boolean setsLevel(ChatOptions.Builder<?> overlay) {
		return overlay.clone().build() instanceof GoogleGenAiChatOptions own && own.getThinkingLevel() != null;
	}

	private static ObjectNode fields(Asking asking) {
		ObjectNode fields = JsonMapper.shared().createObjectNode();
		if (asking.common().seed() != null) {
			fields.putObject("generationConfig").put("seed", asking.common().seed());
		}
		ToolChoice choice = asking.toolChoice();
		if (choice != null) {
			ObjectNode config = fields.putObject("toolConfig").putObject("functionCallingConfig");
			switch (choice.kind()) {
				case AUTO -> config.put("mode", "AUTO");
				case NONE -> config.put("mode", "NONE");
				case REQUIRED -> config.put("mode", "ANY");
				case FUNCTION -> config.put("mode", "ANY").putArray("allowedFunctionNames").add(choice.name());
			}
		}
		return fields;
	}

}
