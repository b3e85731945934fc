package dev.switchboard.thread;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class TimeoutClockTests {

	private final TimeoutClock clock = new TimeoutClock("some-clock");

	@AfterEach
	void close() {
		this.clock.close();
	}

	@Test
	void whatIsSetIsDoneInItsOrderOnTheClocksThread() {
		List<String> done = new CopyOnWriteArrayList<>();
		long begin = System.nanoTime();
		this.clock.in(TimeUnit.MILLISECONDS.toNanos(300), () -> done.add("later"));
		this.clock.in(TimeUnit.MILLISECONDS.toNanos(20), () -> done.add(Thread.currentThread().getName()));
		this.clock.in(-5, () -> done.add("at once"));

		await().atMost(Duration.ofSeconds(20)).until(() -> done.size() == 3);

		assertThat(done).containsExactly("at once", "some-clock", "later");
		assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
	}

	@Test
	void whatIsCalledOffLeavesNothingBehind() {
		List<Future<?>> set = new CopyOnWriteArrayList<>();
		for (int i = 0; i < 1000; i++) {
			set.add(this.clock.in(TimeUnit.MINUTES.toNanos(1), () -> {
			}));
		}
		assertThat(this.clock.size()).isGreaterThanOrEqualTo(1000);

		set.forEach((timeout) -> timeout.cancel(false));

		assertThat(this.clock.size()).isLessThanOrEqualTo(1);
	}

	@Test
	void noTimeoutIsTheFirstThatTheClockWaitsForWhichWouldWakeIt() {
		this.clock.in(TimeUnit.MINUTES.toNanos(1), () -> {
		});

		assertThat(this.clock.size()).as("the timeout and the beat").isEqualTo(2);
		await().pollDelay(Duration.ofMillis(300)).atMost(Duration.ofSeconds(20)).until(() -> this.clock.size() == 2);
	}

	@Test
	void aClockThatIsNotUsedRests() {
		this.clock.in(TimeUnit.MINUTES.toNanos(1), () -> {
		}).cancel(false);

		await().atMost(Duration.ofSeconds(20)).until(() -> this.clock.size() == 0);

		List<String> done = new CopyOnWriteArrayList<>();
		this.clock.in(TimeUnit.MILLISECONDS.toNanos(250), () -> done.add("after a rest"));
		await().atMost(Duration.ofSeconds(20)).until(() -> done.size() == 1);
	}

	@Test
	void aClosedClockSetsNothing() {
		this.clock.close();

		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.clock.in(1, () -> {
		}));
	}

}
