package dev.switchboard.benchmarks;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import dev.switchboard.call.Attempt;
import dev.switchboard.call.AttemptOutcome;
import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallSelector;
import dev.switchboard.call.Caller;
import dev.switchboard.call.LimitNote;
import dev.switchboard.call.LimitUnit;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.limit.InMemoryLimitStore;
import dev.switchboard.limit.Limit;
import dev.switchboard.limit.LimitHold;
import dev.switchboard.limit.LimitPeriod;
import dev.switchboard.limit.Limits;
import dev.switchboard.route.RouteName;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What limits add to a call: to let it begin, to correct what it took at its end, and to
 * tell how they stand, in memory. One limit counts the requests of each of a thousand
 * keys; with three, the tokens of a team and of a day are counted too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class LimitBenchmark {

	private static final int KEYS = 1000;

	private static final RouteName ROUTE = new RouteName("cheap-fast");

	private static final List<Attempt> ATTEMPTS = List
		.of(new Attempt(1, ModelId.parse("stub/one"), new AttemptOutcome.Answered(), Duration.ofMillis(800), null,
				TokenUsage.of(14, 2), false, Cost.UNKNOWN, null));

	/** How many limits there are. */
	@Param({ "1", "3" })
	public int limits;

	private Limits all;

	private CallContext[] callers;

	/** Puts everything together. */
	@Setup
	public void start() {
		List<Limit> three = List.of(
				limit("keys", new CallSelector("*", null, null, null, Map.of()), LimitPeriod.SECOND,
						Map.of(LimitUnit.REQUESTS, 100_000_000L)),
				limit("team", new CallSelector(null, "search", null, null, Map.of()), LimitPeriod.MINUTE,
						Map.of(LimitUnit.INPUT_TOKENS, 6_000_000_000L, LimitUnit.OUTPUT_TOKENS, 6_000_000_000L)),
				limit("apps", new CallSelector(null, null, "cheap-fast", null, Map.of("app", "mail")), LimitPeriod.DAY,
						Map.of(LimitUnit.TOKENS, 8_640_000_000_000L)));
		InstantSource clock = InstantSource.system();
		this.all = new Limits(three.subList(0, this.limits), new InMemoryLimitStore(clock), clock);
		this.callers = new CallContext[KEYS];
		for (int i = 0; i < KEYS; i++) {
			this.callers[i] = new CallContext(new Caller("key-" + i, "search"), Map.of("app", "mail"),
					CacheControl.DEFAULT, null, null);
		}
	}

	/** One caller at a time. */
	@Benchmark
	public List<LimitNote> beginAndEnd() {
		LimitHold hold = this.all.hold(this.callers[ThreadLocalRandom.current().nextInt(KEYS)], true);
		if (hold.take(ROUTE, () -> 15) == null) {
			hold.settle(ATTEMPTS);
		}
		return hold.notes();
	}

	/**
	 * A caller on every processor at once; they share all buckets but those of the keys.
	 */
	@Benchmark
	@Threads(Threads.MAX)
	public List<LimitNote> beginAndEndOnEveryProcessor() {
		return beginAndEnd();
	}

	private static Limit limit(String name, CallSelector selector, LimitPeriod per, Map<LimitUnit, Long> amounts) {
		return new Limit(name, selector, new EnumMap<>(amounts), per, ZoneId.of("UTC"));
	}

}
