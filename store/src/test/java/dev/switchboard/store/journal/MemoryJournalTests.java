package dev.switchboard.store.journal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MemoryJournalTests {

	private static final byte[] ENTRY = new byte[10];

	private final MemoryJournal journal = new MemoryJournal(30);

	@Test
	void whatIsDoneMakesRoom() {
		assertThat(this.journal.append(ENTRY)).isTrue();
		assertThat(this.journal.append(ENTRY)).isTrue();
		assertThat(this.journal.append(ENTRY)).isTrue();
		assertThat(this.journal.append(ENTRY)).isFalse();

		assertThat(this.journal.next(2)).hasSize(2);
		assertThat(this.journal.append(ENTRY)).isFalse();
		this.journal.done(() -> {
		});

		assertThat(this.journal.append(ENTRY)).isTrue();
		assertThat(this.journal.waiting()).isEqualTo(2);
		assertThat(this.journal.bytes()).isEqualTo(20);
	}

	@Test
	void whatIsNotDoneIsGivenAgain() {
		byte[] first = new byte[] { 1 };
		this.journal.append(first);
		this.journal.append(new byte[] { 2 });

		assertThat(this.journal.next(1)).containsExactly(first);
		assertThat(this.journal.next(2)).containsExactly(first);
	}

	@Test
	void whenItIsSealedNothingMoreIsTaken() {
		this.journal.append(ENTRY);
		this.journal.seal();

		assertThat(this.journal.append(ENTRY)).isFalse();
		assertThat(this.journal.next(10)).hasSize(1);
	}

	@Test
	void anEntryHasSomethingInIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.journal.append(new byte[0]));
	}

}
