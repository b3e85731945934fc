package dev.switchboard.store.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.switchboard.budget.Account;
import dev.switchboard.budget.Admission;
import dev.switchboard.budget.Balance;
import dev.switchboard.budget.BudgetStore;
import dev.switchboard.budget.BudgetStoreContract;
import dev.switchboard.budget.Claim;
import dev.switchboard.budget.Reservation;
import dev.switchboard.budget.Spending;
import dev.switchboard.cost.Money;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.switchboard.budget.Spending.CENT;
import static dev.switchboard.budget.Spending.START;
import static dev.switchboard.budget.Spending.account;
import static dev.switchboard.budget.Spending.admitted;
import static dev.switchboard.budget.Spending.claim;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What budgets do on every database, beyond what they do everywhere.
 */
abstract class JdbcBudgetStoreContract extends BudgetStoreContract {

	private Database database;

	private JdbcBudgetStore store;

	abstract DatabaseSettings settings();

	@Override
	protected BudgetStore store() {
		return this.store;
	}

	@BeforeEach
	void open() {
		this.database = Database.open(settings());
		this.store = new JdbcBudgetStore(this.database, OutageRule.FAIL_CLOSED, this::now).start();
	}

	@AfterEach
	void close() {
		assertThat(this.store.isAway()).isFalse();
		this.store.close();
		this.database.close();
	}

	@Test
	void whatIsSettledTwiceIsBookedOnce() {
		Account account = account("ann");
		Reservation reservation = admitted(reserve("0.01", claim(account)));
		List<Balance> after = this.store.settle(reservation, Money.ofUsd("0.004"));
		assertThat(this.store.settle(reservation, Money.ofUsd("0.004"))).isEqualTo(after)
			.containsExactly(new Balance(account, Money.ofUsd("0.004"), Money.ZERO));
		assertThat(this.store.release(reservation)).isEqualTo(after);
	}

	@Test
	void whatNobodySettlesIsGivenBackWhenItExpires() {
		Account account = account("ann");
		admitted(reserve("0.01", claim(account)));
		at(START.plusSeconds(59));
		assertThat(this.store.sweep()).isZero();
		at(START.plusSeconds(61));
		assertThat(this.store.sweep()).isEqualTo(1);
		assertThat(this.store.sweep()).isZero();
		assertThat(balance(account)).isEqualTo(new Balance(account, Money.ZERO, Money.ZERO));
		assertThat(reserve("0.01", claim(account))).isInstanceOf(Admission.Admitted.class);
	}

	@Test
	void whoSettlesTooLateIsChargedAndGivesNothingBackAgain() {
		Account account = account("ann");
		Reservation late = admitted(reserve("0.004", claim(account)));
		at(START.plusSeconds(61));
		this.store.sweep();
		admitted(reserve("0.006", claim(account)));
		assertThat(this.store.settle(late, Money.ofUsd("0.003")))
			.containsExactly(new Balance(account, Money.ofUsd("0.003"), Money.ofUsd("0.006")));
		assertThat(this.store.settle(late, Money.ofUsd("0.003")).get(0).spent()).isEqualTo(Money.ofUsd("0.003"));
	}

	@Test
	void whenAllNodesSweepAtOnceEachReservationIsGivenBackOnce() throws Exception {
		Account account = account("ann");
		Claim counted = new Claim(account, null);
		for (int i = 0; i < 40; i++) {
			admitted(reserve("0.001", counted, new Claim(account("other-" + i), null)));
		}
		at(START.plusSeconds(61));
		admitted(reserve("0.5", counted));
		List<Integer> swept = Spending.atOnce(4, Collections.nCopies(4, (Callable<Integer>) this.store::sweep));
		assertThat(swept.stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
		assertThat(balance(account).reserved()).isEqualTo(Money.ofUsd("0.5"));
	}

	@Test
	void whatIsLongOverIsForgotten() {
		Account total = new Account("b", "", Instant.EPOCH, null);
		this.store.settle(admitted(reserve("0.01", claim(account("ann")), claim(total))), CENT);
		admitted(reserve("0.001", new Claim(account("lost"), null)));
		AccountTables tables = AccountTables.of(this.database);
		tables.giveBackExpired(START.plus(Duration.ofDays(1)));
		tables.forget(START.plus(Duration.ofDays(400)));
		assertThat(count("switchboard_account")).isEqualTo(3);
		tables.forget(START.plus(Duration.ofDays(402)));
		assertThat(count("switchboard_account")).isEqualTo(1);
		assertThat(count("switchboard_reservation")).isZero();
		assertThat(this.store.balances("b")).extracting(Balance::account).containsExactly(total);
	}

	private int count(String table) {
		return this.database.client().sql("select count(*) from " + table).query(Integer.class).single();
	}

	@Test
	void whatIsBookedAgainUnderTheSameNumberIsBookedOnce() {
		AccountTables tables = AccountTables.of(this.database);
		UUID process = UUID.randomUUID();
		Unbooked.Spent first = new Unbooked.Spent(1, Map.of(account("ann"), 7L, account("bob"), 5L));
		Unbooked.Spent second = new Unbooked.Spent(2, Map.of(account("ann"), 1L));
		tables.bookAll(process, List.of(first));
		tables.bookAll(process, List.of(first, second));
		tables.bookAll(process, List.of(second));
		assertThat(balance(account("ann")).spent().nanos()).isEqualTo(8);
		assertThat(balance(account("bob")).spent().nanos()).isEqualTo(5);

		tables.bookAll(UUID.randomUUID(), List.of(first));
		assertThat(balance(account("bob")).spent().nanos()).as("another process has numbers of its own").isEqualTo(10);
	}

	@Test
	void whoIsInterruptedIsServedAndStaysInterrupted() {
		Account account = account("ann");
		Thread.currentThread().interrupt();
		this.store.settle(admitted(reserve("0.01", claim(account))), CENT);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(balance(account).spent()).isEqualTo(CENT);
	}

	@Test
	void anotherNodeSeesTheSame() {
		Account account = account("ann");
		Reservation reservation = admitted(reserve("0.006", claim(account)));
		try (JdbcBudgetStore other = new JdbcBudgetStore(this.database, OutageRule.FAIL_CLOSED, this::now)) {
			assertThat(other.reserve(List.of(claim(account)), Money.ofUsd("0.005"), expiry()))
				.isInstanceOf(Admission.Refused.class);
			this.store.settle(reservation, Money.ofUsd("0.001"));
			assertThat(Spending.balance(other, account))
				.isEqualTo(new Balance(account, Money.ofUsd("0.001"), Money.ZERO));
		}
	}

}
