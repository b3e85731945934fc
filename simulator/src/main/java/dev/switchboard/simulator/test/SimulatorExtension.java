package dev.switchboard.simulator.test;

import java.lang.reflect.Parameter;
import java.util.List;

import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests simulated providers, as {@link SwitchboardSimulator} does, out of a
 * simulator of its own. In a static field it can be asked for URLs before any test has
 * begun:
 *
 * <pre>{@code
 * &#64;RegisterExtension
 * static final SimulatorExtension simulator = new SimulatorExtension();
 *
 *

&#64;DynamicPropertySource
 * static void urls(DynamicPropertyRegistry registry) {
 *     registry.add("switchboard.providers.openai.base-url",
 *             () -> simulator.provider("openai").baseUrl(SimulatedWire.OPENAI));
 * }
 * }</pre>
 *
 * The simulator starts when it is first needed and runs until all tests are over, so that
 * application contexts kept from one class to the next stay usable.
 */
public class SimulatorExtension
		implements BeforeAllCallback, BeforeEachCallback, AfterTestExecutionCallback, ParameterResolver {

	static final Namespace NAMESPACE = Namespace.create(SimulatorExtension.class);

	private static final int PRINTED_BODY = 400;

	private @Nullable Simulator started;

	/**
	 * The simulator.
	 * @return a running one, always the same
	 */
	public final synchronized Simulator simulator() {
		Simulator simulator = this.started;
		if (simulator == null) {
			simulator = Simulator.start();
			this.started = simulator;
		}
		return simulator;
	}

	/**
	 * One of the simulator's providers.
	 * @param name any name that can be an element of a path
	 * @return the provider
	 */
	public final SimulatedProvider provider(String name) {
		return simulator().provider(name);
	}

	Simulator simulator(ExtensionContext context) {
		Simulator simulator = simulator();
		context.getRoot().getStore(NAMESPACE).computeIfAbsent(this, (key) -> (AutoCloseable) simulator::close);
		return simulator;
	}

	@Override
	public final void beforeAll(ExtensionContext context) {
		simulator(context).reset();
	}

	@Override
	public final void beforeEach(ExtensionContext context) {
		simulator(context).reset();
	}

	@Override
	public final void afterTestExecution(ExtensionContext context) {
		if (context.getExecutionException().isPresent()) {
			System.out.println(describe(context.getDisplayName(), simulator(context).requests()));
		}
	}

	private static String describe(String test, List<RecordedRequest> requests) {
		StringBuilder text = new StringBuilder(
				"The simulator received " + requests.size() + " requests during " + test);
		for (RecordedRequest request : requests) {
			String body = request.body();
			text.append("\n  ")
				.append(request)
				.append("\n    ")
				.append((body.length() > PRINTED_BODY) ? body.substring(0, PRINTED_BODY) + "…" : body);
		}
		return text.toString();
	}

	@Override
	public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		return type == Simulator.class || type == SimulatedProvider.class;
	}

	@Override
	public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		Simulator simulator = simulator(context);
		return (parameter.getParameter().getType() == Simulator.class) ? simulator
				: simulator.provider(providerName(parameter));
	}

	private static String providerName(ParameterContext context) {
		Parameter parameter = context.getParameter();
		return context.findAnnotation(Provider.class).map(Provider::value).orElseGet(() -> {
			if (!parameter.isNamePresent()) {
				throw new ParameterResolutionException(
						"The provider's name is not known, because the test was compiled "
								+ "without parameter names. Action: annotate the parameter with @Provider(\"name\"), or compile "
								+ "with -parameters.");
			}
			return parameter.getName();
		});
	}

}
