package dev.switchboard.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.Caller;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptionsBuilder;
import org.springframework.ai.model.tool.DefaultStructuredOutputChatOptions;
import org.springframework.ai.model.tool.DefaultToolCallingChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * Options of one call to a route: the portable ones, which reach whichever target
 * answers; a provider's own, which reach only targets of that provider's model class; and
 * what the caller says of the call itself.
 * <p>
 * A route's model returns one from {@code getOptions()}, so that a {@code ChatClient} can
 * merge whatever it is given into it: {@code .options(OpenAiChatOptions.builder()…)} is
 * recorded as it is and applied when an OpenAI model answers. A model named by the caller
 * is ignored: the route decides.
 * <p>
 * Immutable. Neither {@code toString()} nor anything else here shows a provider's
 * credentials or the values of the tool context.
 */
public final class RouteChatOptions extends DefaultToolCallingChatOptions implements StructuredOutputChatOptions {

	private static final RouteChatOptions EMPTY = builder().build();

	private final @Nullable String outputSchema;

	private final CommonOptions common;

	private final List<ChatOptions.Builder<?>> overlays;

	private final @Nullable Caller caller;

	private final Map<String, String> tags;

	private final @Nullable CacheControl cacheControl;

	private final @Nullable String policy;

	private final @Nullable Duration deadline;

	private final boolean shaping;

	private RouteChatOptions(Builder builder, @Nullable List<ToolCallback> toolCallbacks,
			@Nullable Map<String, Object> toolContext, @Nullable String model, @Nullable Double frequencyPenalty,
			@Nullable Integer maxTokens, @Nullable Double presencePenalty, @Nullable List<String> stopSequences,
			@Nullable Double temperature, @Nullable Integer topK, @Nullable Double topP) {
		super(toolCallbacks, toolContext, model, frequencyPenalty, maxTokens, presencePenalty, stopSequences,
				temperature, topK, topP);
		this.outputSchema = builder.outputSchema;
		this.common = builder.common;
		this.overlays = List.copyOf(builder.overlays);
		this.caller = builder.caller;
		this.tags = Map.copyOf(builder.tags);
		this.cacheControl = builder.cacheControl;
		this.policy = builder.policy;
		this.deadline = builder.deadline;
		this.shaping = this.outputSchema != null || !this.common.equals(CommonOptions.NONE) || !this.overlays.isEmpty()
				|| getToolCallbacks() != null || getToolContext() != null || getFrequencyPenalty() != null
				|| getMaxTokens() != null || getPresencePenalty() != null || getStopSequences() != null
				|| getTemperature() != null || getTopK() != null || getTopP() != null;
	}

	/**
	 * Options that ask for nothing.
	 * @return the options
	 */
	public static RouteChatOptions empty() {
		return EMPTY;
	}

	/**
	 * Starts new options.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Reads the options of a prompt, of whatever class they are.
	 * @param options the options; {@code null} for none
	 * @return the same if they are a route's, and otherwise a route's with these in them
	 */
	public static RouteChatOptions of(@Nullable ChatOptions options) {
		if (options instanceof RouteChatOptions routeOptions) {
			return routeOptions;
		}
		return (options != null) ? builder().combineWith(options.mutate()).build() : EMPTY;
	}

	/**
	 * What the caller says of the call, beside its messages and options.
	 * @return the context; {@link CallContext#DEFAULT} where nothing was said
	 */
	public CallContext callContext() {
		return callContext(Caller.ANONYMOUS);
	}

	/**
	 * What the caller says of the call, beside its messages and options.
	 * @param anonymous who is charged when the options do not say it
	 * @return the context
	 */
	public CallContext callContext(Caller anonymous) {
		if (this.caller == null && this.tags.isEmpty() && this.cacheControl == null && this.policy == null
				&& this.deadline == null && anonymous.equals(Caller.ANONYMOUS)) {
			return CallContext.DEFAULT;
		}
		return new CallContext((this.caller != null) ? this.caller : anonymous, this.tags,
				(this.cacheControl != null) ? this.cacheControl : CacheControl.DEFAULT, this.policy, this.deadline);
	}

	@Override
	public @Nullable String getOutputSchema() {
		return this.outputSchema;
	}

	/**
	 * What is asked for beside Spring AI's portable options.
	 * @return the options; {@link CommonOptions#NONE} where nothing was said
	 */
	public CommonOptions common() {
		return this.common;
	}

	/**
	 * The provider-specific options of the call, each as its provider's class. They may
	 * carry credentials: not for logs.
	 * @return the options, in the order in which they were merged
	 */
	public List<ChatOptions> getProviderOptions() {
		if (this.overlays.isEmpty()) {
			return List.of();
		}
		List<ChatOptions> options = new ArrayList<>(this.overlays.size());
		for (ChatOptions.Builder<?> overlay : this.overlays) {
			options.add(overlay.clone().build());
		}
		return options;
	}

	/** Never changed after they were recorded. */
	List<ChatOptions.Builder<?>> overlays() {
		return this.overlays;
	}

	/** Whether anything here may change what a target is asked. */
	boolean isShaping() {
		return this.shaping;
	}

	@Override
	public Builder mutate() {
		return new Builder(this);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (this == other) {
			return true;
		}
		if (!(other instanceof RouteChatOptions that) || !super.equals(that)) {
			return false;
		}
		return Objects.equals(this.outputSchema, that.outputSchema) && this.common.equals(that.common)
				&& Objects.equals(this.caller, that.caller) && this.tags.equals(that.tags)
				&& Objects.equals(this.cacheControl, that.cacheControl) && Objects.equals(this.policy, that.policy)
				&& Objects.equals(this.deadline, that.deadline)
				&& getProviderOptions().equals(that.getProviderOptions());
	}

	@Override
	public int hashCode() {
		return Objects.hash(super.hashCode(), this.outputSchema, this.common, this.caller, this.tags, this.cacheControl,
				this.policy, this.deadline, getProviderOptions());
	}

	@Override
	public String toString() {
		StringJoiner text = new StringJoiner(", ", "RouteChatOptions[", "]");
		add(text, "model", getModel());
		add(text, "temperature", getTemperature());
		add(text, "maxTokens", getMaxTokens());
		add(text, "topP", getTopP());
		add(text, "topK", getTopK());
		add(text, "frequencyPenalty", getFrequencyPenalty());
		add(text, "presencePenalty", getPresencePenalty());
		add(text, "stopSequences", getStopSequences());
		List<ToolCallback> tools = getToolCallbacks();
		add(text, "tools",
				(tools != null) ? tools.stream().map((tool) -> tool.getToolDefinition().name()).toList() : null);
		Map<String, Object> toolContext = getToolContext();
		add(text, "toolContext", (toolContext != null) ? toolContext.keySet() : null);
		add(text, "outputSchema", this.outputSchema);
		add(text, "common", this.common.equals(CommonOptions.NONE) ? null : this.common);
		add(text, "providerOptions",
				this.overlays.isEmpty() ? null : this.overlays.stream().map(RouteChatOptions::nameOf).toList());
		add(text, "caller", this.caller);
		add(text, "tags", this.tags.isEmpty() ? null : this.tags);
		add(text, "cacheControl", this.cacheControl);
		add(text, "policy", this.policy);
		add(text, "deadline", this.deadline);
		return text.toString();
	}

	private static void add(StringJoiner text, String name, @Nullable Object value) {
		if (value != null) {
			text.add(name + "=" + value);
		}
	}

	/** The class whose options a builder builds, by its simple name. */
	static String nameOf(ChatOptions.Builder<?> builder) {
		Class<?> enclosing = builder.getClass().getEnclosingClass();
		return ((enclosing != null) ? enclosing : builder.getClass()).getSimpleName();
	}

	/**
	 * Builds {@link RouteChatOptions}. Whatever is merged into it with
	 * {@code combineWith} is copied, so that later changes of the other builder change
	 * nothing here.
	 */
	public static final class Builder extends DefaultToolCallingChatOptions.Builder<Builder>
			implements StructuredOutputChatOptions.Builder<Builder> {

		private @Nullable String outputSchema;

		private CommonOptions common = CommonOptions.NONE;

		private List<ChatOptions.Builder<?>> overlays = List.of();

		private @Nullable Caller caller;

		private Map<String, String> tags = Map.of();

		private @Nullable CacheControl cacheControl;

		private @Nullable String policy;

		private @Nullable Duration deadline;

		private Builder() {
		}

		private Builder(RouteChatOptions options) {
			this.model = options.getModel();
			this.frequencyPenalty = options.getFrequencyPenalty();
			this.maxTokens = options.getMaxTokens();
			this.presencePenalty = options.getPresencePenalty();
			stopSequences(options.getStopSequences());
			this.temperature = options.getTemperature();
			this.topK = options.getTopK();
			this.topP = options.getTopP();
			toolCallbacks(options.getToolCallbacks());
			toolContext(options.getToolContext());
			this.outputSchema = options.outputSchema;
			this.common = options.common;
			this.overlays = options.overlays;
			this.caller = options.caller;
			this.tags = options.tags;
			this.cacheControl = options.cacheControl;
			this.policy = options.policy;
			this.deadline = options.deadline;
		}

		/**
		 * What is asked for beside Spring AI's portable options; whichever target answers
		 * is asked for it in its own provider's words.
		 * @param common the options
		 * @return this builder
		 */
		public Builder common(CommonOptions common) {
			this.common = common;
			return this;
		}

		/**
		 * Whether a tool may, must or must not be called.
		 * @param toolChoice the choice; {@code null} leaves it to the provider
		 * @return this builder
		 */
		public Builder toolChoice(@Nullable ToolChoice toolChoice) {
			CommonOptions now = this.common;
			return common(new CommonOptions(toolChoice, now.parallelToolCalls(), now.reasoningEffort(), now.seed(),
					now.jsonObject()));
		}

		/**
		 * Whether one answer may call several tools.
		 * @param parallelToolCalls whether it may; {@code null} leaves it to the provider
		 * @return this builder
		 */
		public Builder parallelToolCalls(@Nullable Boolean parallelToolCalls) {
			CommonOptions now = this.common;
			return common(new CommonOptions(now.toolChoice(), parallelToolCalls, now.reasoningEffort(), now.seed(),
					now.jsonObject()));
		}

		/**
		 * How long to think before the answer.
		 * @param reasoningEffort {@code none}, {@code minimal}, {@code low},
		 * {@code medium}, {@code high}, {@code xhigh} or {@code max}; {@code null} leaves
		 * it to the provider
		 * @return this builder
		 */
		public Builder reasoningEffort(@Nullable String reasoningEffort) {
			CommonOptions now = this.common;
			return common(new CommonOptions(now.toolChoice(), now.parallelToolCalls(), reasoningEffort, now.seed(),
					now.jsonObject()));
		}

		/**
		 * What makes answers repeatable, as far as the provider can.
		 * @param seed any number; {@code null} for none
		 * @return this builder
		 */
		public Builder seed(@Nullable Integer seed) {
			CommonOptions now = this.common;
			return common(new CommonOptions(now.toolChoice(), now.parallelToolCalls(), now.reasoningEffort(), seed,
					now.jsonObject()));
		}

		/**
		 * Whether the answer must be a JSON object, of whatever schema.
		 * @param jsonObject whether it must; an output schema says more and goes before
		 * @return this builder
		 */
		public Builder jsonObject(boolean jsonObject) {
			CommonOptions now = this.common;
			return common(new CommonOptions(now.toolChoice(), now.parallelToolCalls(), now.reasoningEffort(),
					now.seed(), jsonObject));
		}

		/**
		 * Who is charged for the call.
		 * @param caller the caller; {@code null} leaves it to the application's resolver
		 * @return this builder
		 */
		public Builder caller(@Nullable Caller caller) {
			this.caller = caller;
			return this;
		}

		/**
		 * Adds a word for reports and rules.
		 * @param name its name
		 * @param value its value
		 * @return this builder
		 */
		public Builder tag(String name, String value) {
			return tags(Map.of(name, value));
		}

		/**
		 * Adds words for reports and rules; a name already there gets the new value.
		 * @param tags the words by name
		 * @return this builder
		 */
		public Builder tags(Map<String, String> tags) {
			if (!tags.isEmpty()) {
				Map<String, String> merged = new HashMap<>(this.tags);
				merged.putAll(tags);
				this.tags = Map.copyOf(merged);
			}
			return this;
		}

		/**
		 * What the caller says about remembered answers.
		 * @param cacheControl the words; {@code null} for the route's own rules
		 * @return this builder
		 */
		public Builder cacheControl(@Nullable CacheControl cacheControl) {
			this.cacheControl = cacheControl;
			return this;
		}

		/**
		 * The policy to use instead of the route's.
		 * @param policy its name; {@code null} for the route's own
		 * @return this builder
		 */
		public Builder policy(@Nullable String policy) {
			this.policy = policy;
			return this;
		}

		/**
		 * An upper bound for how long the whole call may take; the policy's own deadline
		 * stays when it is shorter.
		 * @param deadline a positive duration; {@code null} for none
		 * @return this builder
		 * @throws IllegalArgumentException if the duration is not positive
		 */
		public Builder deadline(@Nullable Duration deadline) {
			if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
				throw new IllegalArgumentException("A deadline must be positive, but was " + deadline);
			}
			this.deadline = deadline;
			return this;
		}

		@Override
		public Builder outputSchema(@Nullable String outputSchema) {
			this.outputSchema = outputSchema;
			return this;
		}

		@Override
		public Builder combineWith(ChatOptions.Builder<?> other) {
			super.combineWith(other);
			if (other instanceof Builder that) {
				mergeCall(that);
				return this;
			}
			if (isPortable(other)) {
				if (other instanceof DefaultStructuredOutputChatOptions.Builder<?> structured) {
					mergeSchema(structured.clone().build());
				}
				return this;
			}
			ChatOptions.Builder<?> overlay = other.clone();
			List<ChatOptions.Builder<?>> merged = new ArrayList<>(this.overlays);
			merged.add(overlay);
			this.overlays = List.copyOf(merged);
			ChatOptions options = overlay.clone().build();
			mergeSchema(options);
			if (!(other instanceof DefaultChatOptionsBuilder)) {
				mergePortable(options);
			}
			return this;
		}

		private void mergeCall(Builder that) {
			this.common = this.common.overriddenBy(that.common);
			if (that.outputSchema != null) {
				this.outputSchema = that.outputSchema;
			}
			if (!that.overlays.isEmpty()) {
				List<ChatOptions.Builder<?>> merged = new ArrayList<>(this.overlays);
				merged.addAll(that.overlays);
				this.overlays = List.copyOf(merged);
			}
			if (that.caller != null) {
				this.caller = that.caller;
			}
			tags(that.tags);
			if (that.cacheControl != null) {
				this.cacheControl = that.cacheControl;
			}
			if (that.policy != null) {
				this.policy = that.policy;
			}
			if (that.deadline != null) {
				this.deadline = that.deadline;
			}
		}

		private void mergeSchema(ChatOptions options) {
			if (options instanceof StructuredOutputChatOptions structured && structured.getOutputSchema() != null) {
				this.outputSchema = structured.getOutputSchema();
			}
		}

		/** For builders that share no base class with Spring AI's own. */
		private void mergePortable(ChatOptions options) {
			ToolCallingChatOptions.Builder<?> portable = DefaultToolCallingChatOptions.builder()
				.frequencyPenalty(options.getFrequencyPenalty())
				.maxTokens(options.getMaxTokens())
				.presencePenalty(options.getPresencePenalty())
				.stopSequences(options.getStopSequences())
				.temperature(options.getTemperature())
				.topK(options.getTopK())
				.topP(options.getTopP());
			if (options instanceof ToolCallingChatOptions tools) {
				portable.toolCallbacks(tools.getToolCallbacks()).toolContext(tools.getToolContext());
			}
			super.combineWith(portable);
		}

		private static boolean isPortable(ChatOptions.Builder<?> builder) {
			Class<?> type = builder.getClass();
			return type == DefaultChatOptionsBuilder.class || type == DefaultToolCallingChatOptions.Builder.class
					|| type == DefaultStructuredOutputChatOptions.Builder.class;
		}

		@Override
		public RouteChatOptions build() {
			return new RouteChatOptions(this, this.toolCallbacks, this.toolContext, this.model, this.frequencyPenalty,
					this.maxTokens, this.presencePenalty, this.stopSequences, this.temperature, this.topK, this.topP);
		}

	}

}
