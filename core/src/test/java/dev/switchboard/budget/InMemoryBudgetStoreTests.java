package dev.switchboard.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import dev.switchboard.cost.Money;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryBudgetStoreTests {

	private static final Instant START = Instant.parse("2026-05-10T00:00:00Z");

	private static final Money CENT = Money.ofUsd("0.01");

	private Instant now = START;

	private final InMemoryBudgetStore store = new InMemoryBudgetStore(() -> this.now);

	@Test
	void whatIsSettledTakesThePlaceOfWhatWasReserved() {
		Account account = account("ann");
		Reservation reservation = admitted(reserve("0.006", claim(account)));
		assertThat(balance(account)).isEqualTo(new Balance(account, Money.ZERO, Money.ofUsd("0.006")));
		assertThat(this.store.settle(reservation, Money.ofUsd("0.002")))
			.containsExactly(new Balance(account, Money.ofUsd("0.002"), Money.ZERO));
		assertThat(reserve("0.008", claim(account))).isInstanceOf(Admission.Admitted.class);
	}

	@Test
	void whatIsReleasedWasNeverSpent() {
		Account account = account("ann");
		this.store.release(admitted(reserve("0.01", claim(account))));
		assertThat(balance(account)).isEqualTo(new Balance(account, Money.ZERO, Money.ZERO));
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
		Account rich = account("rich");
		Account poor = account("poor");
		admitted(reserve("0.006", claim(poor)));
		assertThat(reserve("0.006", claim(rich), claim(poor)))
			.isEqualTo(new Admission.Refused(new Balance(poor, Money.ZERO, Money.ofUsd("0.006")), CENT));
		assertThat(this.store.balances("b")).extracting(Balance::account).containsExactly(poor);
	}

	@Test
	void anAccountWithoutALimitOnlyCounts() {
		Account account = account("ann");
		this.store.settle(admitted(reserve("5", new Claim(account, null))), Money.ofUsd("7"));
		assertThat(balance(account).spent()).isEqualTo(Money.ofUsd("7"));
		assertThat(reserve("5", new Claim(account, null))).isInstanceOf(Admission.Admitted.class);
	}

	@Test
	void accountsOfPastPeriodsAreForgotten() {
		for (int day = 0; day < 100; day++) {
			this.now = START.plus(Duration.ofDays(day));
			Account account = new Account("b", "ann", this.now, this.now.plus(Duration.ofDays(1)));
			this.store.settle(admitted(reserve("0.01", claim(account))), CENT);
		}
		this.now = START;
		assertThat(this.store.balances("b")).hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void aCallThatOutlastsItsPeriodIsBookedInTheOneInWhichItBegan() {
		Account yesterday = account("ann");
		Reservation reservation = admitted(reserve("0.01", claim(yesterday)));
		this.now = START.plus(Duration.ofDays(1));
		Account today = new Account("b", "ann", this.now, this.now.plus(Duration.ofDays(1)));
		assertThat(reserve("0.01", claim(today))).isInstanceOf(Admission.Admitted.class);
		assertThat(this.store.settle(reservation, CENT)).containsExactly(new Balance(yesterday, CENT, Money.ZERO));
		assertThat(balance(today).spent()).isEqualTo(Money.ZERO);
	}

	@Test
	void fiveHundredAtOnceNeverReserveMoreThanThereIs() throws Exception {
		Account shared = account("");
		AtomicLong held = new AtomicLong();
		AtomicLong mostHeld = new AtomicLong();
		AtomicLong admitted = new AtomicLong();
		ExecutorService threads = Executors.newFixedThreadPool(50);
		try {
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
			threads.invokeAll(callers).forEach((each) -> assertThat(each).succeedsWithin(Duration.ofSeconds(10)));
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(mostHeld.get()).isLessThanOrEqualTo(CENT.nanos());
		assertThat(balance(shared)).isEqualTo(new Balance(shared, new Money(admitted.get() * 300_000), Money.ZERO));
		assertThat(balance(shared).spent()).isLessThanOrEqualTo(CENT);
		assertThat(admitted.get()).isBetween(14L, 33L);
	}

	private Admission reserve(String amount, Claim... claims) {
		return this.store.reserve(List.of(claims), Money.ofUsd(amount), this.now.plusSeconds(60));
	}

	private static Reservation admitted(Admission admission) {
		assertThat(admission).isInstanceOf(Admission.Admitted.class);
		return ((Admission.Admitted) admission).reservation();
	}

	private Balance balance(Account account) {
		return this.store.balances("b")
			.stream()
			.filter((balance) -> balance.account().equals(account))
			.findFirst()
			.orElse(new Balance(account, Money.ZERO, Money.ZERO));
	}

	private static Account account(String holder) {
		return new Account("b", holder, START, START.plus(Duration.ofDays(1)));
	}

	private static Claim claim(Account account) {
		return new Claim(account, CENT);
	}

}
