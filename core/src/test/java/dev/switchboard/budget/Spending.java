package dev.switchboard.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.switchboard.cost.Money;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tests of budgets spend, and of what.
 */
public final class Spending {

	public static final Instant START = Instant.parse("2027-05-10T00:00:00Z");

	public static final Money CENT = Money.ofUsd("0.01");

	private Spending() {
	}

	public static Account account(String holder) {
		return new Account("b", holder, START, START.plus(Duration.ofDays(1)));
	}

	public static Claim claim(Account account) {
		return new Claim(account, CENT);
	}

	public static Reservation admitted(Admission admission) {
		assertThat(admission).isInstanceOf(Admission.Admitted.class);
		return ((Admission.Admitted) admission).reservation();
	}

	public static Balance balance(BudgetStore store, Account account) {
		return store.balances("b")
			.stream()
			.filter((balance) -> balance.account().equals(account))
			.findFirst()
			.orElse(new Balance(account, Money.ZERO, Money.ZERO));
	}

	/** Does as many things at once as there are. */
	public static <T> List<T> atOnce(int threads, List<? extends Callable<T>> work) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<T> results = new ArrayList<>();
			for (Future<T> each : executor.invokeAll(work)) {
				results.add(each.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

}
