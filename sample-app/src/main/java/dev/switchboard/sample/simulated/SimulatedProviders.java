package dev.switchboard.sample.simulated;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.SimulatedWire;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The providers that run inside the application, if any do.
 */
@Component
public class SimulatedProviders {

	private final @Nullable Simulator simulator;

	private final Function<ChatRequest, Answer> answers;

	private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();

	SimulatedProviders(ObjectProvider<Simulator> simulator, SimulatedAnswers answers) {
		this.simulator = simulator.getIfAvailable();
		this.answers = answers;
	}

	/**
	 * Whether providers are simulated at all.
	 * @return whether there is a simulator
	 */
	public boolean areThere() {
		return this.simulator != null;
	}

	/**
	 * Lets a provider answer what the demo's models answer, and forget what it was asked
	 * so far.
	 * @param name the provider's name
	 */
	public void prepare(String name) {
		if (this.simulator != null) {
			this.simulator.provider(name).reset().answers(this.answers);
			this.behaviours.remove(name);
		}
	}

	/**
	 * How a provider behaves.
	 * @param name the provider's name
	 * @return what was last asked of it
	 */
	public Behaviour behaviour(String name) {
		return this.behaviours.getOrDefault(name, Behaviour.HEALTHY);
	}

	/**
	 * How many requests a provider got.
	 * @param name the provider's name
	 * @return the number since it was prepared
	 */
	public long requests(String name) {
		return (this.simulator != null) ? this.simulator.provider(name).requests().size() : 0;
	}

	/**
	 * Where a provider is reached past everything that this project does, on OpenAI's
	 * wire.
	 * @param name the provider's name
	 * @return a base URL; null if providers are not simulated
	 */
	public @Nullable String baseUrl(String name) {
		return (this.simulator != null) ? this.simulator.provider(name).baseUrl(SimulatedWire.OPENAI) : null;
	}

	/**
	 * Makes a provider behave so from its next request on.
	 * @param name the provider's name
	 * @param behaviour how
	 */
	public void behave(String name, Behaviour behaviour) {
		if (this.simulator != null) {
			SimulatedProvider provider = this.simulator.provider(name);
			behaviour.applyTo(provider);
			this.behaviours.put(name, behaviour);
		}
	}

}
