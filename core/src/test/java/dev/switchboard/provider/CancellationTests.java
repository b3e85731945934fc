package dev.switchboard.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.switchboard.policy.FailureKind;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

class CancellationTests {

	@RegisterExtension
	static final Providers providers = new Providers();

	private static ExecutorService threads;

	@BeforeAll
	static void start() {
		threads = Executors.newCachedThreadPool();
		for (Wire wire : Wire.values()) {
			// The first call loads the library, which is not what is timed here.
			providers.client(wire).model().call(new Prompt("hi"));
		}
	}

	@AfterAll
	static void stop() {
		threads.shutdownNow();
	}

	@ParameterizedTest
	@EnumSource
	void whenTheScopeIsCancelledThenACallOnASilentProviderEnds(Wire wire) {
		providers.of(wire).fails(Fault.silence());
		AtomicLong cancelled = new AtomicLong();
		Throwable thrown;
		long ended;
		try (AttemptScope scope = AttemptScope.open()) {
			threads.execute(() -> {
				awaitRequests(wire, 1);
				cancelled.set(System.nanoTime());
				scope.cancel();
			});
			thrown = catchThrowable(() -> providers.client(wire).model().call(new Prompt("hi")));
			ended = System.nanoTime();
			assertThat(scope.isCancelled()).isTrue();
		}
		assertThat(FailureClassifier.classify(thrown).kind()).isEqualTo(FailureKind.CANCELLED);
		assertThat(Duration.ofNanos(ended - cancelled.get())).isLessThan(Duration.ofSeconds(10));
		awaitAborted(wire, 1);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheScopeIsCancelledHalfWayThenTheCallEnds(Wire wire) {
		providers.of(wire).fails(Fault.stallAfterTokens(2));
		Throwable thrown;
		try (AttemptScope scope = AttemptScope.open()) {
			threads.execute(() -> {
				awaitRequests(wire, 1);
				scope.cancel();
			});
			thrown = catchThrowable(() -> providers.client(wire).model().call(new Prompt("hi")));
		}
		assertThat(FailureClassifier.classify(thrown).kind()).isEqualTo(FailureKind.CANCELLED);
		awaitAborted(wire, 1);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheScopeIsCancelledBeforeTheCallThenNothingIsSent(Wire wire) {
		try (AttemptScope scope = AttemptScope.open()) {
			scope.cancel();
			Throwable thrown = catchThrowable(() -> providers.client(wire).model().call(new Prompt("hi")));
			assertThat(FailureClassifier.classify(thrown).kind()).isEqualTo(FailureKind.CANCELLED);
		}
		assertThat(providers.of(wire).requestCount()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void aCallAfterACancelledScopeIsNotAffected(Wire wire) {
		try (AttemptScope scope = AttemptScope.open()) {
			scope.cancel();
		}
		assertThat(providers.client(wire).model().call(new Prompt("hi")).getResult()).isNotNull();
	}

	@ParameterizedTest
	@EnumSource
	void whenAStreamIsCancelledBeforeItsFirstTokenThenTheRequestIsAborted(Wire wire) {
		providers.of(wire).fails(Fault.silence());
		Disposable stream = providers.client(wire).model().stream(new Prompt("hi")).subscribe();
		awaitRequests(wire, 1);
		stream.dispose();
		awaitAborted(wire, 1);
	}

	@ParameterizedTest
	@EnumSource
	void whenAStreamIsCancelledAfterItsFirstTokenThenTheRequestIsAborted(Wire wire) {
		for (Fault fault : List.of(Fault.stallAfterTokens(1), Fault.drip(Duration.ofMillis(20)))) {
			providers.of(wire).reset().answers("x".repeat(4000)).fails(fault);
			List<ChatResponse> received = providers.client(wire)
				.model()
				.stream(new Prompt("hi"))
				.filter((chunk) -> !chunk.getResults().isEmpty()
						&& "xxxx".equals(chunk.getResult().getOutput().getText()))
				.take(1)
				.collectList()
				.block(Duration.ofSeconds(20));
			assertThat(received).hasSize(1);
			awaitAborted(wire, 1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void subscribingDoesNotWaitForTheProvider(Wire wire) {
		providers.of(wire).fails(Fault.silence());
		Future<Disposable> subscribed = threads
			.submit(() -> providers.client(wire).model().stream(new Prompt("hi")).subscribe());
		assertThat(subscribed).succeedsWithin(Duration.ofSeconds(20)).satisfies(Disposable::dispose);
	}

	@ParameterizedTest
	@EnumSource
	void manyCallsAtOnceAreCancelledEachOnItsOwn(Wire wire) throws Exception {
		int calls = 100;
		providers.of(wire).fails(Fault.silence());
		CountDownLatch open = new CountDownLatch(calls);
		List<AttemptScope> scopes = new ArrayList<>();
		List<Future<Throwable>> ends = new ArrayList<>();
		for (int i = 0; i < calls; i++) {
			ends.add(threads.submit(() -> {
				try (AttemptScope scope = AttemptScope.open()) {
					synchronized (scopes) {
						scopes.add(scope);
					}
					open.countDown();
					return catchThrowable(() -> providers.client(wire).model().call(new Prompt("hi")));
				}
			}));
		}
		assertThat(open.await(20, TimeUnit.SECONDS)).isTrue();
		awaitRequests(wire, calls);
		scopes.subList(0, calls / 2).forEach(AttemptScope::cancel);
		awaitAborted(wire, calls / 2);
		assertThat(providers.of(wire).requests()).filteredOn(RecordedRequest::aborted).hasSize(calls / 2);
		scopes.forEach(AttemptScope::cancel);
		for (Future<Throwable> end : ends) {
			Throwable thrown = end.get(20, TimeUnit.SECONDS);
			assertThat(FailureClassifier.classify(thrown).kind()).isEqualTo(FailureKind.CANCELLED);
		}
		awaitAborted(wire, calls);
	}

	private static void awaitRequests(Wire wire, int number) {
		await().atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> providers.of(wire).requestCount() >= number);
	}

	private static void awaitAborted(Wire wire, int number) {
		await().atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> providers.of(wire).requests().stream().filter(RecordedRequest::aborted).count() >= number);
	}

}
