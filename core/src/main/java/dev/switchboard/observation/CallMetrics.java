package dev.switchboard.observation;

import java.util.Locale;

import dev.switchboard.call.Attempt;
import dev.switchboard.call.CallListener;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.SkippedTarget;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.observation.CallMeters.Key;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls, tokens and money; see {@link CallMeters}. How long attempts take is not
 * here: their observation is a timer already, {@code switchboard.attempt}.
 */
public final class CallMetrics implements CallListener {

	private final MeterRegistry registry;

	/**
	 * Metrics of all calls.
	 * @param registry where they are kept
	 */
	public CallMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void ended(CallRecord call) {
		Tags route = Tags.of(Key.ROUTE.asString(), call.route().value());
		Tags target = route.and(Key.TARGET.asString(), name(call.answeredBy()));
		timer(CallMeters.CALL,
				target.and(Key.REQUESTED_ROUTE.asString(), call.requestedRoute().value())
					.and(Key.OUTCOME.asString(), call.outcome().label())
					.and(Key.CACHE.asString(), call.cache().label())
					.and(Key.STREAMED.asString(), Boolean.toString(call.streamed())))
			.record(call.latency());
		if (call.timeToFirstToken() != null) {
			timer(CallMeters.CALL_TIME_TO_FIRST_TOKEN, route).record(call.timeToFirstToken());
		}
		if (call.cost().amount() == null) {
			counter(CallMeters.UNKNOWN_COST, target).increment();
		}
		call.attempts().forEach((attempt) -> count(attempt, route));
		call.skipped().forEach((skipped) -> count(skipped, route));
	}

	private void count(Attempt attempt, Tags route) {
		Tags tags = route.and(Key.TARGET.asString(), name(attempt.target()));
		if (attempt.timeToFirstToken() != null) {
			timer(CallMeters.TIME_TO_FIRST_TOKEN, tags).record(attempt.timeToFirstToken());
		}
		Money amount = attempt.cost().amount();
		if (amount != null) {
			// Meters know nothing but doubles; whatever is billed is counted elsewhere.
			counter(CallMeters.COST, tags).increment(amount.usd().doubleValue());
		}
		TokenUsage usage = attempt.usage();
		if (usage != null) {
			long uncached = usage.inputTokens() - usage.cachedInputTokens() - usage.cacheWriteTokens();
			countTokens("input", Math.max(0, uncached), tags);
			countTokens("cached-input", usage.cachedInputTokens(), tags);
			countTokens("cache-write", usage.cacheWriteTokens(), tags);
			countTokens("output", usage.outputTokens(), tags);
		}
	}

	private void countTokens(String type, long tokens, Tags tags) {
		counter(CallMeters.TOKENS, tags.and(Key.TOKEN_TYPE.asString(), type)).increment(tokens);
	}

	private void count(SkippedTarget skipped, Tags route) {
		String reason = skipped.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
		counter(CallMeters.SKIPPED,
				route.and(Key.TARGET.asString(), name(skipped.target())).and(Key.SKIP_REASON.asString(), reason))
			.increment();
	}

	private Timer timer(CallMeters meter, Tags tags) {
		return Timer.builder(meter.getName()).tags(tags).register(this.registry);
	}

	private Counter counter(CallMeters meter, Tags tags) {
		return Counter.builder(meter.getName()).baseUnit(meter.getBaseUnit()).tags(tags).register(this.registry);
	}

	private static String name(@Nullable ModelId target) {
		return (target != null) ? target.toString() : KeyValue.NONE_VALUE;
	}

}
