package dev.switchboard.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import dev.switchboard.call.CallRecord;
import dev.switchboard.policy.CircuitBreakerSettings;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A provider that is down for a while and comes back.
 */
class RecoveryTests {

	private static final int TRIALS = 2;

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

	private final Simulator simulator = Simulator.start();

	private final Routes routes = new Routes(this.simulator)
		.with((engine) -> engine.clocks(this.now::get, System::nanoTime));

	private final SimulatedProvider first = this.routes.provider("first", Wire.OPENAI);

	private final SimulatedProvider second = this.routes.provider("second", Wire.OPENAI);

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@Test
	void theFallbackServesMeanwhileAndOnlyTheTrialsAreSpentOnTheOneThatIsDown() {
		FallbackPolicy policy = Policies.fast()
			.mutate()
			.circuitBreaker(new CircuitBreakerSettings(50, 10, 5, Duration.ofSeconds(30), TRIALS))
			.build();
		this.routes.route("route", policy, "first/a", "second/b");
		this.first.answers("first").fails(Fault.serverError());
		this.second.answers("second");

		for (int i = 0; i < 20; i++) {
			assertThat(ask()).isEqualTo("second");
		}
		assertThat(this.first.requestCount()).as("attempts until the breaker opened").isEqualTo(5);

		this.now.updateAndGet((instant) -> instant.plusSeconds(31));
		for (int i = 0; i < 20; i++) {
			assertThat(ask()).isEqualTo("second");
		}
		assertThat(this.first.requestCount()).as("trials of the next period").isEqualTo(5 + TRIALS);

		this.first.recovers();
		this.now.updateAndGet((instant) -> instant.plusSeconds(31));
		assertThat(ask()).as("within one period it is back").isEqualTo("first");
		assertThat(ask()).isEqualTo("first");
		assertThat(this.routes.engine().health().states()).allSatisfy((state) -> assertThat(state.isUsable()).isTrue());
	}

	private String ask() {
		return CallRecord.of(this.routes.client("route").prompt("Hi").call().chatResponse()).answeredBy().provider();
	}

}
