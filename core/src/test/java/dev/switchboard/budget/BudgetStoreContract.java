package dev.switchboard.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

import dev.switchboard.cost.Money;
import org.junit.jupiter.api.Test;

import static dev.switchboard.budget.Spending.CENT;
import static dev.switchboard.budget.Spending.START;
import static dev.switchboard.budget.Spending.account;
import static dev.switchboard.budget.Spending.admitted;
import static dev.switchboard.budget.Spending.claim;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a store does with what is reserved and spent, wherever it keeps it. Each test
 * begins with nothing spent.
 */
public abstract class BudgetStoreContract {

	private volatile Instant now = START;

	/** Its time is {@link #now()}. */
	protected abstract BudgetStore store();

	protected final Instant now() {
		return this.now;
	}

	protected final void at(Instant time) {
		this.now = time;
	}

	@Test
	void whatIsSettledTakesThePlaceOfWhatWasReserved() {
		Account account = account("ann");
		Admission admission = reserve("0.006", claim(account));
		assertThat(admission).isInstanceOfSatisfying(Admission.Admitted.class,
				(admitted) -> assertThat(admitted.balances())
					.containsExactly(new Balance(account, Money.ZERO, Money.ofUsd("0.006"))));
		assertThat(balance(account)).isEqualTo(new Balance(account, Money.ZERO, Money.ofUsd("0.006")));
		assertThat(store().settle(admitted(admission), Money.ofUsd("0.002")))
			.containsExactly(new Balance(account, Money.ofUsd("0.002"), Money.ZERO));
		assertThat(reserve("0.008", claim(account))).isInstanceOf(Admission.Admitted.class);
		assertThat(reserve("0.000000001", claim(account)))
			.isEqualTo(new Admission.Refused(new Balance(account, Money.ofUsd("0.002"), Money.ofUsd("0.008")), CENT));
	}

	@Test
	void whatIsReleasedWasNeverSpent() {
		Account account = account("ann");
		store().release(admitted(reserve("0.01", claim(account))));
		assertThat(balance(account)).isEqualTo(new Balance(account, Money.ZERO, Money.ZERO));
		assertThat(store().balances("b")).isEmpty();
	}

	@Test
	void moreThanWasReservedIsBookedToo() {
		Account account = account("ann");
		store().settle(admitted(reserve("0.01", claim(account))), Money.ofUsd("0.03"));
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
		assertThat(store().settle(reservation, CENT)).extracting(Balance::account).containsExactlyElementsOf(accounts);
	}

	@Test
	void anAccountWithoutALimitOnlyCounts() {
		Account account = account("ann");
		store().settle(admitted(reserve("5", new Claim(account, null))), Money.ofUsd("7"));
		assertThat(balance(account).spent()).isEqualTo(Money.ofUsd("7"));
		assertThat(reserve("5", new Claim(account, null))).isInstanceOf(Admission.Admitted.class);
	}

	@Test
	void aCallThatOutlastsItsPeriodIsBookedInTheOneInWhichItBegan() {
		Account yesterday = account("ann");
		Reservation reservation = admitted(reserve("0.01", claim(yesterday)));
		at(START.plus(Duration.ofDays(1)));
		Account today = new Account("b", "ann", now(), now().plus(Duration.ofDays(1)));
		assertThat(reserve("0.01", claim(today))).isInstanceOf(Admission.Admitted.class);
		assertThat(store().settle(reservation, CENT)).containsExactly(new Balance(yesterday, CENT, Money.ZERO));
		assertThat(store().balances("b")).containsExactly(new Balance(today, Money.ZERO, CENT));
		assertThat(store().spent("b")).isEqualTo(Money.ZERO);
	}

	@Test
	void anyTextMayNameAHolder() {
		for (String holder : List.of("", "key=\0", "key=\uD83D\uDE00", "tag.x=" + "long".repeat(5000))) {
			Account account = account(holder);
			store().settle(admitted(reserve("0.006", claim(account))), Money.ofUsd("0.005"));
			assertThat(reserve("0.006", claim(account))).isInstanceOf(Admission.Refused.class);
		}
		assertThat(store().balances("b")).hasSize(4);
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
				store().settle(admitted(store().reserve(shuffled, Money.ofUsd("0.001"), expiry())), CENT);
				return null;
			});
		}
		Spending.atOnce(20, callers);
		assertThat(store().balances("b")).hasSize(5)
			.allSatisfy((balance) -> assertThat(balance)
				.isEqualTo(new Balance(balance.account(), Money.ofUsd("2"), Money.ZERO)));
		assertThat(store().spent("b")).isEqualTo(Money.ofUsd("10"));
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
					store().settle(yes.reservation(), Money.ofUsd("0.0003"));
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

	protected final Admission reserve(String amount, Claim... claims) {
		return store().reserve(List.of(claims), Money.ofUsd(amount), expiry());
	}

	protected final Instant expiry() {
		return this.now.plusSeconds(60);
	}

	protected final Balance balance(Account account) {
		return Spending.balance(store(), account);
	}

}
