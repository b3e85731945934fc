package dev.switchboard.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.switchboard.call.Attempt;
import dev.switchboard.call.CallListener;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.SkippedTarget;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.route.RouteName;
import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls, tokens and money; see {@link CallMeters}. How long attempts take is not
 * here: their observation is a timer already, {@code switchboard.attempt}.
 */
public final class CallMetrics implements CallListener {

	private final MeterRegistry registry;

	private final KnownModels known;

	/** A registry finds a meter by building and comparing all its tags, at every use. */
	private final ConcurrentMap<Series, Meter> meters = new ConcurrentHashMap<>();

	/**
	 * Metrics of all calls.
	 * @param registry where they are kept; what is removed from it does not come back
	 */
	public CallMetrics(MeterRegistry registry) {
		this(registry, KnownModels.ALL);
	}

	/**
	 * Metrics of all calls, in which only some models are named.
	 * @param registry where they are kept; what is removed from it does not come back
	 * @param known the models that are named; the others are one
	 */
	public CallMetrics(MeterRegistry registry, KnownModels known) {
		this.registry = registry;
		this.known = known;
	}

	@Override
	public void ended(CallRecord call) {
		RouteName route = call.route();
		Object target = nameable(call.answeredBy());
		timer(CallMeters.CALL, route, call.requestedRoute(), target, call.outcome().label(), call.cache().label(),
				call.streamed())
			.record(call.latency());
		if (call.timeToFirstToken() != null) {
			timer(CallMeters.CALL_TIME_TO_FIRST_TOKEN, route).record(call.timeToFirstToken());
		}
		if (call.cost().amount() == null) {
			counter(CallMeters.UNKNOWN_COST, route, target).increment();
		}
		if (call.outcome() instanceof CallOutcome.OverLimit refused) {
			counter(CallMeters.LIMIT_REFUSED, refused.refusal().limit(), refused.refusal().unit().label()).increment();
		}
		call.attempts().forEach((attempt) -> count(attempt, route));
		call.skipped().forEach((skipped) -> count(skipped, route));
	}

	private void count(Attempt attempt, RouteName route) {
		ModelId target = this.known.tag(attempt.target());
		if (attempt.timeToFirstToken() != null) {
			timer(CallMeters.TIME_TO_FIRST_TOKEN, route, target).record(attempt.timeToFirstToken());
		}
		Money amount = attempt.cost().amount();
		if (amount != null) {
			// Meters know nothing but doubles; whatever is billed is counted elsewhere.
			counter(CallMeters.COST, route, target).increment(amount.usd().doubleValue());
		}
		TokenUsage usage = attempt.usage();
		if (usage != null) {
			long uncached = usage.inputTokens() - usage.cachedInputTokens() - usage.cacheWriteTokens();
			counter(CallMeters.TOKENS, route, target, "input").increment(Math.max(0, uncached));
			counter(CallMeters.TOKENS, route, target, "cached-input").increment(usage.cachedInputTokens());
			counter(CallMeters.TOKENS, route, target, "cache-write").increment(usage.cacheWriteTokens());
			counter(CallMeters.TOKENS, route, target, "output").increment(usage.outputTokens());
		}
	}

	private void count(SkippedTarget skipped, RouteName route) {
		String reason = skipped.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
		counter(CallMeters.SKIPPED, route, this.known.tag(skipped.target()), reason).increment();
	}

	private Timer timer(CallMeters meter, Object... values) {
		return (Timer) meter(meter, values);
	}

	private Counter counter(CallMeters meter, Object... values) {
		return (Counter) meter(meter, values);
	}

	private Meter meter(CallMeters meter, Object... values) {
		return this.meters.computeIfAbsent(new Series(meter, List.of(values)), this::register);
	}

	private Meter register(Series series) {
		CallMeters meter = series.meter();
		KeyName[] keys = meter.getKeyNames();
		List<Tag> tags = new ArrayList<>(keys.length);
		for (int i = 0; i < keys.length; i++) {
			tags.add(Tag.of(keys[i].asString(), series.values().get(i).toString()));
		}
		return (meter.getType() == Meter.Type.TIMER) ? Timer.builder(meter.getName()).tags(tags).register(this.registry)
				: Counter.builder(meter.getName()).baseUnit(meter.getBaseUnit()).tags(tags).register(this.registry);
	}

	private Object nameable(@Nullable ModelId target) {
		return (target != null) ? this.known.tag(target) : KeyValue.NONE_VALUE;
	}

	/**
	 * The meter of some values, which stand in the order of its keys.
	 */
	private record Series(CallMeters meter, List<Object> values) {
	}

}
