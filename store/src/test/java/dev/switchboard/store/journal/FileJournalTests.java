package dev.switchboard.store.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@ExtendWith(OutputCaptureExtension.class)
class FileJournalTests {

	private static final long ROOM = 8 * 1024 * 1024;

	@TempDir
	Path folder;

	@Test
	void whatWasAppendedIsTakenInOrder() {
		try (FileJournal journal = open()) {
			append(journal, "one", "two", "three");

			assertThat(take(journal, 2)).containsExactly("one", "two");
			assertThat(take(journal, 2)).containsExactly("three");
			assertThat(take(journal, 2)).isEmpty();
			assertThat(journal.waiting()).isZero();
		}
	}

	@Test
	void whatIsNotDoneIsGivenAgain() {
		try (FileJournal journal = open()) {
			append(journal, "one", "two");

			assertThat(texts(journal.next(1))).containsExactly("one");
			assertThat(texts(journal.next(1))).containsExactly("one");
			assertThat(journal.waiting()).isEqualTo(2);
		}
	}

	@Test
	void whatWaitsIsThereForTheNextProcess() {
		try (FileJournal journal = open()) {
			append(journal, "one", "two");
		}
		try (FileJournal journal = open()) {
			assertThat(journal.waiting()).isEqualTo(2);
			append(journal, "three");

			assertThat(take(journal, 10)).containsExactly("one", "two");
			assertThat(take(journal, 10)).containsExactly("three");
		}
	}

	@Test
	void whatIsDoneLeavesNoFile() throws IOException {
		try (FileJournal journal = open()) {
			append(journal, "one", "two");
			journal.seal();
			take(journal, 10);

			assertThat(segments()).isEmpty();
			assertThat(journal.bytes()).isZero();
			assertThat(journal.append(bytes("three"))).isFalse();
		}
	}

	@Test
	void nothingIsRemovedThatIsNotKeptElsewhere() throws IOException {
		try (FileJournal journal = open()) {
			append(journal, "one");
			journal.seal();
			journal.next(10);

			assertThatIllegalStateException().isThrownBy(() -> journal.done(() -> {
				throw new IllegalStateException("away");
			}));

			assertThat(segments()).hasSize(1);
			assertThat(take(journal, 10)).containsExactly("one");
			assertThat(segments()).isEmpty();
		}
	}

	@Test
	void manySegmentsAreTakenInOrderAndRemovedOneByOne() throws IOException {
		try (FileJournal journal = FileJournal.open(this.folder, 80_000)) {
			List<String> all = IntStream.range(0, 400).mapToObj((i) -> "entry " + i + " ".repeat(100)).toList();
			all.forEach((text) -> append(journal, text));
			int before = segments().size();
			assertThat(before).isGreaterThan(4);

			List<String> taken = new ArrayList<>(take(journal, 250));
			while (taken.size() < 250) {
				taken.addAll(take(journal, 250 - taken.size()));
			}
			assertThat(segments()).hasSizeBetween(1, before - 2);
			for (List<String> more = take(journal, 7); !more.isEmpty(); more = take(journal, 7)) {
				taken.addAll(more);
			}

			assertThat(taken).containsExactlyElementsOf(all);
		}
	}

	@Test
	void whatIsAppendedWhileItIsTakenIsTakenOnce() throws Exception {
		ExecutorService callers = Executors.newFixedThreadPool(4);
		try (FileJournal journal = FileJournal.open(this.folder, ROOM)) {
			List<Future<?>> appending = new ArrayList<>();
			for (int caller = 0; caller < 4; caller++) {
				int number = caller;
				appending.add(callers.submit(() -> IntStream.range(0, 5000)
					.forEach((i) -> append(journal, number + ":" + i + "x".repeat(200)))));
			}
			List<String> taken = new ArrayList<>();
			while (taken.size() < 20_000) {
				taken.addAll(take(journal, 500));
			}
			for (Future<?> each : appending) {
				each.get();
			}

			assertThat(taken).doesNotHaveDuplicates();
			for (int caller = 0; caller < 4; caller++) {
				String prefix = caller + ":";
				assertThat(taken.stream().filter((text) -> text.startsWith(prefix))).containsExactlyElementsOf(
						IntStream.range(0, 5000).mapToObj((i) -> prefix + i + "x".repeat(200)).toList());
			}
		}
		finally {
			callers.shutdownNow();
		}
	}

	@Test
	void anInterruptedThreadHarmsNobody() {
		try (FileJournal journal = open()) {
			Thread.currentThread().interrupt();
			append(journal, "interrupted");
			assertThat(Thread.interrupted()).isTrue();
			append(journal, "after");

			assertThat(take(journal, 10)).containsExactly("interrupted", "after");
		}
	}

	@Test
	void anEntryThatWasNotWrittenToItsEndIsCutOff(CapturedOutput output) throws IOException {
		try (FileJournal journal = open()) {
			append(journal, "one", "two", "three");
		}
		try (RandomAccessFile file = new RandomAccessFile(segments().get(0).toFile(), "rw")) {
			file.setLength(file.length() - 2);
		}
		try (FileJournal journal = open()) {
			append(journal, "four");

			assertThat(take(journal, 10)).containsExactly("one", "two");
			assertThat(take(journal, 10)).containsExactly("four");
			assertThat(journal.waiting()).isZero();
			assertThat(journal.corrupt()).isZero();
		}
		assertThat(output).contains("not written to its end").doesNotContain("WARN");
	}

	@Test
	void aTornHeaderIsCutOff() throws IOException {
		try (FileJournal journal = open()) {
			append(journal, "one", "two");
		}
		try (RandomAccessFile file = new RandomAccessFile(segments().get(0).toFile(), "rw")) {
			file.setLength(Frames.HEADER_BYTES + 3 + 5);
		}
		try (FileJournal journal = open()) {
			assertThat(take(journal, 10)).containsExactly("one");
			assertThat(journal.corrupt()).isZero();
		}
	}

	@Test
	void aSpoiltEntryIsPassedOver(CapturedOutput output) throws IOException {
		try (FileJournal journal = open()) {
			append(journal, "one", "two", "three");
		}
		spoil(Frames.HEADER_BYTES + 3 + Frames.HEADER_BYTES + 1);
		try (FileJournal journal = open()) {
			assertThat(take(journal, 10)).containsExactly("one", "three");
			assertThat(journal.corrupt()).isEqualTo(1);
			assertThat(journal.waiting()).isZero();
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains("no entry");
	}

	@Test
	void aSpoiltLengthCostsOneEntry() throws IOException {
		try (FileJournal journal = open()) {
			append(journal, "one", "two", "three");
		}
		spoil(Frames.HEADER_BYTES + 3 + 1);
		try (FileJournal journal = open()) {
			assertThat(take(journal, 10)).containsExactly("one", "three");
			assertThat(journal.corrupt()).isEqualTo(1);
		}
	}

	private void spoil(long position) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(segments().get(0).toFile(), "rw")) {
			file.seek(position);
			int before = file.read();
			file.seek(position);
			file.write(before ^ 0x55);
		}
	}

	@Test
	void whenItIsFullNothingIsTakenUntilThereIsRoom() {
		try (FileJournal journal = FileJournal.open(this.folder, 8_000)) {
			byte[] entry = new byte[500];
			int taken = 0;
			while (journal.append(entry)) {
				taken++;
			}
			assertThat(taken).isEqualTo(15);
			assertThat(journal.bytes()).isLessThanOrEqualTo(8_000);

			take(journal, 8);
			assertThat(journal.append(entry)).isTrue();
		}
	}

	@Test
	void twoProcessesHaveAFolderEach() throws IOException {
		try (FileJournal first = open(); FileJournal second = open()) {
			append(first, "of the first");
			append(second, "of the second");
			second.adopt();

			assertThat(take(first, 10)).containsExactly("of the first");
			assertThat(take(second, 10)).containsExactly("of the second");
		}
		assertThat(this.folder.resolve("2")).isDirectory();
	}

	@Test
	void whatADeadProcessLeftIsTakenByAnother() throws IOException {
		FileJournal first = open();
		FileJournal second = open();
		append(second, "left behind");
		second.close();
		append(first, "mine");

		first.adopt();

		assertThat(first.waiting()).isEqualTo(2);
		List<String> taken = new ArrayList<>(take(first, 10));
		taken.addAll(take(first, 10));
		assertThat(taken).containsExactlyInAnyOrder("left behind", "mine");
		assertThat(first.waiting()).isZero();
		try (FileJournal third = open()) {
			append(third, "in the place of the second");
			assertThat(Files.list(this.folder.resolve("2")).map(Path::getFileName).map(Path::toString))
				.anyMatch((name) -> name.endsWith(".journal"));
		}
		first.close();
	}

	@Test
	void adoptionAmidAnUnfinishedSegmentLosesAndRepeatsNothing() {
		FileJournal second;
		try (FileJournal first = open()) {
			second = open();
			append(first, "1");
			assertThat(take(first, 10)).containsExactly("1");
			append(second, "left behind");
			second.close();
			first.adopt();
			append(first, "2");

			List<String> taken = new ArrayList<>(take(first, 10));
			taken.addAll(take(first, 10));
			assertThat(taken).containsExactly("left behind", "2");
		}
	}

	@Test
	void aFolderThatIsNoneIsToldAtOnce() throws IOException {
		Path file = Files.createFile(this.folder.resolve("file"));
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> FileJournal.open(file, ROOM))
			.withMessageContaining(file.toString());
	}

	private FileJournal open() {
		return FileJournal.open(this.folder, ROOM);
	}

	private List<Path> segments() throws IOException {
		try (Stream<Path> files = Files.walk(this.folder)) {
			return files.filter((file) -> file.toString().endsWith(".journal")).sorted().toList();
		}
	}

	private static void append(Journal journal, String... entries) {
		for (String entry : entries) {
			assertThat(journal.append(bytes(entry))).isTrue();
		}
	}

	private static List<String> take(Journal journal, int most) {
		List<String> taken = texts(journal.next(most));
		journal.done(() -> {
		});
		return taken;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static List<String> texts(List<byte[]> entries) {
		return entries.stream().map((entry) -> new String(entry, StandardCharsets.UTF_8)).toList();
	}

}
