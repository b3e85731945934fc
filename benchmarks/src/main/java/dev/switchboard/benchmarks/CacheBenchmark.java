package dev.switchboard.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.switchboard.cache.CacheKey;
import dev.switchboard.cache.ResponseCache;
import dev.switchboard.call.CallContext;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A call that the cache answers, and the same call of the model by itself.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 15, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class CacheBenchmark {

	/** The size of the prompt in kilobytes. */
	@Param({ "2", "200" })
	public int promptKilobytes;

	private final ResponseCache cache = ResponseCache.builder().build();

	private final ModelRoute route = new ModelRoute(Switchboard.CACHED, "", List.of(Target.of("stub/constant")),
			BuiltInPolicies.STANDARD, CacheSettings.of(Duration.ofDays(1)), Requirements.NONE);

	private Switchboard switchboard;

	private ChatClient bare;

	private ChatClient plain;

	private ChatClient cached;

	private String text;

	private Prompt prompt;

	/** Puts everything together. */
	@Setup
	public void start() {
		this.switchboard = new Switchboard(false);
		this.bare = this.switchboard.bareClient();
		this.plain = this.switchboard.client(Switchboard.PLAIN);
		this.cached = this.switchboard.client(Switchboard.CACHED);
		this.text = "sixteen letters ".repeat(this.promptKilobytes * 1024 / 16);
		this.prompt = new Prompt(this.text);
	}

	/** Ends its threads. */
	@TearDown
	public void stop() {
		this.switchboard.close();
	}

	/** A client of the model. */
	@Benchmark
	public @Nullable String callBare() {
		return this.bare.prompt().user(this.text).call().content();
	}

	/** A client of a route that remembers nothing. */
	@Benchmark
	public @Nullable String callRoute() {
		return this.plain.prompt().user(this.text).call().content();
	}

	/** A client of a route that remembers the answer. */
	@Benchmark
	public @Nullable String callHit() {
		return this.cached.prompt().user(this.text).call().content();
	}

	/** A stream from a client of a route that remembers the answer. */
	@Benchmark
	public @Nullable String streamHit() {
		return this.cached.prompt().user(this.text).stream().content().blockLast();
	}

	/** The key alone. */
	@Benchmark
	public @Nullable CacheKey key() {
		return this.cache.key(this.route, CallContext.DEFAULT, this.prompt);
	}

}
