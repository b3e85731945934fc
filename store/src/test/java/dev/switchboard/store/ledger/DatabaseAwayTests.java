package dev.switchboard.store.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

import dev.switchboard.servers.CuttableWay;
import dev.switchboard.servers.PostgresDatabase;
import dev.switchboard.servers.PostgresServer;
import dev.switchboard.store.Databases;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import dev.switchboard.store.journal.FileJournal;
import dev.switchboard.store.journal.MemoryJournal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real PostgreSQL that goes away and comes back.
 */
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class DatabaseAwayTests {

	private static final Ledger.Settings SETTINGS = new Ledger.Settings(Duration.ZERO);

	private final PostgresDatabase postgres = PostgresServer.get().newDatabase();

	private final CuttableWay way = PostgresServer.get().newWay();

	private final DatabaseSettings settings = Databases.settings(this.postgres);

	private final Database database = Database.open(Databases.settings(this.postgres.through(this.way)));

	@TempDir
	Path folder;

	@AfterEach
	void close() {
		this.database.close();
		this.way.close();
	}

	@Test
	void whatEndsWhileTheDatabaseIsAwayArrivesOnceAndInOrder(CapturedOutput output) {
		try (Ledger ledger = start(SETTINGS)) {
			end(ledger, 0, 100);
			await().until(() -> entries().size() == 100);

			this.way.cut();
			end(ledger, 100, 700);
			await().until(() -> ledger.counts().away.get());
			end(ledger, 700, 2000);
			assertThat(ledger.counts().waiting()).isEqualTo(1900);
			this.way.mend();

			await().until(() -> ledger.counts().waiting() == 0);
			assertThat(entries()).containsExactlyElementsOf(ids(0, 2000));
			assertThat(ledger.counts().away).isFalse();
		}
		assertThat(lines(output, "Ledger cannot be written")).singleElement().asString().contains("WARN");
		assertThat(lines(output, "Ledger database is back")).singleElement().asString().endsWith("waited=1900");
	}

	@Test
	void whenItIsCutAgainAndAgainNothingIsLostOrRepeated() {
		try (Ledger ledger = start(SETTINGS)) {
			for (int i = 0; i < 20; i++) {
				end(ledger, i * 300, (i + 1) * 300);
				this.way.cut();
				await().until(() -> ledger.counts().away.get() || ledger.counts().waiting() == 0);
				this.way.mend();
			}

			await().until(() -> ledger.counts().waiting() == 0);
			assertThat(entries()).containsExactlyElementsOf(ids(0, 6000));
		}
	}

	@Test
	void theDatabaseNeedNotBeThereAtTheBeginning() {
		this.way.cut();
		try (Ledger ledger = start(SETTINGS)) {
			end(ledger, 0, 10);
			await().until(() -> ledger.counts().away.get());
			this.way.mend();

			await().until(() -> ledger.counts().waiting() == 0);
			assertThat(entries()).containsExactlyElementsOf(ids(0, 10));
		}
	}

	@Test
	void whatWaitsWhenTheProcessEndsIsWrittenByTheNextOne(CapturedOutput output) {
		this.way.cut();
		try (Ledger ledger = start(SETTINGS)) {
			end(ledger, 0, 10);
			await().until(() -> ledger.counts().away.get());
		}
		assertThat(lines(output, "Ledger ends before all of it is written")).singleElement()
			.asString()
			.contains("waiting=10 kept=true");
		this.way.mend();

		try (Ledger ledger = start(SETTINGS)) {
			await().until(() -> ledger.counts().waiting() == 0);
			assertThat(entries()).containsExactlyElementsOf(ids(0, 10));
		}
	}

	@Test
	void whenTheJournalIsFullRecordsAreLostAndCounted(CapturedOutput output) {
		this.way.cut();
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		try (Ledger ledger = new Ledger(new MemoryJournal(10_000), this.database, SETTINGS, InstantSource.system())) {
			new LedgerMeters(ledger).bindTo(meters);
			end(ledger, 0, 100);

			double waiting = meters.get(LedgerMeters.WAITING).gauge().value();
			assertThat(waiting).isBetween(5.0, 50.0);
			assertThat(meters.get(LedgerMeters.DROPPED).functionCounter().count()).isEqualTo(100 - waiting);
			ledger.start();
			await().until(() -> ledger.counts().away.get());
			assertThat(meters.get(LedgerMeters.AWAY).gauge().value()).isEqualTo(1);
		}
		assertThat(lines(output, "Records of calls are lost")).as("one a minute").hasSize(1);
	}

	private Ledger start(Ledger.Settings how) {
		Ledger ledger = new Ledger(FileJournal.open(this.folder, 16 * 1024 * 1024), this.database, how,
				InstantSource.system());
		ledger.start();
		return ledger;
	}

	private static void end(Ledger ledger, int from, int until) {
		ids(from, until).forEach((id) -> ledger.ended(Records.call(id).tag("t", "x").answered("a/x", 1).make()));
	}

	private static List<String> ids(int from, int until) {
		return IntStream.range(from, until).mapToObj((i) -> "c" + i).toList();
	}

	private List<String> entries() {
		try (Database direct = Database.open(this.settings)) {
			return direct.ready()
				.client()
				.sql("select id from switchboard_call order by entry")
				.query(String.class)
				.list();
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	private static List<String> lines(CapturedOutput output, String part) {
		return output.getOut().lines().filter((line) -> line.contains(part)).toList();
	}

}
