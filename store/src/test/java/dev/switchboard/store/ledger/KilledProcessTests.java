package dev.switchboard.store.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.switchboard.store.Child;
import dev.switchboard.store.Databases;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import dev.switchboard.store.journal.FileJournal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was answered is in the ledger, even if the process is killed ({@code kill -9}).
 */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class KilledProcessTests {

	private static final int ANSWERS = 600;

	/** A line that was not written to its end names another call. */
	private static final int LINE = KilledApplication.ANSWERED.length() + 16;

	@TempDir
	Path folder;

	@Test
	void everyAnsweredCallIsInFilesOnce() throws Exception {
		verify(DatabaseSettings.inFolder(this.folder), "--switchboard.store.path=" + this.folder);
	}

	@Test
	void everyAnsweredCallIsInPostgresOnce() throws Exception {
		DatabaseSettings settings = Databases.newPostgres();
		verify(settings, "--switchboard.store.url=" + settings.url(), "--switchboard.store.username=postgres",
				"--switchboard.store.password=postgres");
	}

	@Test
	void whileAnotherProcessHasTheFilesRecordsWait() throws Exception {
		DatabaseSettings settings = DatabaseSettings.inFolder(this.folder);
		Path journal = this.folder.resolve("journal");
		try (Child other = start(journal, "--switchboard.store.path=" + this.folder)) {
			for (int lines = 0; lines < ANSWERS; lines++) {
				assertThat(other.readLine()).isNotNull();
			}
			try (Database database = Database.open(settings);
					Ledger ledger = new Ledger(FileJournal.open(journal, 1024 * 1024), database,
							new Ledger.Settings(Duration.ZERO), InstantSource.system())) {
				ledger.ended(Records.call("mine").make());
				ledger.start();
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ledger.counts().away.get());
				assertThat(journal.resolve("2")).isDirectory();

				other.kill();

				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ledger.counts().waiting() == 0);
				assertThat(database.client()
					.sql("select count(*) from switchboard_call where id = 'mine'")
					.query(Integer.class)
					.single()).isEqualTo(1);
			}
		}
	}

	private void verify(DatabaseSettings settings, String... arguments) throws Exception {
		Path journal = this.folder.resolve("journal");
		List<String> answered = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			answered.addAll(runAndKill(journal, arguments));
		}

		assertThat(answered).hasSizeGreaterThanOrEqualTo(2 * ANSWERS).doesNotHaveDuplicates();
		assertThat(ledger(journal, settings)).doesNotHaveDuplicates().containsAll(answered);
	}

	private static Child start(Path journal, String... arguments) throws IOException {
		List<String> all = new ArrayList<>(
				List.of("--switchboard.ledger.journal.path=" + journal, "--switchboard.ledger.journal.max-size=1MB"));
		all.addAll(List.of(arguments));
		return Child.start(KilledApplication.class, all);
	}

	private static List<String> runAndKill(Path journal, String... arguments) throws IOException, InterruptedException {
		try (Child child = start(journal, arguments)) {
			return child
				.killAfter(ANSWERS, (line) -> line.startsWith(KilledApplication.ANSWERED) && line.length() == LINE)
				.stream()
				.map((line) -> line.substring(KilledApplication.ANSWERED.length()))
				.toList();
		}
	}

	/** What is there after a further start. */
	private static List<String> ledger(Path journal, DatabaseSettings settings) {
		try (Database database = Database.open(settings);
				Ledger ledger = new Ledger(FileJournal.open(journal, 1024 * 1024), database,
						new Ledger.Settings(Duration.ZERO), InstantSource.system())) {
			ledger.start();
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ledger.counts().waiting() == 0);
			return database.ready().client().sql("select id from switchboard_call").query(String.class).list();
		}
	}

}
