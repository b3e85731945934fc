package dev.switchboard.benchmarks;

import java.time.Duration;
import java.time.Instant;
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
import dev.switchboard.route.RouteName;

/**
 * Records of calls.
 */
final class Calls {

	private static final ModelId TARGET = ModelId.parse("anthropic/claude-opus-4-7");

	private Calls() {
	}

	/** A call with one attempt, of a caller with a team and a tag. */
	static CallRecord answered(String id, Instant time) {
		Cost cost = new Cost(new Money(3_260_000));
		TokenUsage usage = TokenUsage.of(212, 88);
		RouteName route = new RouteName("support");
		Attempt attempt = new Attempt(1, TARGET, new AttemptOutcome.Answered(), Duration.ofMillis(1204), null, usage,
				false, cost, "claude-opus-4-7");
		return new CallRecord(id, time, route, route, null, new Caller("ada", "research"), Map.of("project", "apollo"),
				false, List.of(attempt), List.of(), new CallOutcome.Answered(), CacheOutcome.BYPASS, TARGET,
				"claude-opus-4-7", "end_turn", usage, cost, Duration.ofMillis(1251), null);
	}

}
