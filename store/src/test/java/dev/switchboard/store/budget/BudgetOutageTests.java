package dev.switchboard.store.budget;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import dev.switchboard.budget.Account;
import dev.switchboard.budget.Admission;
import dev.switchboard.budget.Balance;
import dev.switchboard.budget.Claim;
import dev.switchboard.budget.Reservation;
import dev.switchboard.budget.Spending;
import dev.switchboard.cost.Money;
import dev.switchboard.servers.CuttableWay;
import dev.switchboard.servers.PostgresDatabase;
import dev.switchboard.servers.PostgresServer;
import dev.switchboard.store.Databases;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import dev.switchboard.store.journal.MemoryJournal;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.switchboard.budget.Spending.CENT;
import static dev.switchboard.budget.Spending.START;
import static dev.switchboard.budget.Spending.account;
import static dev.switchboard.budget.Spending.admitted;
import static dev.switchboard.budget.Spending.claim;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real PostgreSQL that goes away and comes back while money is spent.
 */
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class BudgetOutageTests {

	private final PostgresDatabase postgres = PostgresServer.get().newDatabase();

	private final CuttableWay way = PostgresServer.get().newWay();

	private final DatabaseSettings settings = Databases.settings(this.postgres);

	private final Database database = Database.open(Databases.settings(this.postgres.through(this.way)));

	private final Account ann = account("ann");

	@AfterEach
	void close() {
		this.database.close();
		this.way.close();
	}

	@Test
	void whenCallsMayGoOnANodeCountsFromWhatItLastSawAndBooksItLater(CapturedOutput output) {
		try (JdbcBudgetStore store = store(OutageRule.FAIL_OPEN)) {
			store.settle(admitted(reserve(store, "0.004", claim(this.ann))), Money.ofUsd("0.004"));
			Reservation before = admitted(reserve(store, "0.003", claim(this.ann)));

			this.way.cut();
			assertThat(reserve(store, "0.004", claim(this.ann))).as("with what is spent and reserved")
				.isEqualTo(
						new Admission.Refused(new Balance(this.ann, Money.ofUsd("0.004"), Money.ofUsd("0.003")), CENT));
			assertThat(store.isAway()).isTrue();
			assertThat(store.settle(before, Money.ofUsd("0.002")))
				.containsExactly(new Balance(this.ann, Money.ofUsd("0.006"), Money.ZERO));
			Reservation during = admitted(reserve(store, "0.003", claim(this.ann), claim(account("new"))));
			assertThat(reserve(store, "0.002", claim(this.ann))).isInstanceOf(Admission.Refused.class);
			store.settle(during, Money.ofUsd("0.003"));
			Reservation over = admitted(reserve(store, "0.001", claim(this.ann)));
			assertThat(store.balances("b")).contains(new Balance(this.ann, Money.ofUsd("0.009"), Money.ofUsd("0.001")));
			assertThat(inDatabase(this.ann).spent()).isEqualTo(Money.ofUsd("0.004"));

			this.way.mend();
			await().untilAsserted(() -> assertThat(inDatabase(this.ann))
				.isEqualTo(new Balance(this.ann, Money.ofUsd("0.009"), Money.ZERO)));
			assertThat(inDatabase(account("new")).spent()).isEqualTo(Money.ofUsd("0.003"));
			await().until(() -> !store.isAway());
			store.settle(over, Money.ofUsd("0.001"));
			await().untilAsserted(
					() -> assertThat(inDatabase(this.ann)).isEqualTo(new Balance(this.ann, CENT, Money.ZERO)));
			assertThat(reserve(store, "0.000000001", claim(this.ann))).isInstanceOf(Admission.Refused.class);
		}
		assertThat(lines(output, "Budgets cannot be kept in the database")).singleElement()
			.asString()
			.contains("WARN", "calls go on");
		assertThat(lines(output, "Budget database is back")).singleElement().asString().contains("INFO");
	}

	@Test
	void whenCallsMayNotGoOnOnlyThoseAreRefusedThatABudgetHoldsBack(CapturedOutput output) {
		try (JdbcBudgetStore store = store(OutageRule.FAIL_CLOSED)) {
			Reservation before = admitted(reserve(store, "0.003", claim(this.ann)));
			Claim counted = new Claim(account("counted"), null);

			this.way.cut();
			assertThat(reserve(store, "0.001", counted, claim(this.ann)))
				.isEqualTo(new Admission.Unavailable(this.ann, CENT));
			store.settle(admitted(reserve(store, "0.001", counted)), Money.ofUsd("0.001"));
			store.settle(before, Money.ofUsd("0.002"));

			this.way.mend();
			await().until(() -> !store.isAway());
			assertThat(inDatabase(this.ann)).isEqualTo(new Balance(this.ann, Money.ofUsd("0.002"), Money.ZERO));
			assertThat(inDatabase(counted.account()).spent()).isEqualTo(Money.ofUsd("0.001"));
			assertThat(reserve(store, "0.001", claim(this.ann))).isInstanceOf(Admission.Admitted.class);
		}
		assertThat(lines(output, "Budgets cannot be kept in the database")).singleElement()
			.asString()
			.contains("are refused");
	}

	@Test
	void whateverIsCutUnderLoadTheSumIsExactInTheEnd() throws Exception {
		spendWhileItIsCut(OutageRule.FAIL_OPEN);
	}

	@Test
	void whatIsRefusedUnderLoadIsNotBookedAndTheRestIsOnce() throws Exception {
		spendWhileItIsCut(OutageRule.FAIL_CLOSED);
	}

	private void spendWhileItIsCut(OutageRule rule) throws Exception {
		AtomicLong spent = new AtomicLong();
		AtomicBoolean ended = new AtomicBoolean();
		AtomicInteger calls = new AtomicInteger();
		Claim plenty = new Claim(this.ann, Money.ofUsd("1000000"));
		try (JdbcBudgetStore store = store(rule)) {
			List<Callable<Void>> work = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				Claim own = new Claim(account("caller-" + i), Money.ofUsd("1000000"));
				work.add(() -> {
					while (!ended.get()) {
						if (reserve(store, "0.005", plenty, own) instanceof Admission.Admitted yes) {
							store.settle(yes.reservation(), Money.ofUsd("0.001"));
							spent.addAndGet(1_000_000);
						}
						calls.incrementAndGet();
						// While the database is away nothing else keeps them from taking
						// all of the machine.
						LockSupport.parkNanos(100_000);
					}
					return null;
				});
			}
			work.add(() -> {
				try {
					for (int i = 0; i < 5; i++) {
						int soFar = calls.get();
						await().until(() -> calls.get() > soFar + 200 && !store.isAway());
						this.way.cut();
						await().until(store::isAway);
						int soon = calls.get();
						await().until(() -> calls.get() > soon + 50);
						this.way.mend();
					}
					await().until(() -> !store.isAway());
				}
				finally {
					ended.set(true);
				}
				return null;
			});
			Spending.atOnce(work.size(), work);
		}
		assertThat(spent.get()).isPositive();
		assertThat(inDatabase(this.ann).spent().nanos()).isEqualTo(spent.get());
		// What was held back by statements whose answer was cut off, nobody settles.
		try (Database direct = Database.open(this.settings)) {
			AccountTables.of(direct).giveBackExpired(START.plusSeconds(61));
		}
		assertThat(inDatabase(this.ann).reserved()).isEqualTo(Money.ZERO);
	}

	@Test
	void theDatabaseNeedNotBeThereAtTheBeginning() {
		this.way.cut();
		try (JdbcBudgetStore store = store(OutageRule.FAIL_OPEN)) {
			assertThat(store.isAway()).isTrue();
			store.settle(admitted(reserve(store, "0.01", claim(this.ann))), CENT);
			assertThat(reserve(store, "0.001", claim(this.ann))).isInstanceOf(Admission.Refused.class);

			this.way.mend();
			await().until(() -> !store.isAway());
			assertThat(inDatabase(this.ann).spent()).isEqualTo(CENT);
		}
	}

	@Test
	void whatCannotBeReadKeepsNothingElseFromBeingBooked(CapturedOutput output) {
		MemoryJournal journal = new MemoryJournal(1024 * 1024);
		journal.append("no settlement".getBytes(StandardCharsets.UTF_8));
		journal.append(new Unbooked(UUID.randomUUID(), 1, List.of(this.ann), CENT.nanos()).toBytes());
		try (JdbcBudgetStore store = new JdbcBudgetStore(this.database, journal, OutageRule.FAIL_OPEN,
				InstantSource.fixed(START))
			.start()) {
			await().untilAsserted(() -> assertThat(inDatabase(this.ann).spent()).isEqualTo(CENT));
			await().until(() -> !store.isAway() && journal.waiting() == 0);
		}
		assertThat(lines(output, "cannot be read from the journal")).singleElement().asString().contains("ERROR");
	}

	@Test
	void aNodeBeginsWithWhatOthersHaveSpent() {
		try (JdbcBudgetStore store = store(OutageRule.FAIL_OPEN)) {
			store.settle(admitted(reserve(store, "0.01", claim(this.ann))), CENT);
		}
		try (JdbcBudgetStore store = store(OutageRule.FAIL_OPEN)) {
			this.way.cut();
			assertThat(reserve(store, "0.001", claim(this.ann))).isInstanceOf(Admission.Refused.class);
			assertThat(store.isAway()).isTrue();
		}
	}

	@Test
	void whatIsNotBookedWhenTheProcessEndsIsTold(CapturedOutput output) {
		try (JdbcBudgetStore store = store(OutageRule.FAIL_OPEN)) {
			this.way.cut();
			store.settle(admitted(reserve(store, "0.01", claim(this.ann))), CENT);
		}
		assertThat(lines(output, "Budgets end before all that was spent is booked")).hasSize(1);
	}

	private JdbcBudgetStore store(OutageRule rule) {
		return new JdbcBudgetStore(this.database, rule, InstantSource.fixed(START)).start();
	}

	private static Admission reserve(JdbcBudgetStore store, String amount, Claim... claims) {
		return store.reserve(List.of(claims), Money.ofUsd(amount), expiry());
	}

	private static Instant expiry() {
		return START.plusSeconds(60);
	}

	private Balance inDatabase(Account account) {
		try (Database direct = Database.open(this.settings)) {
			return AccountTables.of(direct.ready())
				.balances("b", START)
				.stream()
				.filter((balance) -> balance.account().equals(account))
				.findFirst()
				.orElse(new Balance(account, Money.ZERO, Money.ZERO));
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	private static List<String> lines(CapturedOutput output, String part) {
		return output.getOut().lines().filter((line) -> line.contains(part)).toList();
	}

}
