package dev.switchboard.options;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.openai.OpenAiChatModel.ResponseFormat;
import org.springframework.ai.openai.OpenAiChatOptions;

import static dev.switchboard.options.Effort.HIGH;
import static dev.switchboard.options.Effort.LOW;
import static dev.switchboard.options.Effort.MAX;
import static dev.switchboard.options.Effort.MEDIUM;
import static dev.switchboard.options.Effort.MINIMAL;
import static dev.switchboard.options.Effort.NONE;
import static dev.switchboard.options.Effort.XHIGH;

/**
 * How the providers of the OpenAI wire differ in what they are asked for. Known by the
 * name of the provider; any other is asked in OpenAI's own words. Loaded only where
 * {@code spring-ai-openai} is there.
 * <p>
 * As documented in November 2026: developers.openai.com/api/docs/guides/reasoning,
 * api-docs.deepseek.com/guides/thinking_mode, alibabacloud.com/help/en/model-studio
 * ("Deep thinking", "Structured output"), docs.z.ai/guides/capabilities/thinking-mode,
 * platform.kimi.ai/docs (use-thinking-effort), volcengine.com/docs/82379/1449737,
 * docs.x.ai/guides/reasoning, console.groq.com/docs/reasoning,
 * docs.together.ai/docs/inference/chat/reasoning, docs.fireworks.ai/guides/reasoning,
 * deepinfra.com/docs, openrouter.ai/docs/use-cases/reasoning-tokens, docs.mistral.ai/api,
 * docs.ollama.com/api/openai-compatibility.
 */
final class OpenAiVariety {

	private static final Set<Effort> USUAL = EnumSet.of(LOW, MEDIUM, HIGH);

	private static final Set<Effort> USUAL_OR_NONE = EnumSet.of(NONE, LOW, MEDIUM, HIGH);

	private static final Set<Effort> STEPS = EnumSet.of(LOW, HIGH, MAX);

	private static final Pattern GPT = ModelVersion.family("^gpt-");

	private static final Pattern GLM = ModelVersion.family("^glm-");

	private final OpenAiChatOptions.Builder builder;

	private final Asking asking;

	/** Fields that Spring AI's class has no name for. */
	private final Map<String, Object> extra = new HashMap<>();

	OpenAiVariety(OpenAiChatOptions.Builder builder, @Nullable Map<String, Object> own, Asking asking) {
		this.builder = builder;
		this.asking = asking;
		if (own != null) {
			this.extra.putAll(own);
		}
	}

	private String provider() {
		return this.asking.target().provider();
	}

	/** Puts everything into the options. */
	void ask(List<Message> messages) {
		reason();
		choose();
		seed();
		json(messages);
		if (!this.extra.isEmpty()) {
			this.builder.extraBody(this.extra);
		}
	}

	private void reason() {
		String word = this.asking.common().reasoningEffort();
		if (word == null) {
			return;
		}
		if (provider().equals("ollama") && !this.asking.isKnown()) {
			// Refused by every model that does not think.
			this.asking.drop("reasoningEffort");
			return;
		}
		if (Effort.of(word) == null && this.asking.mayReason()) {
			this.builder.reasoningEffort(word);
			return;
		}
		Effort effort = this.asking.effort();
		if (effort != null) {
			reason(effort);
		}
	}

	private void reason(Effort effort) {
		String model = this.asking.model();
		switch (provider()) {
			case "deepseek" -> think(effort, STEPS);
			case "doubao" -> think(effort, EnumSet.of(MINIMAL, LOW, MEDIUM, HIGH));
			case "zhipu" -> zhipu(effort, model);
			case "moonshot" -> moonshot(effort, model);
			case "qwen" -> qwen(effort);
			case "together" -> together(effort, model);
			case "openrouter" -> {
				this.builder.reasoningEffort(null);
				this.extra.put("reasoning", Map.of("effort", effort.nearest(EnumSet.range(NONE, XHIGH)).word()));
			}
			case "mistral" -> field(effort, model.startsWith("magistral") ? Set.of() : EnumSet.of(NONE, HIGH));
			case "xai" -> field(effort, xai(model));
			case "groq" -> groq(effort, model);
			case "fireworks", "deepinfra", "ollama", "vllm" -> field(effort, USUAL_OR_NONE);
			default -> field(effort, openAi(model));
		}
	}

	/** OpenAI's own field, in the model's own steps; {@code null} for all of them. */
	private void field(Effort effort, @Nullable Set<Effort> taken) {
		if (taken != null && taken.isEmpty()) {
			this.asking.drop("reasoningEffort");
			return;
		}
		this.builder.reasoningEffort(((taken != null) ? effort.nearest(taken) : effort).word());
	}

	/** Thinking has a switch; how long is a field of its own, if it has one. */
	private void think(Effort effort, Set<Effort> taken) {
		boolean on = effort != NONE;
		this.extra.put("thinking", Map.of("type", on ? "enabled" : "disabled"));
		this.builder.reasoningEffort((on && !taken.isEmpty()) ? effort.nearest(taken).word() : null);
	}

	/** The step came with GLM-5.2, since 5.3 thinking cannot be switched off. */
	private void zhipu(Effort effort, String model) {
		int version = ModelVersion.of(model, GLM);
		if (version >= 503) {
			field(effort, STEPS);
		}
		else {
			think(effort, (version >= 502) ? EnumSet.range(MINIMAL, MAX) : Set.of());
		}
	}

	private void moonshot(Effort effort, String model) {
		if (model.startsWith("kimi-k2.5") || model.startsWith("kimi-k2.6")) {
			think(effort, Set.of());
		}
		else {
			field(effort, model.startsWith("kimi-k2") ? Set.of() : STEPS);
		}
	}

	/**
	 * A switch, and a number of tokens. The steps are those that Google documents for
	 * Gemini behind the same field; from {@code high} on the model's own limit holds.
	 */
	private void qwen(Effort effort) {
		this.builder.reasoningEffort(null);
		this.extra.put("enable_thinking", effort != NONE);
		switch (effort) {
			case MINIMAL, LOW -> this.extra.put("thinking_budget", 1024);
			case MEDIUM -> this.extra.put("thinking_budget", 8192);
			default -> this.extra.remove("thinking_budget");
		}
	}

	private void together(Effort effort, String model) {
		if (effort != NONE
				&& (model.startsWith("gpt-oss") || model.startsWith("glm-5.3") || model.startsWith("kimi-k3"))) {
			field(effort, USUAL);
		}
		else {
			this.builder.reasoningEffort(null);
			this.extra.put("reasoning", Map.of("enabled", effort != NONE));
		}
	}

	private void groq(Effort effort, String model) {
		if (model.startsWith("qwen")) {
			this.builder.reasoningEffort((effort != NONE) ? "default" : "none");
		}
		else {
			field(effort, model.startsWith("gpt-oss") ? USUAL : Set.of());
		}
	}

	/** Before 4.3 the name of the model says whether it thinks. */
	private static Set<Effort> xai(String model) {
		if (model.startsWith("grok-4.20") || model.matches("grok-(4|4-.*|code-.*)")) {
			return Set.of();
		}
		if (model.startsWith("grok-3")) {
			return EnumSet.of(LOW, HIGH);
		}
		if (model.startsWith("grok-4.3")) {
			return USUAL_OR_NONE;
		}
		return model.startsWith("grok-4.6") ? EnumSet.of(LOW, MEDIUM, HIGH, XHIGH) : USUAL;
	}

	private static @Nullable Set<Effort> openAi(String model) {
		String name = model.startsWith("ft:") ? model.substring("ft:".length()) : model;
		if (name.matches("(gpt-[34]|chatgpt|gpt-5(\\.\\d+)?-chat).*")) {
			return Set.of();
		}
		if (name.matches("(o\\d|gpt-oss).*")) {
			return USUAL;
		}
		if (name.startsWith("gpt-5-pro")) {
			return EnumSet.of(HIGH);
		}
		int version = ModelVersion.of(name, GPT);
		if (version < 500) {
			return null;
		}
		if (version == 500) {
			return EnumSet.range(MINIMAL, HIGH);
		}
		return (version == 501) ? USUAL_OR_NONE
				: EnumSet.of(NONE, LOW, MEDIUM, HIGH, XHIGH, (version < 506) ? XHIGH : MAX);
	}

	private void choose() {
		// OpenAI's first reasoning models refuse it.
		if (this.asking.parallelToolCalls() != null && !this.asking.model().matches("o\\d.*")) {
			this.builder.parallelToolCalls(this.asking.parallelToolCalls());
		}
		ToolChoice choice = this.asking.toolChoice();
		if (choice == null) {
			return;
		}
		switch (provider()) {
			case "zhipu" -> {
				// Knows no other choice than the model's own.
				this.builder.toolChoice(null);
				if (choice.kind() == ToolChoice.Kind.NONE) {
					this.asking.leaveOutTools();
				}
				else {
					this.asking.sayToolChoice();
				}
			}
			case "moonshot" -> chooseOrSay(choice, !this.asking.model().startsWith("kimi-k2"));
			case "qwen" -> {
				boolean forceable = choice.kind() == ToolChoice.Kind.FUNCTION
						&& !this.asking.model().contains("thinking");
				if (forceable) {
					// A model that thinks refuses it.
					stopThinking("enable_thinking", false);
				}
				chooseOrSay(choice, forceable);
			}
			case "deepseek" -> {
				if (choice.isForced()) {
					// Here too: "Thinking mode does not support this tool_choice".
					stopThinking("thinking", Map.of("type", "disabled"));
				}
				this.builder.toolChoice(word(choice));
			}
			default -> this.builder.toolChoice(word(choice));
		}
	}

	private void chooseOrSay(ToolChoice choice, boolean forceable) {
		if (choice.isForced() && !forceable) {
			this.builder.toolChoice("auto");
			this.asking.sayToolChoice();
		}
		else {
			this.builder.toolChoice(word(choice));
		}
	}

	private void stopThinking(String field, Object off) {
		if (this.asking.mayReason()) {
			this.extra.put(field, off);
			this.extra.remove("thinking_budget");
			this.builder.reasoningEffort(null);
		}
	}

	private static Object word(ToolChoice choice) {
		return switch (choice.kind()) {
			case AUTO -> "auto";
			case NONE -> "none";
			case REQUIRED -> "required";
			case FUNCTION -> OpenAiTarget.namedTool(String.valueOf(choice.name()));
		};
	}

	private void seed() {
		Integer seed = this.asking.common().seed();
		if (seed != null && provider().equals("mistral")) {
			this.builder.seed(null);
			this.extra.put("random_seed", seed);
		}
		else if (seed != null) {
			this.builder.seed(seed);
		}
	}

	/**
	 * OpenAI and others refuse JSON mode where no message speaks of JSON, Model Studio
	 * where the model thinks.
	 */
	private void json(List<Message> messages) {
		if (this.asking.wantsJsonObject()) {
			this.builder.responseFormat(ResponseFormat.builder().type(ResponseFormat.Type.JSON_OBJECT).build());
			this.asking.sayJsonObjectUnlessSaid(messages);
			if (provider().equals("qwen")) {
				stopThinking("enable_thinking", false);
			}
		}
	}

}
