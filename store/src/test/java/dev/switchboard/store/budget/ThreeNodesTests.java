package dev.switchboard.store.budget;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.switchboard.budget.Account;
import dev.switchboard.budget.Admission;
import dev.switchboard.budget.Balance;
import dev.switchboard.budget.Spending;
import dev.switchboard.cost.Money;
import dev.switchboard.store.Databases;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.switchboard.budget.Spending.CENT;
import static dev.switchboard.budget.Spending.START;
import static dev.switchboard.budget.Spending.account;
import static dev.switchboard.budget.Spending.claim;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes, each with connections of its own, and one PostgreSQL.
 */
class ThreeNodesTests {

	/** Every other call costs half of it. */
	private static final long ESTIMATE = 200_000;

	private final DatabaseSettings settings = Databases.newPostgres();

	private final List<Database> databases = Stream.generate(() -> Database.open(this.settings)).limit(3).toList();

	private final List<JdbcBudgetStore> nodes = this.databases.stream()
		.map((database) -> new JdbcBudgetStore(database, OutageRule.FAIL_CLOSED, InstantSource.fixed(START)).start())
		.toList();

	@AfterEach
	void close() {
		this.nodes.forEach(JdbcBudgetStore::close);
		this.databases.forEach(Database::close);
	}

	@Test
	void fiveHundredAtOnceNeverOvershootByMoreThanWhatOneCallCostsMore() throws Exception {
		Account shared = account("");
		AtomicLong admitted = new AtomicLong();
		AtomicLong spent = new AtomicLong();
		AtomicLong held = new AtomicLong();
		AtomicLong mostHeld = new AtomicLong();
		List<Callable<Void>> callers = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			JdbcBudgetStore node = this.nodes.get(i % 3);
			Account own = account("key-" + i % 7);
			callers.add(() -> {
				Admission admission = node.reserve(List.of(claim(own), claim(shared)), new Money(ESTIMATE),
						START.plusSeconds(60));
				if (admission instanceof Admission.Admitted yes) {
					mostHeld.accumulateAndGet(held.addAndGet(ESTIMATE), Math::max);
					long cost = (admitted.incrementAndGet() % 2 == 0) ? ESTIMATE : ESTIMATE / 2;
					spent.addAndGet(cost);
					held.addAndGet(cost - ESTIMATE);
					node.settle(yes.reservation(), new Money(cost));
				}
				return null;
			});
		}
		Spending.atOnce(60, callers);

		Balance balance = Spending.balance(this.nodes.get(0), shared);
		assertThat(balance).isEqualTo(new Balance(shared, new Money(spent.get()), Money.ZERO));
		assertThat(mostHeld.get()).isLessThanOrEqualTo(CENT.nanos());
		// All of it can be spent but for what is less than an estimate.
		assertThat(spent.get()).isBetween(CENT.nanos() - ESTIMATE + 1, CENT.nanos());
		assertThat(this.nodes).allSatisfy((node) -> {
			assertThat(node.isAway()).isFalse();
			assertThat(Spending.balance(node, shared)).isEqualTo(balance);
		});
	}

	@Test
	void onlyWhatCallsCostMoreThanTheirEstimateIsSpentOverTheLimit() throws Exception {
		Account shared = account("");
		AtomicLong more = new AtomicLong();
		List<Callable<Void>> callers = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			JdbcBudgetStore node = this.nodes.get(i % 3);
			callers.add(() -> {
				if (node.reserve(List.of(claim(shared)), CENT,
						START.plusSeconds(60)) instanceof Admission.Admitted yes) {
					more.incrementAndGet();
					node.settle(yes.reservation(), Money.ofUsd("0.013"));
				}
				return null;
			});
		}
		Spending.atOnce(60, callers);
		assertThat(more.get()).isEqualTo(1);
		assertThat(Spending.balance(this.nodes.get(1), shared).spent()).isEqualTo(Money.ofUsd("0.013"));
	}

}
