package dev.switchboard.benchmarks;

import java.util.concurrent.TimeUnit;

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
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A short call through a route, and without one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 15, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class RouteBenchmark {

	/** Whether a registry with meters observes the clients and the attempts. */
	@Param({ "false", "true" })
	public boolean observed;

	private Switchboard switchboard;

	private ChatModel bareModel;

	private ChatModel plainModel;

	private ChatClient bare;

	private ChatClient plain;

	private ChatClient rules;

	private ChatClient handedIn;

	/** Puts everything together. */
	@Setup
	public void start() {
		this.switchboard = new Switchboard(this.observed);
		this.bareModel = this.switchboard.bareModel();
		this.plainModel = this.switchboard.model(Switchboard.PLAIN);
		this.bare = this.switchboard.bareClient();
		this.plain = this.switchboard.client(Switchboard.PLAIN);
		this.rules = this.switchboard.client(Switchboard.RULES);
		this.handedIn = this.switchboard.client(Switchboard.HANDED_IN);
	}

	/** Ends its threads. */
	@TearDown
	public void stop() {
		this.switchboard.close();
	}

	/** The model by itself. */
	@Benchmark
	public ChatResponse callModelBare() {
		return this.bareModel.call(new Prompt("Hi"));
	}

	/** The model behind a route. */
	@Benchmark
	public ChatResponse callModelRoute() {
		return this.plainModel.call(new Prompt("Hi"));
	}

	/** A client of the model. */
	@Benchmark
	public @Nullable String callBare() {
		return this.bare.prompt().user("Hi").call().content();
	}

	/** A client of a route with one target. */
	@Benchmark
	public @Nullable String callRoute() {
		return this.plain.prompt().user("Hi").call().content();
	}

	/** A client of a route that picks that route as the last of four rules. */
	@Benchmark
	public @Nullable String callRules() {
		return this.rules.prompt().user("Hi").call().content();
	}

	/** A client of a route whose target is a model that was handed in. */
	@Benchmark
	public @Nullable String callHandedIn() {
		return this.handedIn.prompt().user("Hi").call().content();
	}

	/** A stream of 20 chunks from the model. */
	@Benchmark
	public @Nullable String streamBare() {
		return this.bare.prompt().user("Hi").stream().content().blockLast();
	}

	/** A stream of 20 chunks from a route. */
	@Benchmark
	public @Nullable String streamRoute() {
		return this.plain.prompt().user("Hi").stream().content().blockLast();
	}

}
