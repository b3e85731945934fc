package dev.switchboard.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration under {@code switchboard} cannot be used. Carries every problem, not
 * only the first.
 */
public final class InvalidSwitchboardConfigurationException extends RuntimeException {

	private final transient List<ConfigurationProblem> problems;

	/**
	 * The configuration cannot be used.
	 * @param problems what is wrong; at least one
	 */
	public InvalidSwitchboardConfigurationException(List<ConfigurationProblem> problems) {
		super(problems.stream()
			.sorted(ConfigurationProblem.BY_PROPERTY)
			.map(ConfigurationProblem::toString)
			.collect(Collectors.joining(" ")));
		this.problems = problems.stream().sorted(ConfigurationProblem.BY_PROPERTY).toList();
	}

	/**
	 * What is wrong.
	 * @return the problems, sorted by property; at least one
	 */
	public List<ConfigurationProblem> problems() {
		return this.problems;
	}

}
