package dev.switchboard.engine;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.switchboard.call.RouteCallException;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.policy.Timeouts;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Ten thousand calls, half to a provider that never answers and half to one that answers
 * too slowly, leave nothing behind.
 */
class ResourceTests {

	private static final int CALLS = 10_000;

	/**
	 * Less than a kilobyte a call: pools and caches may have grown, calls must be gone.
	 */
	private static final long LEFT_OVER_BYTES = 8 * 1024 * 1024;

	private static final int BLOCKED_AT_A_TIME = 1_000;

	private static final int STREAMS_AT_A_TIME = 1_000;

	@Test
	void hangingCallsEndByTheirDeadlineAndLeaveNothingBehind() throws Exception {
		try (Simulator simulator = Simulator.builder().logEntries(50_000).start();
				Routes routes = new Routes(simulator)) {
			routes.provider("silent", Wire.OPENAI).fails(Fault.silence());
			routes.provider("slow", Wire.OPENAI)
				.answers(Answer.text("All in good time. ".repeat(20)).inChunksOf(4))
				.fails(Fault.drip(Duration.ofMillis(700)));
			routes.route("hanging", deadline(Duration.ofSeconds(2)), "silent/a")
				.route("dripping", deadline(Duration.ofSeconds(2)), "slow/a");
			List<ChatClient> clients = List.of(routes.client("hanging"), routes.client("dripping"));
			List<RouteChatModel> models = List.of(routes.model("hanging"), routes.model("dripping"));
			clients.forEach(ResourceTests::warmUp);
			int threadsBefore = threads();
			long heapBefore = usedHeap();

			AtomicInteger ended = new AtomicInteger();
			ExecutorService callers = Executors.newFixedThreadPool(BLOCKED_AT_A_TIME);
			List<CompletableFuture<?>> calls = new ArrayList<>();
			for (int i = 0; i < CALLS / 2; i++) {
				ChatClient client = clients.get(i % 2);
				calls.add(CompletableFuture.runAsync(() -> {
					try {
						client.prompt("Hi").call().content();
					}
					catch (RouteCallException ex) {
						ended.incrementAndGet();
					}
				}, callers));
			}
			CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
			callers.shutdown();
			assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

			for (int wave = 0; wave < CALLS / 2 / STREAMS_AT_A_TIME; wave++) {
				List<CompletableFuture<?>> streams = new ArrayList<>();
				for (int i = 0; i < STREAMS_AT_A_TIME; i++) {
					streams.add(models.get(i % 2)
						.stream(new Prompt("Hi"))
						.doOnError(RouteCallException.class, (ex) -> ended.incrementAndGet())
						.onErrorComplete()
						.then()
						.toFuture());
				}
				CompletableFuture.allOf(streams.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
			}

			assertThat(ended).hasValue(CALLS);
			await("the provider sees that each request was given up").atMost(Duration.ofSeconds(30))
				.until(() -> simulator.requests()
					.stream()
					.noneMatch((request) -> request.outcome() == RecordedRequest.Outcome.OPEN));
			await("threads are back where they began").atMost(Duration.ofSeconds(90))
				.until(() -> threads() <= threadsBefore + 10);
			assertThat(routes.records()).hasSizeGreaterThanOrEqualTo(CALLS);

			simulator.reset();
			routes.forgetRecords();
			await("heap is back where it began").atMost(Duration.ofSeconds(30))
				.until(() -> usedHeap() < heapBefore + LEFT_OVER_BYTES);
		}
	}

	private static void warmUp(ChatClient client) {
		try {
			client.prompt("Hi").call().content();
		}
		catch (RouteCallException expected) {
			assertThat(expected).isNotNull();
		}
	}

	private static FallbackPolicy deadline(Duration deadline) {
		Timeouts timeouts = new Timeouts(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), deadline);
		return BuiltInPolicies.FAST.mutate().timeouts(timeouts).build();
	}

	private static long usedHeap() {
		ManagementFactory.getMemoryMXBean().gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/** All but JUnit's own, which come and go as tests wait for each other. */
	private static int threads() {
		return (int) Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !thread.getName().startsWith("ForkJoinPool-"))
			.count();
	}

}
