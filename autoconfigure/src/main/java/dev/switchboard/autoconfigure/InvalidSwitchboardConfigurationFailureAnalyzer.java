package dev.switchboard.autoconfigure;

import java.util.List;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Lists every problem of the configuration with what was found and what to change.
 */
final class InvalidSwitchboardConfigurationFailureAnalyzer
		extends AbstractFailureAnalyzer<InvalidSwitchboardConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSwitchboardConfigurationException cause) {
		List<ConfigurationProblem> problems = cause.problems();
		StringBuilder description = new StringBuilder("The configuration of Switchboard has ")
			.append((problems.size() == 1) ? "a problem:" : problems.size() + " problems:");
		for (ConfigurationProblem problem : problems) {
			description.append(System.lineSeparator()).append(System.lineSeparator()).append("    ").append(problem);
		}
		String action = (problems.size() == 1) ? "Change the property as said above."
				: "Change these properties, each as said above.";
		return new FailureAnalysis(description.toString(), action, cause);
	}

}
