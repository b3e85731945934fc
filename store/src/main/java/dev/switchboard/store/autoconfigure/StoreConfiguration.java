package dev.switchboard.store.autoconfigure;

import java.util.List;
import java.util.Set;

import dev.switchboard.autoconfigure.ConfigurationProblem;
import dev.switchboard.autoconfigure.ModuleConfiguration;
import dev.switchboard.store.budget.OutageRule;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Has misspelt properties found, and choices that there are not. What is wrong with other
 * values is told by whoever reads them.
 *
 * @param properties the record that holds them
 * @param environment where they stand
 */
record StoreConfiguration(Class<? extends Record> properties, Environment environment) implements ModuleConfiguration {

	private static final String ON_OUTAGE = "switchboard.store.budgets.on-outage";

	@Override
	public List<ConfigurationProblem> problems(Set<String> routes) {
		if (this.properties != StoreProperties.class) {
			return List.of();
		}
		try {
			Binder.get(this.environment).bind(ON_OUTAGE, OutageRule.class);
			return List.of();
		}
		catch (BindException ex) {
			return List
				.of(new ConfigurationProblem(ON_OUTAGE, "has the value '" + this.environment.getProperty(ON_OUTAGE)
						+ "', which is none of [fail-open, fail-closed]", "use one of these"));
		}
	}

}
