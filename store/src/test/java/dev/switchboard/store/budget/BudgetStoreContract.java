package dev.switchboard.store.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

import dev.switchboard.budget.Account;
import dev.switchboard.budget.Admission;
import dev.switchboard.budget.Balance;
import dev.switchboard.budget.Claim;
import dev.switchboard.budget.Reservation;
import dev.switchboard.cost.Money;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.switchboard.store.budget.Spending.CENT;
import static dev.switchboard.store.budget.Spending.START;
import static dev.switchboard.store.budget.Spending.account;
import static dev.switchboard.store.budget.Spending.admitted;
import static dev.switchboard.store.budget.Spending.claim;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What budgets do on every database.
 */
abstract class BudgetStoreContract {

	private volatile Instant now = START;

	private Database database;

	private JdbcBudgetStore store;

	abstract DatabaseSettings settings();

	@BeforeEach
	void open() {
		this.database = Database.open(settings());
		this.store = new JdbcBudgetStore(this.database, OutageRule.FAIL_CLOSED, () -> this.now).start();
	}

	@AfterEach
	void close() {
		assertThat(this.store.isAway()).isFalse();
		this.store.close();
		this.database.close();
	}

	@Test
	void whatIsSettledTakesThePlaceOfWhatWasReserved() {
		Account account = account("ann");
		Admission admission = reserve("0.006", claim(account));
		assertThat(admission).isInstanceOfSatisfying(Admission.Admitted.class,
				(admitted) -> assertThat(admitted.balances())
					.containsExactly(new Balance(account, Money.ZERO, Money.ofUsd("0.006"))));
		assertThat(balance(account)).isEqualTo(new Balance(account, Money.ZERO, Money.ofUsd("0.006")));
		assertThat(this.store.settle(admitted(admission), Money.ofUsd("0.002")))
			.containsExactly(new Balance(account, Money.ofUsd("0.002"), Money.ZERO));
		assertThat(reserve("0.008", claim(account))).isInstanceOf(Admission.Admitted.class);
		assertThat(reserve("0.000000001", claim(account)))
			.isEqualTo(new Admission.Refused(new Balance(account, Money.ofUsd("0.002"), Money.ofUsd("0.008")), CENT));
	}

	@Test
	void whatIsReleasedWasNeverSpent() {
		Account account = account("ann");
		this.store.release(admitted(reserve("0.01", claim(account))));
		assertThat(balance(account)).isEqualTo(new Balance(account, Money.ZERO, Money.ZERO));
		assertThat(this.store.balances("b")).isEmpty();
	}

	@Test
	void moreThanWasReservedIsBookedToo() {
		Account account = account("ann");
		this.store.settle(admitted(reserve("0.01", claim(account))), Money.ofUsd("0.03"));
		assertThat(balance(account).spent()).isEqualTo(Money.ofUsd("0.03"));
		assertThat(reserve("0.000000001", claim(account))).isInstanceOf(Admission.Refused.class);
	}

	@Test
	void allAccountsHaveItOrNoneDoes() {
		for (int i = 0; i < 8; i++) {
			// Whichever of them is locked first.
			Account rich = account("rich-" + i);
			Account poor = account("poor-" + i);
			Account poorer = account("poorer-" + i);
			admitted(reserve("0.006", claim(poor)));
			admitted(reserve("0.007", claim(poorer)));
			assertThat(reserve("0.006", claim(rich), claim(poor), claim(poorer)))
				.isEqualTo(new Admission.Refused(new Balance(poor, Money.ZERO, Money.ofUsd("0.006")), CENT));
			assertThat(balance(rich).reserved()).isEqualTo(Money.ZERO);
			assertThat(balance(poor).reserved()).isEqualTo(Money.ofUsd("0.006"));
			assertThat(balance(poorer).reserved()).isEqualTo(Money.ofUsd("0.007"));
		}
	}

	@Test
	void balancesAreToldInTheOrderInWhichTheyWereAskedFor() {
		List<Account> accounts = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			accounts.add(account("holder-" + i));
		}
		Admission admission = reserve("0.001", accounts.stream().map(Spending::claim).toArray(Claim[]::new));
		Reservation reservation = admitted(admission);
		assertThat(((Admission.Admitted) admission).balances()).extracting(Balance::account)
			.containsExactlyElementsOf(accounts);
		assertThat(this.store.settle(reservation, CENT)).extracting(Balance::account)
			.containsExactlyElementsOf(accounts);
	}

	@Test
	void anAccountWithoutALimitOnlyCounts() {
		Account account = account("ann");
		this.store.settle(admitted(reserve("5", new Claim(account, null))), Money.ofUsd("7"));
		assertThat(balance(account).spent()).isEqualTo(Money.ofUsd("7"));
		assertThat(reserve("5", new Claim(account, null))).isInstanceOf(Admission.Admitted.class);
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
		this.now = START.plusSeconds(59);
		assertThat(this.store.sweep()).isZero();
		this.now = START.plusSeconds(61);
		assertThat(this.store.sweep()).isEqualTo(1);
		assertThat(this.store.sweep()).isZero();
		assertThat(balance(account)).isEqualTo(new Balance(account, Money.ZERO, Money.ZERO));
		assertThat(reserve("0.01", claim(account))).isInstanceOf(Admission.Admitted.class);
	}

	@Test
	void whoSettlesTooLateIsChargedAndGivesNothingBackAgain() {
		Account account = account("ann");
		Reservation late = admitted(reserve("0.004", claim(account)));
		this.now = START.plusSeconds(61);
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
		this.now = START.plusSeconds(61);
		admitted(reserve("0.5", counted));
		List<Integer> swept = Spending.atOnce(4, Collections.nCopies(4, (Callable<Integer>) this.store::sweep));
		assertThat(swept.stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
		assertThat(balance(account).reserved()).isEqualTo(Money.ofUsd("0.5"));
	}

	@Test
	void aCallThatOutlastsItsPeriodIsBookedInTheOneInWhichItBegan() {
		Account yesterday = account("ann");
		Reservation reservation = admitted(reserve("0.01", claim(yesterday)));
		this.now = START.plus(Duration.ofDays(1));
		Account today = new Account("b", "ann", this.now, this.now.plus(Duration.ofDays(1)));
		assertThat(reserve("0.01", claim(today))).isInstanceOf(Admission.Admitted.class);
		assertThat(this.store.settle(reservation, CENT)).containsExactly(new Balance(yesterday, CENT, Money.ZERO));
		assertThat(this.store.balances("b")).containsExactly(new Balance(today, Money.ZERO, CENT));
		assertThat(this.store.spent("b")).isEqualTo(Money.ZERO);
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
	void whatIsBookedAgainUnderTheSameKeyIsBookedOnce() {
		AccountTables tables = AccountTables.of(this.database);
		UUID id = UUID.randomUUID();
		Map<Account, Long> spent = Map.of(account("ann"), 7L, account("bob"), 5L);
		tables.bookAll(id, spent);
		tables.bookAll(id, spent);
		tables.bookAll(UUID.randomUUID(), Map.of(account("ann"), 1L));
		assertThat(balance(account("ann")).spent().nanos()).isEqualTo(8);
		assertThat(balance(account("bob")).spent().nanos()).isEqualTo(5);
	}

	@Test
	void anyTextMayNameAHolder() {
		for (String holder : List.of("", "key=\0", "key=\uD83D\uDE00", "tag.x=" + "long".repeat(5000))) {
			Account account = account(holder);
			this.store.settle(admitted(reserve("0.006", claim(account))), Money.ofUsd("0.005"));
			assertThat(reserve("0.006", claim(account))).isInstanceOf(Admission.Refused.class);
		}
		assertThat(this.store.balances("b")).hasSize(4);
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
		try (JdbcBudgetStore other = new JdbcBudgetStore(this.database, OutageRule.FAIL_CLOSED, () -> this.now)) {
			assertThat(other.reserve(List.of(claim(account)), Money.ofUsd("0.005"), expiry()))
				.isInstanceOf(Admission.Refused.class);
			this.store.settle(reservation, Money.ofUsd("0.001"));
			assertThat(Spending.balance(other, account))
				.isEqualTo(new Balance(account, Money.ofUsd("0.001"), Money.ZERO));
		}
	}

	@Test
	void accountsInAnyOrderNeverWaitForEachOther() throws Exception {
		List<Claim> accounts = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			accounts.add(new Claim(account("shared-" + i), null));
		}
		List<Callable<Void>> callers = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			List<Claim> shuffled = new ArrayList<>(accounts);
			Collections.shuffle(shuffled);
			callers.add(() -> {
				this.store.settle(admitted(this.store.reserve(shuffled, Money.ofUsd("0.001"), expiry())), CENT);
				return null;
			});
		}
		Spending.atOnce(20, callers);
		assertThat(this.store.balances("b")).hasSize(5)
			.allSatisfy((balance) -> assertThat(balance)
				.isEqualTo(new Balance(balance.account(), Money.ofUsd("2"), Money.ZERO)));
		assertThat(this.store.spent("b")).isEqualTo(Money.ofUsd("10"));
	}

	@Test
	void fiveHundredAtOnceNeverReserveMoreThanThereIs() throws Exception {
		Account shared = account("");
		AtomicLong held = new AtomicLong();
		AtomicLong mostHeld = new AtomicLong();
		AtomicLong admitted = new AtomicLong();
		List<Callable<Void>> callers = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			Claim own = claim(account("caller-" + i));
			callers.add(() -> {
				if (reserve("0.0007", own, claim(shared)) instanceof Admission.Admitted yes) {
					mostHeld.accumulateAndGet(held.addAndGet(700_000), Math::max);
					admitted.incrementAndGet();
					Thread.yield();
					// Before the store hears of it, so that no other counts twice.
					held.addAndGet(-700_000 + 300_000);
					this.store.settle(yes.reservation(), Money.ofUsd("0.0003"));
				}
				return null;
			});
		}
		Spending.atOnce(50, callers);
		assertThat(mostHeld.get()).isLessThanOrEqualTo(CENT.nanos());
		assertThat(balance(shared)).isEqualTo(new Balance(shared, new Money(admitted.get() * 300_000), Money.ZERO));
		assertThat(balance(shared).spent()).isLessThanOrEqualTo(CENT);
		assertThat(admitted.get()).isBetween(14L, 33L);
	}

	private Admission reserve(String amount, Claim... claims) {
		return this.store.reserve(List.of(claims), Money.ofUsd(amount), expiry());
	}

	private Instant expiry() {
		return this.now.plusSeconds(60);
	}

	private Balance balance(Account account) {
		return Spending.balance(this.store, account);
	}

}
