package dev.switchboard.store.autoconfigure;

import java.time.InstantSource;

import dev.switchboard.autoconfigure.SwitchboardAutoConfiguration;
import dev.switchboard.budget.BudgetStore;
import dev.switchboard.budget.InMemoryBudgetStore;
import dev.switchboard.store.budget.BudgetStoreMeters;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of the budgets that outlive an application. It comes before that of
 * the routes, which would keep them in memory.
 */
@AutoConfiguration(before = SwitchboardAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "switchboard.enabled", matchIfMissing = true)
public final class BudgetStoreAutoConfiguration {

	// Not before everything that is configured has been looked at.
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	BudgetStore switchboardBudgetStore(ObjectProvider<BudgetStoreFactory> kept) {
		BudgetStoreFactory factory = kept.getIfAvailable();
		return (factory != null) ? factory.open() : new InMemoryBudgetStore(InstantSource.system());
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	BudgetStoreMeters switchboardBudgetStoreMeters(BudgetStore budgets) {
		return new BudgetStoreMeters(budgets);
	}

}
