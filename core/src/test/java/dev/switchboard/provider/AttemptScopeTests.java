package dev.switchboard.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptScopeTests {

	@Test
	void cancellingEndsTheRequestOnce() {
		AtomicInteger aborted = new AtomicInteger();
		try (AttemptScope scope = AttemptScope.open()) {
			scope.onCancel(aborted::incrementAndGet);
			scope.cancel();
			scope.cancel();
			assertThat(scope.isCancelled()).isTrue();
		}
		assertThat(aborted).hasValue(1);
	}

	@Test
	void whenCancelledBeforeTheRequestThenTheRequestEndsAtOnce() {
		AtomicInteger aborted = new AtomicInteger();
		try (AttemptScope scope = AttemptScope.open()) {
			scope.cancel();
			scope.onCancel(aborted::incrementAndGet);
		}
		assertThat(aborted).hasValue(1);
	}

	@Test
	void theLatestRequestIsTheOneToEnd() {
		List<String> aborted = new ArrayList<>();
		try (AttemptScope scope = AttemptScope.open()) {
			scope.onCancel(() -> aborted.add("first"));
			scope.onCancel(() -> aborted.add("second"));
			scope.cancel();
		}
		assertThat(aborted).containsExactly("second");
	}

	@Test
	void aClosedScopeCancelsNothing() {
		AtomicInteger aborted = new AtomicInteger();
		AttemptScope scope = AttemptScope.open();
		scope.onCancel(aborted::incrementAndGet);
		scope.close();
		scope.cancel();
		assertThat(aborted).hasValue(0);
		assertThat(scope.isCancelled()).isFalse();
	}

	@Test
	void whatIsHeldIsLetGoOfOnceHoweverTheScopeEnds() {
		AtomicInteger released = new AtomicInteger();
		AttemptScope cancelled = AttemptScope.detached();
		cancelled.onEnd(released::incrementAndGet);
		cancelled.cancel();
		cancelled.end();
		assertThat(released).hasValue(1);
		cancelled.onEnd(released::incrementAndGet);
		assertThat(released).hasValue(2);

		AttemptScope ended = AttemptScope.detached();
		ended.onEnd(released::incrementAndGet);
		ended.end();
		ended.cancel();
		assertThat(released).hasValue(3);
		ended.onEnd(released::incrementAndGet);
		assertThat(released).hasValue(4);
	}

	@Test
	void scopesNestAndBelongToTheirThread() throws InterruptedException {
		assertThat(AttemptScope.current()).isNull();
		try (AttemptScope outer = AttemptScope.open()) {
			try (AttemptScope inner = AttemptScope.open()) {
				assertThat(AttemptScope.current()).isSameAs(inner);
			}
			assertThat(AttemptScope.current()).isSameAs(outer);
			List<AttemptScope> seen = new ArrayList<>();
			Thread other = new Thread(() -> seen.add(AttemptScope.current()));
			other.start();
			other.join();
			assertThat(seen).containsOnlyNulls().hasSize(1);
		}
		assertThat(AttemptScope.current()).isNull();
	}

	@Test
	void whereverARaceEndsTheRequestIsEndedExactlyOnce() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(3);
		try {
			for (int i = 0; i < 5000; i++) {
				AttemptScope scope = AttemptScope.detached();
				AtomicInteger aborted = new AtomicInteger();
				CountDownLatch start = new CountDownLatch(1);
				Future<?> register = threads.submit(() -> {
					start.await();
					scope.onCancel(aborted::incrementAndGet);
					return null;
				});
				Future<?> cancel = threads.submit(() -> {
					start.await();
					scope.cancel();
					return null;
				});
				Future<?> cancelAgain = threads.submit(() -> {
					start.await();
					scope.cancel();
					return null;
				});
				start.countDown();
				register.get(10, TimeUnit.SECONDS);
				cancel.get(10, TimeUnit.SECONDS);
				cancelAgain.get(10, TimeUnit.SECONDS);
				assertThat(aborted).hasValue(1);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

}
