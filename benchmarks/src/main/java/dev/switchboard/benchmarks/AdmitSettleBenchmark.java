package dev.switchboard.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.switchboard.budget.Budget;
import dev.switchboard.budget.BudgetPeriod;
import dev.switchboard.budget.BudgetStore;
import dev.switchboard.budget.Budgets;
import dev.switchboard.budget.InMemoryBudgetStore;
import dev.switchboard.budget.Spender;
import dev.switchboard.call.BudgetNote;
import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallSelector;
import dev.switchboard.call.Caller;
import dev.switchboard.call.RequestFacts;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.Price;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.Target;
import dev.switchboard.store.budget.JdbcBudgetStore;
import dev.switchboard.store.budget.OutageRule;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What budgets add to a call: to admit it and to settle it, where it counts in three
 * budgets of which one has an account for each of a thousand keys; in memory, in H2
 * files, and with {@code -p store=jdbc:postgresql:…} in a PostgreSQL.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class AdmitSettleBenchmark {

	private static final int KEYS = 1000;

	private static final RouteName ROUTE = new RouteName("cheap-fast");

	private static final List<Target> TARGETS = List.of(Target.of("stub/one"), Target.of("stub/other"));

	private static final RequestFacts FACTS = new RequestFacts(0, 0, 0, 1500, 0, false, 500L);

	private static final Cost COST = new Cost(Money.ofUsd("0.001"));

	private Budgets budgets;

	private Spender[] spenders;

	/** Where budgets are kept. */
	@Param({ "memory", "h2-file" })
	private String store;

	private @Nullable Database database;

	private @Nullable JdbcBudgetStore kept;

	private Path folder;

	/** Puts everything together. */
	@Setup
	public void start() throws IOException {
		Money plenty = Money.ofUsd("100000000");
		Price price = new Price(Money.ofUsd("1"), Money.ofUsd("0.1"), Money.ofUsd("1.25"), Money.ofUsd("4"));
		ModelCard card = new ModelCard(null, null, Set.of(), true, true, true, true, price, "test", LocalDate.EPOCH);
		InstantSource clock = InstantSource.system();
		this.budgets = new Budgets(
				List.of(Budget.of("keys", new CallSelector("*", null, null, null, Map.of()), plenty, BudgetPeriod.DAY),
						Budget.of("team", new CallSelector(null, "search", null, null, Map.of()), plenty,
								BudgetPeriod.MONTH),
						Budget.of("apps", new CallSelector(null, null, "cheap-fast", null, Map.of("app", "mail")),
								plenty, BudgetPeriod.WEEK)),
				store(clock),
				new ModelCatalog(Map.of(ModelId.parse("stub/one"), card, ModelId.parse("stub/other"), card)), clock,
				List.of());
		this.spenders = new Spender[KEYS];
		for (int i = 0; i < KEYS; i++) {
			CallContext context = new CallContext(new Caller("key-" + i, "search"), Map.of("app", "mail"),
					CacheControl.DEFAULT, null, null);
			this.spenders[i] = new Spender(context, ROUTE, () -> FACTS, Duration.ofMinutes(1), Set.of(), List.of());
		}
	}

	private BudgetStore store(InstantSource clock) throws IOException {
		this.folder = Files.createTempDirectory("switchboard-budgets");
		if (this.store.equals("memory")) {
			return new InMemoryBudgetStore(clock);
		}
		// Anything else is the URL of a PostgreSQL, with its user and password in it.
		this.database = Database.open(this.store.equals("h2-file") ? DatabaseSettings.inFolder(this.folder)
				: DatabaseSettings.at(this.store, null, null));
		this.kept = new JdbcBudgetStore(this.database, OutageRule.FAIL_CLOSED, clock).start();
		return this.kept;
	}

	/** Ends what was begun, and leaves no file behind. */
	@TearDown
	public void stop() throws IOException {
		if (this.kept != null) {
			this.kept.close();
		}
		if (this.database != null) {
			this.database.close();
		}
		try (Stream<Path> files = Files.list(this.folder)) {
			for (Path file : files.toList()) {
				Files.delete(file);
			}
		}
		Files.delete(this.folder);
	}

	/** One caller at a time. */
	@Benchmark
	public List<BudgetNote> admitAndSettle() {
		Spender spender = this.spenders[ThreadLocalRandom.current().nextInt(KEYS)];
		return this.budgets.admitCall(spender, TARGETS)
			.<List<BudgetNote>>match((hold) -> hold.settle(COST), (refused) -> List.of(), (degraded) -> List.of());
	}

	/** A caller on every processor at once; they share two of the three accounts. */
	@Benchmark
	@Threads(Threads.MAX)
	public List<BudgetNote> admitAndSettleOnEveryProcessor() {
		return admitAndSettle();
	}

}
