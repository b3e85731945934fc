package dev.switchboard.autoconfigure;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.switchboard.budget.BudgetPeriod;
import dev.switchboard.budget.OnStream;
import dev.switchboard.call.LimitUnit;
import dev.switchboard.cost.Modality;
import dev.switchboard.limit.LimitPeriod;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.policy.Reaction;
import dev.switchboard.policy.StreamCommit;
import dev.switchboard.policy.StreamResume;
import dev.switchboard.provider.Secret;
import dev.switchboard.route.CacheScope;
import dev.switchboard.route.Wire;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.util.unit.DataSize;

/**
 * Everything that is configured under {@code switchboard}.
 *
 * @param enabled Whether Switchboard is configured at all.
 * @param providers Services that are called and billed, by name. A well-known one needs
 * only its key.
 * @param routes Names that the application asks for, and what stands behind them.
 * @param defaultRoute Route of those who name none; its client is the primary one.
 * @param policies Rules for the case that an attempt fails, by name, beside the built-in
 * ones fast, standard, careful and strict.
 * @param catalog What is known of the models.
 * @param budgets Amounts that may be spent, by name.
 * @param limits Numbers of calls and tokens that may pass in a time, by name.
 * @param cache Memory of all routes' response caches together.
 * @param simulator Providers that run inside the application, for demos and tests.
 */
@ConfigurationProperties("switchboard")
record SwitchboardProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue Map<String, @Valid Provider> providers, @DefaultValue Map<String, @Valid Route> routes,
		@Nullable String defaultRoute, @DefaultValue Map<String, @Valid Policy> policies,
		@DefaultValue @Valid Catalog catalog, @DefaultValue Map<String, @Valid Budget> budgets,
		@DefaultValue Map<String, @Valid Limit> limits, @DefaultValue @Valid Cache cache,
		@DefaultValue @Valid Simulator simulator) {

	/** The same with other budgets and limits. */
	SwitchboardProperties with(Map<String, Budget> budgets, Map<String, Limit> limits) {
		return new SwitchboardProperties(this.enabled, this.providers, this.routes, this.defaultRoute, this.policies,
				this.catalog, budgets, limits, this.cache, this.simulator);
	}

	/**
	 * A provider.
	 *
	 * @param wire HTTP dialect that it speaks; known for well-known providers.
	 * @param baseUrl URL of its API, up to the version; known for well-known providers.
	 * @param apiKey Credential that is billed.
	 * @param headers Further headers of every request.
	 * @param connectTimeout Longest wait for a connection.
	 * @param chatModel Name of a ChatModel bean to use instead of all the above.
	 */
	record Provider(@Nullable Wire wire, @Nullable URI baseUrl, @Nullable Secret apiKey,
			@DefaultValue Map<String, String> headers, @Nullable Duration connectTimeout, @Nullable String chatModel) {

		// A header may carry a credential.
		@Override
		public String toString() {
			return "Provider[wire=" + this.wire + ", baseUrl=" + this.baseUrl + ", apiKey=" + this.apiKey + ", headers="
					+ this.headers.keySet() + ", connectTimeout=" + this.connectTimeout + ", chatModel="
					+ this.chatModel + "]";
		}

	}

	/**
	 * A route: it has either targets or rules.
	 *
	 * @param description What it is for, in a few words.
	 * @param targets Who answers, in order of preference: 'provider/model', or model,
	 * timeout and options.
	 * @param rules Conditions that pick another route; the first one that holds wins.
	 * @param policy Name of the policy for the case that an attempt fails.
	 * @param cache How answers are remembered.
	 * @param requires What every target must be able to do, by the model catalog.
	 */
	record Route(@DefaultValue("") String description, @DefaultValue List<@Valid Target> targets,
			@DefaultValue List<@Valid Rule> rules, @DefaultValue("standard") String policy,
			@DefaultValue @Valid RouteCache cache, @DefaultValue @Valid Requires requires) {

	}

	/**
	 * A target of a route.
	 *
	 * @param model Provider and model, written 'provider/model'; the first slash splits.
	 * @param timeout How long one attempt may take, instead of the policy's
	 * attempt-timeout.
	 * @param options Options of the provider's model, such as temperature or
	 * reasoning-effort.
	 */
	record Target(@NotBlank @Nullable String model, @Nullable Duration timeout,
			@DefaultValue Map<String, Object> options) {

	}

	/**
	 * A rule of a route.
	 *
	 * @param when Condition, a SpEL expression over the request; always holds if left
	 * out.
	 * @param route Name of the route that it picks.
	 */
	record Rule(@Nullable String when, @NotBlank @Nullable String route) {

	}

	/**
	 * The response cache of a route.
	 *
	 * @param ttl How long an answer is fresh; nothing is remembered if left out.
	 * @param scope Who shares remembered answers; if left out, all callers in process,
	 * and no two callers of the gateway.
	 * @param staleWhileRevalidate For how long after that it is still given out while a
	 * new one is fetched.
	 * @param staleIfError For how long after that it is still given out when no target
	 * answers.
	 */
	record RouteCache(@Nullable Duration ttl, @Nullable CacheScope scope,
			@DefaultValue("0s") Duration staleWhileRevalidate, @DefaultValue("0s") Duration staleIfError) {

	}

	/**
	 * Requirements of a route.
	 *
	 * @param contextWindow Least context window in tokens.
	 * @param input Kinds of content that must be accepted.
	 * @param output Kinds of content that answers must be able to have.
	 * @param tools Whether tools must be called.
	 * @param parallelTools Whether one answer must be able to call several tools.
	 * @param structuredOutput Whether a JSON schema must be kept to.
	 */
	record Requires(@PositiveOrZero @DefaultValue("0") int contextWindow, @DefaultValue Set<Modality> input,
			@DefaultValue Set<Modality> output, @DefaultValue("false") boolean tools,
			@DefaultValue("false") boolean parallelTools, @DefaultValue("false") boolean structuredOutput) {

	}

	/**
	 * A policy; what is left out is as in the policy that it extends.
	 *
	 * @param parent Name of the policy that it extends: the built-in one of its own name,
	 * or standard, if left out.
	 * @param maxRetries Attempts after the first, per target.
	 * @param backoff Pause before a retry.
	 * @param rateLimitPatience Longest Retry-After that is waited for rather than falling
	 * back.
	 * @param attemptTimeout How long one attempt may take.
	 * @param firstTokenTimeout How long a stream may be silent before its first content.
	 * @param idleTimeout How long a stream may be silent between two chunks.
	 * @param deadline How long the whole call may take, with all its attempts and pauses.
	 * @param circuitBreaker When a target is left alone.
	 * @param on What each kind of failure leads to: retry, fallback or stop.
	 * @param onAsYamlReadsIt The same; see below.
	 * @param stream What happens to streams.
	 * @param onExhausted What is done when no target is left: fail, ask, or the name of a
	 * route that takes over.
	 * @param hedgeAfter After how long without an answer a second attempt starts beside
	 * the first.
	 */
	record Policy(@Name("extends") @Nullable String parent, @PositiveOrZero @Nullable Integer maxRetries,
			@DefaultValue @Valid Backoff backoff, @Nullable Duration rateLimitPatience,
			@Nullable Duration attemptTimeout, @Nullable Duration firstTokenTimeout, @Nullable Duration idleTimeout,
			@Nullable Duration deadline, @DefaultValue @Valid CircuitBreaker circuitBreaker,
			@DefaultValue Map<FailureKind, Reaction> on,
			@Name("true") @DefaultValue Map<FailureKind, Reaction> onAsYamlReadsIt, @DefaultValue @Valid Stream stream,
			@Nullable String onExhausted, @Nullable Duration hedgeAfter) {

		// The bare word 'on' is a boolean in YAML 1.1, also where it is a key, so that it
		// arrives as 'true'.

	}

	/**
	 * Backoff of a policy.
	 *
	 * @param initial Longest pause before the first retry; it doubles from retry to
	 * retry.
	 * @param max Longest pause before any retry.
	 */
	record Backoff(@Nullable Duration initial, @Nullable Duration max) {

	}

	/**
	 * Circuit breaker of a policy.
	 *
	 * @param failureRate Percentage of failed attempts that opens the breaker.
	 * @param slidingWindow How many of the last attempts are counted.
	 * @param minimumAttempts How many attempts there must be before the rate counts.
	 * @param openFor How long the target is left alone.
	 * @param trialAttempts How many attempts then decide whether it is well again.
	 */
	record CircuitBreaker(@Min(1) @Max(100) @Nullable Integer failureRate, @Positive @Nullable Integer slidingWindow,
			@Positive @Nullable Integer minimumAttempts, @Nullable Duration openFor,
			@Positive @Nullable Integer trialAttempts) {

	}

	/**
	 * Streams of a policy.
	 *
	 * @param commit When the first content is passed on: first-token or complete.
	 * @param resume What is done about a stream that breaks after that: never, verified
	 * or prefill.
	 */
	record Stream(@Nullable StreamCommit commit, @Nullable StreamResume resume) {

	}

	/**
	 * The model catalog.
	 *
	 * @param models Models to add to the built-in catalog or to correct in it.
	 */
	record Catalog(@DefaultValue List<@Valid Model> models) {

	}

	/**
	 * A model of the catalog; what is left out is as in the built-in catalog.
	 *
	 * @param model Provider and model, written 'provider/model'.
	 * @param contextWindow Most tokens of input and output together.
	 * @param maxOutputTokens Most output tokens of one answer.
	 * @param input Kinds of content that it accepts.
	 * @param output Kinds of content that it answers with.
	 * @param tools Whether it calls tools.
	 * @param parallelTools Whether one answer may call several tools.
	 * @param structuredOutput Whether it keeps to a JSON schema by itself.
	 * @param reasoning Whether it thinks before it answers.
	 * @param prefill Whether it goes on from a beginning of its own answer.
	 * @param price What a million of its tokens cost, in US dollars.
	 * @param deprecated Day from which on the provider may no longer answer.
	 */
	record Model(@NotBlank @Nullable String model, @Positive @Nullable Integer contextWindow,
			@Positive @Nullable Integer maxOutputTokens, @Nullable Set<Modality> input, @Nullable Set<Modality> output,
			@Nullable Boolean tools, @Nullable Boolean parallelTools, @Nullable Boolean structuredOutput,
			@Nullable Boolean reasoning, @Nullable Boolean prefill, @Valid @Nullable Price price,
			@DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate deprecated) {

	}

	/**
	 * Price of a model, in US dollars per million tokens.
	 *
	 * @param input Price of input tokens.
	 * @param cachedInput Price of input tokens read from the provider's cache; as input
	 * if left out.
	 * @param cacheWrite Price of input tokens written to the provider's cache; as input
	 * if left out.
	 * @param output Price of output tokens.
	 * @param longInput Prices of attempts with many input tokens, by rising size.
	 */
	record Price(@NotNull @PositiveOrZero @Nullable BigDecimal input, @PositiveOrZero @Nullable BigDecimal cachedInput,
			@PositiveOrZero @Nullable BigDecimal cacheWrite, @NotNull @PositiveOrZero @Nullable BigDecimal output,
			@DefaultValue List<@Valid LongInput> longInput) {

	}

	/**
	 * Price of a model for attempts with many input tokens, in US dollars per million
	 * tokens.
	 *
	 * @param aboveInputTokens Number of input tokens beyond which it applies.
	 * @param input Price of input tokens.
	 * @param cachedInput Price of input tokens read from the provider's cache; as input
	 * if left out.
	 * @param cacheWrite Price of input tokens written to the provider's cache; as input
	 * if left out.
	 * @param output Price of output tokens.
	 */
	record LongInput(@Positive @DefaultValue("0") long aboveInputTokens,
			@NotNull @PositiveOrZero @Nullable BigDecimal input, @PositiveOrZero @Nullable BigDecimal cachedInput,
			@PositiveOrZero @Nullable BigDecimal cacheWrite, @NotNull @PositiveOrZero @Nullable BigDecimal output) {

	}

	/**
	 * A budget.
	 *
	 * @param selector Which calls count; every part that is given must fit.
	 * @param limit What may be spent in one period, in US dollars.
	 * @param per How long it lasts before it begins anew.
	 * @param zone Time zone whose calendar tells when a period ends.
	 * @param softLimit Amount in US dollars, or percentage of the limit such as 80%, from
	 * which on a WARN, a header and an event tell of it.
	 * @param onLimit What becomes of a call that may cost more than is left: refuse,
	 * warn, or the name of a route with which it goes on.
	 * @param onStream What becomes of a streamed answer that turns out to cost more than
	 * is left: finish or cut.
	 * @param unknownPrice What becomes of a call whose price is not known: refuse or
	 * allow.
	 */
	record Budget(@Name("for") @DefaultValue @Valid Selector selector, @NotNull @Positive @Nullable BigDecimal limit,
			@NotNull @Nullable BudgetPeriod per, @DefaultValue("UTC") ZoneId zone, @Nullable String softLimit,
			@DefaultValue("refuse") String onLimit, @DefaultValue("finish") OnStream onStream,
			@DefaultValue("refuse") UnknownPrice unknownPrice) {

	}

	/**
	 * Selector of a budget; an asterisk fits any value and gives each its own account.
	 *
	 * @param key Name of the caller.
	 * @param team Group of the caller.
	 * @param route Name of the route that is used.
	 * @param provider Name of the provider that is called; single attempts are counted
	 * then.
	 * @param tags Words that the call must bear.
	 */
	record Selector(@Nullable String key, @Nullable String team, @Nullable String route, @Nullable String provider,
			@DefaultValue Map<String, String> tags) {

	}

	/**
	 * What becomes of a call whose price is not known.
	 */
	enum UnknownPrice {

		/** It is refused. */
		REFUSE,

		/** It is let through, and costs nothing. */
		ALLOW

	}

	/**
	 * A limit.
	 *
	 * @param selector Which calls count; every part that is given must fit.
	 * @param requests How many calls may begin in one period.
	 * @param inputTokens How many input tokens may be sent in one period.
	 * @param outputTokens How many output tokens may be received in one period.
	 * @param tokens How many tokens may be sent and received together in one period.
	 * @param per How long a period is. A day begins at midnight with all there is; of a
	 * shorter one it comes back little by little.
	 * @param zone Time zone whose midnight ends a day.
	 */
	record Limit(@Name("for") @DefaultValue @Valid Callers selector, @Positive @Nullable Long requests,
			@Positive @Nullable Long inputTokens, @Positive @Nullable Long outputTokens,
			@Positive @Nullable Long tokens, @DefaultValue("minute") LimitPeriod per,
			@DefaultValue("UTC") ZoneId zone) {

		/** What is limited; empty if nothing is. */
		Map<LimitUnit, Long> amounts() {
			Map<LimitUnit, Long> amounts = new EnumMap<>(LimitUnit.class);
			put(amounts, LimitUnit.REQUESTS, this.requests);
			put(amounts, LimitUnit.INPUT_TOKENS, this.inputTokens);
			put(amounts, LimitUnit.OUTPUT_TOKENS, this.outputTokens);
			put(amounts, LimitUnit.TOKENS, this.tokens);
			return amounts;
		}

		private static void put(Map<LimitUnit, Long> amounts, LimitUnit unit, @Nullable Long amount) {
			if (amount != null) {
				amounts.put(unit, amount);
			}
		}

	}

	/**
	 * Selector of a limit; an asterisk fits any value and gives each its own account.
	 *
	 * @param key Name of the caller.
	 * @param team Group of the caller.
	 * @param route Name of the route that is used.
	 * @param tags Words that the call must bear.
	 */
	record Callers(@Nullable String key, @Nullable String team, @Nullable String route,
			@DefaultValue Map<String, String> tags) {

	}

	/**
	 * The response cache's memory.
	 *
	 * @param maximumSize Most memory that remembered answers may take; the least used are
	 * forgotten beyond it.
	 */
	record Cache(@DefaultValue("64MB") DataSize maximumSize) {

	}

	/**
	 * The embedded simulator.
	 *
	 * @param enabled Whether providers without an api-key of their own are simulated
	 * inside the application, whatever keys the environment has; needs the module
	 * switchboard-simulator.
	 */
	record Simulator(@DefaultValue("false") boolean enabled) {

	}

}
