package dev.switchboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * What one call leaves behind; never the content.
 *
 * @param id the call's identifier
 * @param time when it began
 * @param requestedRoute the route that the caller asked for
 * @param route the route that was used: the same, unless rules or an exhausted route
 * chose another
 * @param rule the rule that chose it; {@code null} if none did
 * @param caller who is charged
 * @param tags the caller's words for reports
 * @param streamed whether the answer was streamed
 * @param attempts the requests that were sent, in order
 * @param skipped the targets that were passed over
 * @param outcome how it ended
 * @param cache what the response cache had to do with it
 * @param answeredBy the target that gave the answer, also if it was remembered;
 * {@code null} if there is no answer
 * @param responseModel the model that the answer names; {@code null} if it named none
 * @param finishReason why the answer ended, in the provider's word; {@code null} if there
 * is no answer
 * @param usage the tokens of the answering attempt; {@code null} if nobody counted them
 * @param cost what all attempts cost together
 * @param latency from the beginning to the end of the call
 * @param timeToFirstToken from the beginning of the call to the first content passed on;
 * {@code null} if there was none or the answer was not streamed
 * @param budgets what budgets have to say of it, such as that one is nearly spent; empty
 * if nothing
 * @param limits how the limits stand that it counts in; empty if there are none
 */
public record CallRecord(String id, Instant time, RouteName requestedRoute, RouteName route, @Nullable String rule,
		Caller caller, Map<String, String> tags, boolean streamed, List<Attempt> attempts, List<SkippedTarget> skipped,
		CallOutcome outcome, CacheOutcome cache, @Nullable ModelId answeredBy, @Nullable String responseModel,
		@Nullable String finishReason, @Nullable TokenUsage usage, Cost cost, Duration latency,
		@Nullable Duration timeToFirstToken, List<BudgetNote> budgets, List<LimitNote> limits) {

	/** The key of the record in the metadata of a {@link ChatResponse}. */
	public static final String METADATA_KEY = "switchboard.call";

	public CallRecord {
		tags = Map.copyOf(tags);
		attempts = List.copyOf(attempts);
		skipped = List.copyOf(skipped);
		budgets = List.copyOf(budgets);
		limits = List.copyOf(limits);
	}

	/**
	 * The record of a call of which budgets and limits have nothing to say.
	 * @param id the call's identifier
	 * @param time when it began
	 * @param requestedRoute the route that the caller asked for
	 * @param route the route that was used
	 * @param rule the rule that chose it; {@code null} if none did
	 * @param caller who is charged
	 * @param tags the caller's words for reports
	 * @param streamed whether the answer was streamed
	 * @param attempts the requests that were sent, in order
	 * @param skipped the targets that were passed over
	 * @param outcome how it ended
	 * @param cache what the response cache had to do with it
	 * @param answeredBy the target that gave the answer; {@code null} if there is none
	 * @param responseModel the model that the answer names; {@code null} for none
	 * @param finishReason why the answer ended; {@code null} if there is none
	 * @param usage the tokens of the answering attempt; {@code null} if nobody counted
	 * @param cost what all attempts cost together
	 * @param latency from the beginning to the end of the call
	 * @param timeToFirstToken from the beginning to the first content; {@code null} for
	 * none
	 */
	public CallRecord(String id, Instant time, RouteName requestedRoute, RouteName route, @Nullable String rule,
			Caller caller, Map<String, String> tags, boolean streamed, List<Attempt> attempts,
			List<SkippedTarget> skipped, CallOutcome outcome, CacheOutcome cache, @Nullable ModelId answeredBy,
			@Nullable String responseModel, @Nullable String finishReason, @Nullable TokenUsage usage, Cost cost,
			Duration latency, @Nullable Duration timeToFirstToken) {
		this(id, time, requestedRoute, route, rule, caller, tags, streamed, attempts, skipped, outcome, cache,
				answeredBy, responseModel, finishReason, usage, cost, latency, timeToFirstToken, List.of(), List.of());
	}

	/**
	 * The record of the call that gave a response.
	 * @param response a response of a route; of a stream, its last chunk
	 * @return the record; {@code null} if the response is not a route's, or not the last
	 * chunk of its stream
	 */
	public static @Nullable CallRecord of(@Nullable ChatResponse response) {
		Object record = (response != null) ? response.getMetadata().get(METADATA_KEY) : null;
		return (record instanceof CallRecord call) ? call : null;
	}

}
