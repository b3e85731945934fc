package dev.switchboard.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import dev.switchboard.provider.Secret;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import dev.switchboard.store.journal.Journal;
import dev.switchboard.store.journal.MemoryJournal;
import dev.switchboard.store.ledger.Ledger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.util.FileSystemUtils;

/**
 * How long it takes for a call that waits in the journal to be in the database, where
 * many wait: what a ledger can keep up with.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
@SuppressWarnings("NullAway.Init")
public class LedgerWriteBenchmark {

	private static final int CALLS = 10_000;

	private static final long ROOM = 256L * 1024 * 1024;

	private static final Instant FIRST = Instant.parse("2027-06-30T12:00:00Z");

	/**
	 * The JDBC URL of a PostgreSQL, whose user and password are {@code postgres};
	 * {@code memory} or {@code file} for an H2.
	 */
	@Param({ "memory", "file" })
	public String database;

	private Path folder;

	private Database opened;

	private Ledger ledger;

	private Journal journal;

	private long began;

	/**
	 * Opens the database.
	 * @throws IOException if its folder cannot be made
	 */
	@Setup(Level.Trial)
	public void open() throws IOException {
		this.folder = Files.createTempDirectory("ledger");
		this.opened = Database.open(switch (this.database) {
			case "memory" -> DatabaseSettings.inMemory();
			case "file" -> DatabaseSettings.inFolder(this.folder);
			default -> DatabaseSettings.at(this.database, "postgres", Secret.of("postgres"));
		}).ready();
	}

	/**
	 * Forgets it.
	 * @throws IOException if its files cannot be removed
	 */
	@TearDown(Level.Trial)
	public void close() throws IOException {
		this.opened.close();
		FileSystemUtils.deleteRecursively(this.folder);
	}

	/** Lets calls wait. */
	@Setup(Level.Invocation)
	public void fill() {
		this.journal = new MemoryJournal(ROOM);
		this.ledger = new Ledger(this.journal, this.opened, new Ledger.Settings(Duration.ZERO), InstantSource.system());
		for (int i = 0; i < CALLS; i++) {
			this.ledger.ended(Calls.answered("c" + (this.began + i), FIRST.plusNanos((this.began + i) * 1_000_000)));
		}
		this.began += CALLS;
	}

	/**
	 * Writes them.
	 * @return how many were written
	 */
	@Benchmark
	@OperationsPerInvocation(CALLS)
	public long write() {
		this.ledger.start();
		this.ledger.close();
		if (this.journal.waiting() > 0) {
			throw new IllegalStateException("Not all of them were written");
		}
		return CALLS;
	}

}
