package dev.switchboard.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

import dev.switchboard.budget.Hold;
import dev.switchboard.call.Attempt;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.RequestFacts;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.health.Permit;
import dev.switchboard.observation.AttemptObservation;
import dev.switchboard.observation.AttemptObservations;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.Target;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptInProgressTests {

	private static final Target TARGET = Target.of("openai/gpt-5.4");

	private final RouteName route = new RouteName("one");

	private final CallInProgress call = new CallInProgress(
			new RouteResolver.Resolved(this.route,
					new ModelRoute(this.route, "", List.of(TARGET), BuiltInPolicies.STRICT, null, Requirements.NONE),
					null, new RequestFacts(0, 0, 0, 7, 0, false)),
			BuiltInPolicies.STRICT, CallContext.DEFAULT, new Prompt("Hello"), true, Instant.EPOCH,
			Ticks.start(System::nanoTime), List.of());

	private AttemptInProgress attempt(LongSupplier nanoTime) {
		AttemptObservation observation = AttemptObservations.NOOP.start("id", this.route, TARGET.model(), 1, null);
		return new AttemptInProgress(this.call, new Step.Send(TARGET, Permit.unconditional(), 1, Hold.NONE),
				new ModelCatalog(Map.of()), observation, nanoTime);
	}

	private List<Attempt> attempts() {
		return this.call.record(new CallOutcome.Cancelled(), null).attempts();
	}

	/** Whoever cancels makes the record of the call when this returns. */
	@Test
	void whoTellsOfALaterEndGoesOnWhenTheFirstIsWritten() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		Thread broken = new Thread(() -> {
		});
		CompletableFuture<Thread> failing = new CompletableFuture<>();
		AttemptInProgress attempt = attempt(() -> {
			if (Thread.currentThread() == failing.getNow(broken)) {
				begun.countDown();
				awaitUninterrupted(goOn);
			}
			return System.nanoTime();
		});
		Thread first = new Thread(
				() -> attempt.failed(Failure.of(FailureKind.INTERRUPTED, "The connection was closed"), null));
		failing.complete(first);
		CompletableFuture<Integer> seen = new CompletableFuture<>();
		Thread second = new Thread(() -> {
			attempt.cancelled("its answer was no longer wanted");
			seen.complete(attempts().size());
		});

		first.start();
		begun.await();
		second.start();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> second.getState() == Thread.State.BLOCKED || seen.isDone());
		goOn.countDown();

		assertThat(seen).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(1);
		first.join();
		assertThat(attempts()).as("the first end counts").hasSize(1);
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
