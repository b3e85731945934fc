package dev.switchboard.autoconfigure;

import java.util.function.UnaryOperator;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.BindHandler;

/**
 * Keeps the binding of {@link SwitchboardProperties} going where a value cannot be read,
 * and remembers it: somebody with three mistakes in his configuration wants to be told of
 * three.
 */
final class BindingProblems implements ConfigurationPropertiesBindHandlerAdvisor {

	private final Problems problems;

	BindingProblems(Problems problems) {
		this.problems = problems;
	}

	@Override
	public BindHandler apply(BindHandler bindHandler) {
		return new CollectingBindHandler(bindHandler, SwitchboardProperties.class, UnaryOperator.identity(),
				this.problems);
	}

}
