package dev.switchboard.autoconfigure;

import java.util.Comparator;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * One thing that is wrong in the configuration.
 *
 * @param property the property to look at
 * @param found what was found there and why it will not do; follows the name of the
 * property in a sentence
 * @param action what to change; a half sentence in the imperative
 */
public record ConfigurationProblem(String property, String found, String action) {

	// Names are compared by their elements, so that targets[2] comes before targets[10].
	static final Comparator<ConfigurationProblem> BY_PROPERTY = Comparator
		.comparing((ConfigurationProblem problem) -> ConfigurationPropertyName.adapt(problem.property(), '.'))
		.thenComparing(ConfigurationProblem::found);

	@Override
	public String toString() {
		return "Property '" + this.property + "' " + this.found + ". Action: " + this.action + ".";
	}

}
