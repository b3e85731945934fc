package dev.switchboard.observation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CallMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final CallMetrics metrics = new CallMetrics(this.registry);

	@Test
	void aCallIsTimedByRouteTargetAndOutcome() {
		this.metrics.ended(Calls.fallback());
		Timer timer = this.registry.get("switchboard.call")
			.tags("switchboard.route", "support", "switchboard.route.requested", "auto", "switchboard.target",
					"google/gemini-3-flash", "switchboard.call.outcome", "answered", "switchboard.cache", "miss",
					"switchboard.streamed", "true")
			.timer();
		assertThat(timer.count()).isEqualTo(1);
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(100);
	}

	@Test
	void modelsThatNobodyKnowsAreOne() {
		new CallMetrics(this.registry, (model) -> false).ended(Calls.fallback());
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getTag("switchboard.target"))
			.filteredOn((target) -> target != null)
			.isNotEmpty()
			.allMatch((target) -> target.endsWith("/other"));
	}

	@Test
	void aCallWithoutAnswerHasNoTarget() {
		this.metrics.ended(Calls.exhausted());
		assertThat(this.registry.get("switchboard.call")
			.tags("switchboard.target", "none", "switchboard.call.outcome", "exhausted")
			.timer()
			.count()).isEqualTo(1);
		assertThat(this.registry.find("switchboard.call.time-to-first-token").timer()).isNull();
	}

	@Test
	void theTimeToFirstTokenIsTimedForTheCallerAndForTheTarget() {
		this.metrics.ended(Calls.fallback());
		assertThat(this.registry.get("switchboard.call.time-to-first-token")
			.tag("switchboard.route", "support")
			.timer()
			.max(TimeUnit.MILLISECONDS)).isEqualTo(50);
		assertThat(this.registry.get("switchboard.time-to-first-token")
			.tag("switchboard.target", "google/gemini-3-flash")
			.timer()
			.max(TimeUnit.MILLISECONDS)).isEqualTo(30);
	}

	@Test
	void everyTokenIsCountedOnce() {
		this.metrics.ended(Calls.fallback());
		assertThat(tokens("input")).isEqualTo(30);
		assertThat(tokens("cached-input")).isEqualTo(60);
		assertThat(tokens("cache-write")).isEqualTo(10);
		assertThat(tokens("output")).isEqualTo(7);
	}

	@Test
	void moneyIsCountedByTarget() {
		this.metrics.ended(Calls.fallback());
		this.metrics.ended(Calls.fallback());
		assertThat(this.registry.get("switchboard.cost")
			.tag("switchboard.target", "google/gemini-3-flash")
			.counter()
			.count()).isEqualTo(0.005, within(1e-12));
		assertThat(this.registry.find("switchboard.cost.unknown").counter()).isNull();
	}

	@Test
	void anUnknownCostIsCountedAndNotTakenForZero() {
		this.metrics.ended(Calls.exhausted());
		assertThat(this.registry.get("switchboard.cost.unknown").counter().count()).isEqualTo(1);
	}

	@Test
	void skippedTargetsAreCountedByReason() {
		this.metrics.ended(Calls.fallback());
		assertThat(this.registry.get("switchboard.skipped")
			.tags("switchboard.route", "support", "switchboard.target", "groq/llama-3.3-70b-versatile",
					"switchboard.skip.reason", "cooling-down")
			.counter()
			.count()).isEqualTo(1);
	}

	@Test
	void refusalsAreCountedByLimitAndByWhatWasNotEnough() {
		this.metrics.ended(Calls.limited());
		assertThat(this.registry.get("switchboard.limit.refused")
			.tags("switchboard.limit", "each-key", "switchboard.limit.unit", "input-tokens")
			.counter()
			.count()).isEqualTo(1);
		assertThat(this.registry.get("switchboard.call").timer().getId().getTag("switchboard.call.outcome"))
			.isEqualTo("limit-exceeded");
	}

	@Test
	void everyMeterIsDocumentedWithExactlyItsKeys() {
		this.metrics.ended(Calls.fallback());
		this.metrics.ended(Calls.exhausted());
		this.metrics.ended(Calls.limited());
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsOnly(Arrays.stream(CallMeters.values()).map(CallMeters::getName).toArray(String[]::new));
		for (Meter meter : this.registry.getMeters()) {
			CallMeters documented = Arrays.stream(CallMeters.values())
				.filter((candidate) -> candidate.getName().equals(meter.getId().getName()))
				.findAny()
				.orElseThrow();
			List<String> keys = Arrays.stream(documented.getKeyNames()).map(KeyName::asString).toList();
			assertThat(meter.getId().getTags()).extracting(Tag::getKey).containsExactlyInAnyOrderElementsOf(keys);
			assertThat(meter.getId().getType()).isEqualTo(documented.getType());
		}
	}

	@Test
	void callersAndCallsAreNotToldApart() {
		CallRecord call = Calls.fallback();
		this.metrics.ended(call);
		int meters = this.registry.getMeters().size();
		this.metrics.ended(new CallRecord("call-2", call.time().plus(Duration.ofDays(1)), call.requestedRoute(),
				call.route(), null, new Caller("other", "group"), Map.of("x", "y"), true, call.attempts(),
				call.skipped(), call.outcome(), call.cache(), call.answeredBy(), "other-snapshot", "length",
				call.usage(), call.cost(), call.latency(), call.timeToFirstToken()));
		assertThat(this.registry.getMeters()).hasSize(meters);
	}

	private double tokens(String type) {
		return this.registry.get("switchboard.tokens")
			.tags("switchboard.route", "support", "switchboard.target", "google/gemini-3-flash",
					"switchboard.token.type", type)
			.counter()
			.count();
	}

}
