package dev.switchboard.store.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.Attempt;
import dev.switchboard.call.AttemptOutcome;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.route.RouteName;

/**
 * Records of calls, made up.
 */
final class Records {

	static final Instant NOON = Instant.parse("2027-06-30T12:00:00Z");

	private final String id;

	private Instant time = NOON;

	private String route = "support";

	private Caller caller = Caller.ANONYMOUS;

	private final Map<String, String> tags = new LinkedHashMap<>();

	private final List<Attempt> attempts = new ArrayList<>();

	private Records(String id) {
		this.id = id;
	}

	static Records call(String id) {
		return new Records(id);
	}

	Records at(Instant other) {
		this.time = other;
		return this;
	}

	Records route(String name) {
		this.route = name;
		return this;
	}

	Records by(String key, String team) {
		this.caller = new Caller(key, team);
		return this;
	}

	Records tag(String name, String value) {
		this.tags.put(name, value);
		return this;
	}

	Records answered(String target, long nanos) {
		return attempt(target, new AttemptOutcome.Answered(), new Cost(new Money(nanos)));
	}

	Records answeredAtUnknownCost(String target) {
		return attempt(target, new AttemptOutcome.Answered(), Cost.UNKNOWN);
	}

	Records failed(String target, long nanos) {
		return attempt(target,
				new AttemptOutcome.Failed(new Failure(FailureKind.OVERLOADED, 503, "busy", null, "secret words", null)),
				new Cost(new Money(nanos)));
	}

	private Records attempt(String target, AttemptOutcome outcome, Cost cost) {
		this.attempts.add(new Attempt(this.attempts.size() + 1, ModelId.parse(target), outcome, Duration.ofMillis(250),
				null, new TokenUsage(100, 40, 10, 20, 12), false, cost, "model-2027"));
		return this;
	}

	CallRecord make() {
		Cost cost = this.attempts.stream().map(Attempt::cost).reduce(Cost.ZERO, Cost::plus);
		ModelId answeredBy = this.attempts.isEmpty() ? null : this.attempts.get(this.attempts.size() - 1).target();
		RouteName name = new RouteName(this.route);
		return new CallRecord(this.id, this.time, name, name, null, this.caller, this.tags, true, this.attempts,
				List.of(), new CallOutcome.Answered(), this.attempts.isEmpty() ? CacheOutcome.HIT : CacheOutcome.MISS,
				answeredBy, "model-2027", "stop", TokenUsage.of(100, 20), cost, Duration.ofMillis(300),
				Duration.ofNanos(81_234_567));
	}

}
