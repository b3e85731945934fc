package dev.switchboard.redis.limit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.switchboard.limit.BucketStep;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TurnTests {

	private static final BucketStep STEP = new BucketStep(Instant.EPOCH, (bucket) -> {
		throw new AssertionError("No bucket is concerned");
	});

	private final AtomicInteger rehearsals = new AtomicInteger();

	private final List<Integer> late = new ArrayList<>();

	private final Turn<Integer> turn = new Turn<>(List.of(), (step) -> this.rehearsals.incrementAndGet(),
			this.late::add);

	@Test
	void whatWasReckonedLastIsAnswered() {
		this.turn.rehearse(STEP);
		this.turn.rehearse(STEP);
		this.turn.done();

		assertThat(this.turn.answer()).isCompletedWithValue(2);
		assertThat(this.late).isEmpty();
	}

	@Test
	void whoHasGivenUpIsNotServed() {
		assertThat(this.turn.giveUp()).isNull();
		this.turn.rehearse(STEP);
		this.turn.done();

		assertThat(this.rehearsals).hasValue(0);
		assertThat(this.late).isEmpty();
	}

	@Test
	void whatIsDoneForOneWhoHasGivenUpMeanwhileIsTold() {
		this.turn.rehearse(STEP);
		assertThat(this.turn.giveUp()).isNull();
		this.turn.done();

		assertThat(this.late).containsExactly(1);
	}

	@Test
	void whoHasGivenUpBeforeItIsReckonedAnewIsLeftOut() {
		this.turn.rehearse(STEP);
		this.turn.giveUp();
		this.turn.rehearse(STEP);
		this.turn.done();

		assertThat(this.late).isEmpty();
	}

	@Test
	void anAnswerOfTheLastMomentCounts() {
		this.turn.rehearse(STEP);
		this.turn.done();

		assertThat(this.turn.giveUp()).isEqualTo(1);
		assertThat(this.late).isEmpty();
	}

	@Test
	void afterAFailureThereIsNoAnswer() {
		this.turn.failed(new IllegalStateException("expected by this test"));

		assertThat(this.turn.giveUp()).isNull();
	}

}
