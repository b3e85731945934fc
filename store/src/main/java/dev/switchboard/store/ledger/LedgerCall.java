package dev.switchboard.store.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.Attempt;
import dev.switchboard.call.CallRecord;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.policy.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A call as the ledger keeps it; never the content. Texts are cut to the length that the
 * database has for them.
 *
 * @param id the call's identifier
 * @param startedAt when it began, to the microsecond
 * @param requestedRoute the route that the caller asked for
 * @param route the route that was used
 * @param rule the rule that chose it; {@code null} if none did
 * @param caller who is charged: the name of his key, in the gateway
 * @param team the group he belongs to; {@code null} for none
 * @param tags the caller's words for reports
 * @param streamed whether the answer was streamed
 * @param outcome how it ended
 * @param cache what the response cache had to do with it
 * @param answeredBy the target that gave the answer, as {@code provider/model};
 * {@code null} if there is no answer
 * @param responseModel the model that the answer names; {@code null} if it named none
 * @param finishReason why the answer ended; {@code null} if there is no answer
 * @param usage the tokens of the answering attempt; {@code null} if nobody counted them
 * @param costNanos what all attempts cost together, in nano-dollars (10<sup>-9</sup>
 * USD); {@code null} if it is unknown
 * @param latencyMicros from its beginning to its end, in microseconds
 * @param firstTokenMicros from its beginning to the first content passed on, in
 * microseconds; {@code null} if there was none or the answer was not streamed
 * @param attempts the requests that were sent, in order
 */
public record LedgerCall(String id, Instant startedAt, String requestedRoute, String route, @Nullable String rule,
		String caller, @Nullable String team, Map<String, String> tags, boolean streamed, String outcome, String cache,
		@Nullable String answeredBy, @Nullable String responseModel, @Nullable String finishReason,
		@Nullable TokenUsage usage, @Nullable Long costNanos, long latencyMicros, @Nullable Long firstTokenMicros,
		List<LedgerAttempt> attempts) {

	private static final int MOST_TAGS = 64;

	public LedgerCall {
		tags = Map.copyOf(tags);
		attempts = List.copyOf(attempts);
	}

	LedgerCall with(Map<String, String> otherTags, List<LedgerAttempt> otherAttempts) {
		return new LedgerCall(this.id, this.startedAt, this.requestedRoute, this.route, this.rule, this.caller,
				this.team, otherTags, this.streamed, this.outcome, this.cache, this.answeredBy, this.responseModel,
				this.finishReason, this.usage, this.costNanos, this.latencyMicros, this.firstTokenMicros,
				otherAttempts);
	}

	static LedgerCall of(CallRecord call) {
		return new LedgerCall(Texts.cut(call.id(), 64), call.time().truncatedTo(ChronoUnit.MICROS),
				Texts.cut(call.requestedRoute().value(), 255), Texts.cut(call.route().value(), 255),
				Texts.cutIfAny(call.rule(), 255), Texts.cut(call.caller().name(), 255),
				Texts.cutIfAny(call.caller().group(), 255), tags(call.tags()), call.streamed(), call.outcome().label(),
				call.cache().label(), (call.answeredBy() != null) ? Texts.cut(call.answeredBy().toString(), 255) : null,
				Texts.cutIfAny(call.responseModel(), 255), Texts.cutIfAny(call.finishReason(), 255), call.usage(),
				nanos(call.cost().amount()), Texts.micros(call.latency()),
				(call.timeToFirstToken() != null) ? Texts.micros(call.timeToFirstToken()) : null,
				call.attempts().stream().map(LedgerCall::attempt).toList());
	}

	private static LedgerAttempt attempt(Attempt attempt) {
		Failure failure = attempt.outcome()
			.<@Nullable Failure>match((answered) -> null, (failed) -> failed.failure(), (cancelled) -> null);
		return new LedgerAttempt(attempt.number(), Texts.cut(attempt.target().toString(), 255),
				attempt.outcome().label(), (failure != null) ? failure.status() : null,
				(failure != null) ? Texts.cutIfAny(failure.code(), 255) : null,
				Texts.cutIfAny(attempt.responseModel(), 255), attempt.usage(), attempt.usageEstimated(),
				nanos(attempt.cost().amount()), Texts.micros(attempt.latency()),
				(attempt.timeToFirstToken() != null) ? Texts.micros(attempt.timeToFirstToken()) : null);
	}

	private static @Nullable Long nanos(@Nullable Money amount) {
		return (amount != null) ? amount.nanos() : null;
	}

	private static Map<String, String> tags(Map<String, String> tags) {
		Map<String, String> kept = new LinkedHashMap<>();
		tags.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.limit(MOST_TAGS)
			.forEach((tag) -> kept.put(Texts.cut(tag.getKey(), 128), Texts.cut(tag.getValue(), 512)));
		return kept;
	}

}
