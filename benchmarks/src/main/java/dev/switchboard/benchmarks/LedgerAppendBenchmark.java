package dev.switchboard.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import dev.switchboard.call.CallRecord;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import dev.switchboard.store.journal.FileJournal;
import dev.switchboard.store.journal.Journal;
import dev.switchboard.store.journal.MemoryJournal;
import dev.switchboard.store.ledger.Ledger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.util.FileSystemUtils;

/**
 * What the ledger adds to a call: its record, written where it waits for the database.
 * Nothing takes it from there meanwhile.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 15, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class LedgerAppendBenchmark {

	private static final long ROOM = 2L * 1024 * 1024 * 1024;

	/** Where records wait. */
	@Param({ "file", "memory" })
	public String journal;

	private final CallRecord call = Calls.answered("c1f0e4a97b3d2586", Instant.parse("2027-06-30T12:00:00.123456Z"));

	private Database database;

	private Ledger ledger;

	private Path folder;

	/**
	 * Opens an empty ledger.
	 * @throws IOException if its folder cannot be made
	 */
	@Setup(Level.Iteration)
	public void open() throws IOException {
		this.folder = Files.createTempDirectory("ledger");
		this.database = Database.open(DatabaseSettings.inMemory());
		Journal opened = "file".equals(this.journal) ? FileJournal.open(this.folder, ROOM) : new MemoryJournal(ROOM);
		this.ledger = new Ledger(opened, this.database, new Ledger.Settings(Duration.ZERO), InstantSource.system());
	}

	/**
	 * Forgets it.
	 * @throws IOException if its files cannot be removed
	 */
	@TearDown(Level.Iteration)
	public void close() throws IOException {
		this.ledger.close();
		this.database.close();
		FileSystemUtils.deleteRecursively(this.folder);
	}

	/** A call has ended. */
	@Benchmark
	public void append() {
		this.ledger.ended(this.call);
	}

}
