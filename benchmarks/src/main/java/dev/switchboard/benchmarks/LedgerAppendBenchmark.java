package dev.switchboard.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.switchboard.call.Attempt;
import dev.switchboard.call.AttemptOutcome;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.route.RouteName;
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

	private final ModelId target = ModelId.parse("anthropic/claude-opus-4-7");

	private final CallRecord call = call();

	private Database database;

	private Ledger ledger;

	private Path folder;

	private CallRecord call() {
		Cost cost = new Cost(new Money(3_260_000));
		TokenUsage usage = TokenUsage.of(212, 88);
		RouteName route = new RouteName("support");
		Attempt attempt = new Attempt(1, this.target, new AttemptOutcome.Answered(), Duration.ofMillis(1204), null,
				usage, false, cost, "claude-opus-4-7");
		return new CallRecord("c1f0e4a97b3d2586", Instant.parse("2027-06-30T12:00:00.123456Z"), route, route, null,
				new Caller("ada", "research"), Map.of("project", "apollo"), false, List.of(attempt), List.of(),
				new CallOutcome.Answered(), CacheOutcome.BYPASS, this.target, "claude-opus-4-7", "end_turn", usage,
				cost, Duration.ofMillis(1251), null);
	}

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
