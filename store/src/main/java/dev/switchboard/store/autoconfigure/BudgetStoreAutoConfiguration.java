package dev.switchboard.store.autoconfigure;

import java.time.InstantSource;

import dev.switchboard.autoconfigure.SwitchboardAutoConfiguration;
import dev.switchboard.budget.BudgetStore;
import dev.switchboard.store.budget.BudgetStoreMeters;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the budgets that outlive an application.
 */
@AutoConfiguration(after = StoreAutoConfiguration.class, before = SwitchboardAutoConfiguration.class)
@ConditionalOnBean(StoreAutoConfiguration.class)
public final class BudgetStoreAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	BudgetStore switchboardBudgetStore(StoreProperties properties, DatabaseSettings settings, Database database,
			Environment environment) {
		return new StoreMapper(properties).budgets(settings, database, InstantSource.system(),
				StoreMapper.hasBudgets(environment));
	}

	@Bean
	@ConditionalOnMissingBean
	BudgetStoreMeters switchboardBudgetStoreMeters(BudgetStore budgets) {
		return new BudgetStoreMeters(budgets);
	}

}
