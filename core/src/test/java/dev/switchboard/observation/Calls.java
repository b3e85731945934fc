package dev.switchboard.observation;

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
import dev.switchboard.call.LimitRefusal;
import dev.switchboard.call.LimitUnit;
import dev.switchboard.call.SkippedTarget;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.route.RouteName;

/**
 * Calls as the engine would record them.
 */
final class Calls {

	static final RouteName ROUTE = new RouteName("support");

	static final ModelId OPENAI = ModelId.parse("openai/gpt-5.4");

	static final ModelId GEMINI = ModelId.parse("google/gemini-3-flash");

	static final ModelId GROQ = ModelId.parse("groq/llama-3.3-70b-versatile");

	static final TokenUsage USAGE = new TokenUsage(100, 60, 10, 7);

	static final Cost COST = new Cost(Money.ofUsd("0.0025"));

	private Calls() {
	}

	static Attempt answered(int number, ModelId target) {
		return new Attempt(number, target, new AttemptOutcome.Answered(), Duration.ofMillis(80), Duration.ofMillis(30),
				USAGE, false, COST, "gpt-5.4-2026-03-05");
	}

	static Attempt failed(int number, ModelId target) {
		Failure failure = new Failure(FailureKind.RATE_LIMITED, 429, "tokens\nlimit", Duration.ofSeconds(20),
				"You asked: my private prompt", new IllegalStateException("my private prompt"));
		return new Attempt(number, target, new AttemptOutcome.Failed(failure), Duration.ofMillis(5), null, null, false,
				Cost.ZERO, null);
	}

	/** Groq is cooling down, OpenAI is rate limited, Gemini answers. */
	static CallRecord fallback() {
		return record(List.of(failed(1, OPENAI), answered(2, GEMINI)), new CallOutcome.Answered(), GEMINI, COST);
	}

	static CallRecord exhausted() {
		return record(List.of(failed(1, OPENAI)), new CallOutcome.Exhausted(false), null, Cost.UNKNOWN);
	}

	static CallRecord limited() {
		LimitRefusal refusal = new LimitRefusal(LimitRefusal.Reason.EXHAUSTED, "each-key", "key=acme",
				LimitUnit.INPUT_TOKENS, 1000, "minute", 3, 40, Instant.EPOCH);
		return record(List.of(), new CallOutcome.OverLimit(refusal), null, Cost.ZERO);
	}

	private static CallRecord record(List<Attempt> attempts, CallOutcome outcome, ModelId answeredBy, Cost cost) {
		boolean answered = answeredBy != null;
		SkippedTarget skipped = new SkippedTarget(GROQ, SkippedTarget.Reason.COOLING_DOWN, Instant.EPOCH);
		return new CallRecord("call-1", Instant.EPOCH, new RouteName("auto"), ROUTE, "images > 0",
				new Caller("acme", null), Map.of("ticket", "a private tag"), true, attempts, List.of(skipped), outcome,
				CacheOutcome.MISS, answeredBy, answered ? "gpt-5.4-2026-03-05" : null, answered ? "stop" : null,
				answered ? USAGE : null, cost, Duration.ofMillis(100), answered ? Duration.ofMillis(50) : null);
	}

}
