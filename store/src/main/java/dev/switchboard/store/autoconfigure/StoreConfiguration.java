package dev.switchboard.store.autoconfigure;

import java.util.List;
import java.util.Set;

import dev.switchboard.autoconfigure.ConfigurationProblem;
import dev.switchboard.autoconfigure.ModuleConfiguration;

/**
 * Has misspelt properties found. What is wrong with their values is told by whoever reads
 * them.
 *
 * @param properties the record that holds them
 */
record StoreConfiguration(Class<? extends Record> properties) implements ModuleConfiguration {

	@Override
	public List<ConfigurationProblem> problems(Set<String> routes) {
		return List.of();
	}

}
