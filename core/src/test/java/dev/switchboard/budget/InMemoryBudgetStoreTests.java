package dev.switchboard.budget;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static dev.switchboard.budget.Spending.CENT;
import static dev.switchboard.budget.Spending.START;
import static dev.switchboard.budget.Spending.admitted;
import static dev.switchboard.budget.Spending.claim;
import static org.assertj.core.api.Assertions.assertThat;

class InMemoryBudgetStoreTests extends BudgetStoreContract {

	private final InMemoryBudgetStore store = new InMemoryBudgetStore(this::now);

	@Override
	protected BudgetStore store() {
		return this.store;
	}

	@Test
	void accountsOfPastPeriodsAreForgotten() {
		for (int day = 0; day < 100; day++) {
			at(START.plus(Duration.ofDays(day)));
			Account account = new Account("b", "ann", now(), now().plus(Duration.ofDays(1)));
			this.store.settle(admitted(reserve("0.01", claim(account))), CENT);
		}
		at(START);
		assertThat(this.store.balances("b")).hasSizeLessThanOrEqualTo(2);
	}

}
