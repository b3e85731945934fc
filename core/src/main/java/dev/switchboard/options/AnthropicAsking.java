package dev.switchboard.options;

import java.util.EnumSet;

import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.ThinkingConfigAdaptive;
import com.anthropic.models.messages.ThinkingConfigDisabled;
import com.anthropic.models.messages.ThinkingConfigEnabled;
import com.anthropic.models.messages.ThinkingConfigParam;
import com.anthropic.models.messages.ToolChoiceAny;
import com.anthropic.models.messages.ToolChoiceAuto;
import com.anthropic.models.messages.ToolChoiceNone;
import com.anthropic.models.messages.ToolChoiceTool;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.anthropic.AnthropicChatOptions;

/**
 * What is asked for, in Anthropic's words, and what Anthropic does not take together.
 * Loaded only where {@code spring-ai-anthropic} is there.
 */
final class AnthropicAsking {

	/** The least that Anthropic takes. */
	private static final int SMALLEST_BUDGET = 1024;

	/** Anthropic takes {@code top_p} from here on while a model thinks. */
	private static final double THINKING_TOP_P = 0.95;

	private final AnthropicChatOptions.Builder builder;

	private final Asking asking;

	private final Claude claude;

	AnthropicAsking(AnthropicChatOptions.Builder builder, Asking asking) {
		this.builder = builder;
		this.asking = asking;
		this.claude = Claude.of(asking.target().model());
	}

	/** Whether options can't be sent as they are. */
	static boolean mustSettle(AnthropicChatOptions own) {
		boolean sampling = own.getTemperature() != null || own.getTopP() != null || own.getTopK() != null;
		ThinkingConfigParam thinking = own.getThinking();
		return sampling
				&& ((thinking != null && !thinking.isDisabled()) || Claude.of(own.getModel()).takesOneOfSampling())
				|| (thinking != null && thinking.isEnabled() && budgetOf(thinking) >= own.getMaxTokens());
	}

	void ask() {
		if (this.asking.common().seed() != null) {
			this.asking.drop("seed");
		}
		this.asking.sayJsonObject();
		Boolean parallel = this.asking.parallelToolCalls();
		if (parallel != null) {
			this.builder.disableParallelToolUse(!parallel);
		}
		Effort effort = this.asking.effort();
		if (effort != null) {
			think(effort);
		}
		choose();
	}

	private void think(Effort effort) {
		if (!this.claude.thinks()) {
			this.asking.drop("reasoningEffort");
		}
		else if (effort == Effort.NONE) {
			dontThink();
		}
		else if (this.claude.takesEffort()) {
			effort(effort.nearest(this.claude.efforts()));
			// Otherwise what it thought is left out of the answer since 4.7.
			this.builder.thinkingAdaptive(ThinkingConfigAdaptive.Display.SUMMARIZED);
		}
		else {
			this.builder.thinkingEnabled(budget(effort));
		}
	}

	private void effort(Effort effort) {
		this.builder.effort(OutputConfig.Effort.of(effort.word()));
	}

	private void dontThink() {
		if (this.claude.alwaysThinks()) {
			this.builder.thinking(null);
			effort(Effort.LOW);
		}
		else {
			this.builder.thinking(thoughtless());
		}
	}

	/** The word for it is refused by those between, which don't think unless asked to. */
	private @Nullable ThinkingConfigParam thoughtless() {
		return (this.claude.takesEffort() && !this.claude.thinksUnasked()) ? null
				: ThinkingConfigParam.ofDisabled(ThinkingConfigDisabled.builder().build());
	}

	/**
	 * The tokens for thinking. Anthropic advises to begin with the smallest and leaves
	 * the steps open.
	 */
	static int budget(Effort effort) {
		return switch (effort) {
			case NONE -> 0;
			case MINIMAL -> SMALLEST_BUDGET;
			case LOW -> 2048;
			case MEDIUM -> 8192;
			case HIGH -> 16384;
			case XHIGH, MAX -> 32000;
		};
	}

	private void choose() {
		ToolChoice choice = this.asking.toolChoice();
		if (choice == null) {
			return;
		}
		if (choice.isForced() && this.claude.alwaysThinks()) {
			this.builder.toolChoice(com.anthropic.models.messages.ToolChoice.ofAuto(ToolChoiceAuto.builder().build()));
			this.asking.sayToolChoice();
			return;
		}
		this.builder.toolChoice(switch (choice.kind()) {
			case AUTO -> com.anthropic.models.messages.ToolChoice.ofAuto(ToolChoiceAuto.builder().build());
			case NONE -> com.anthropic.models.messages.ToolChoice.ofNone(ToolChoiceNone.builder().build());
			case REQUIRED -> com.anthropic.models.messages.ToolChoice.ofAny(ToolChoiceAny.builder().build());
			case FUNCTION -> com.anthropic.models.messages.ToolChoice
				.ofTool(ToolChoiceTool.builder().name(String.valueOf(choice.name())).build());
		});
	}

	/** Takes back what Anthropic refuses beside the rest, wherever it was said. */
	void settle() {
		AnthropicChatOptions options = this.builder.clone().build();
		ThinkingConfigParam thinking = options.getThinking();
		if (forcesTool(options) && (isOn(thinking) || (thinking == null && this.claude.thinksUnasked()))
				&& !this.claude.alwaysThinks()) {
			thinking = thoughtless();
			this.builder.thinking(thinking);
			limitEffort(options);
		}
		if (thinking != null && thinking.isEnabled()) {
			thinking = within(thinking, options.getMaxTokens());
			this.builder.thinking(thinking);
		}
		if (this.claude.refusesSampling()) {
			drop(options, true);
		}
		else if (isOn(thinking)) {
			drop(options, options.getTopP() != null && options.getTopP() < THINKING_TOP_P);
		}
		else if (options.getTemperature() != null && options.getTopP() != null && this.claude.takesOneOfSampling()) {
			this.builder.topP(null);
			this.asking.drop("topP");
		}
	}

	private boolean forcesTool(AnthropicChatOptions options) {
		com.anthropic.models.messages.ToolChoice choice = options.getToolChoice();
		return this.asking.hasTools() && choice != null && (choice.isAny() || choice.isTool());
	}

	private static boolean isOn(@Nullable ThinkingConfigParam thinking) {
		return thinking != null && !thinking.isDisabled();
	}

	/** Without thinking the highest efforts are refused since 5. */
	private void limitEffort(AnthropicChatOptions options) {
		OutputConfig.Effort asked = (options.getOutputConfig() != null)
				? options.getOutputConfig().effort().orElse(null) : null;
		Effort effort = (asked != null) ? Effort.of(asked.asString()) : null;
		if (effort != null && this.claude.thinksUnasked()) {
			effort(effort.nearest(EnumSet.range(Effort.LOW, Effort.HIGH)));
		}
	}

	/**
	 * What is thought counts against the limit of the answer, as everywhere; half of it
	 * is kept for the answer itself.
	 */
	private ThinkingConfigParam within(ThinkingConfigParam thinking, int maxTokens) {
		boolean ours = this.asking.common().reasoningEffort() != null;
		long budget = budgetOf(thinking);
		if (budget < maxTokens && (!ours || budget <= maxTokens / 2)) {
			return thinking;
		}
		long half = maxTokens / 2;
		if (half < SMALLEST_BUDGET) {
			this.asking.drop("thinking");
			return ThinkingConfigParam.ofDisabled(ThinkingConfigDisabled.builder().build());
		}
		ThinkingConfigEnabled enabled = thinking.asEnabled();
		return ThinkingConfigParam.ofEnabled(enabled.toBuilder().budgetTokens(half).build());
	}

	private static long budgetOf(ThinkingConfigParam thinking) {
		return thinking.asEnabled().budgetTokens();
	}

	private void drop(AnthropicChatOptions options, boolean topP) {
		if (options.getTemperature() != null) {
			this.builder.temperature(null);
			this.asking.drop("temperature");
		}
		if (options.getTopK() != null) {
			this.builder.topK(null);
			this.asking.drop("topK");
		}
		if (topP && options.getTopP() != null) {
			this.builder.topP(null);
			this.asking.drop("topP");
		}
	}

}
