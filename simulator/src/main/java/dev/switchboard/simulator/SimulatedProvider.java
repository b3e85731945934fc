package dev.switchboard.simulator;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import dev.switchboard.simulator.chat.SimulatedWire;

/**
 * A provider that lives under its own path of a {@link Simulator} and speaks every wire.
 * Its models need not be declared: it answers for any name.
 */
public final class SimulatedProvider extends Scriptable<SimulatedProvider> {

	private final Simulator simulator;

	private final String name;

	private final Map<String, SimulatedModel> models = new ConcurrentHashMap<>();

	private volatile Set<String> offered = Set.of();

	SimulatedProvider(Simulator simulator, String name) {
		super(new Script(System::nanoTime));
		this.simulator = simulator;
		this.name = name;
	}

	/**
	 * The provider's name, which is also the first element of its paths.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Where clients of a wire reach this provider.
	 * @param wire the wire
	 * @return a URL without a slash at the end; ends in {@code /v1} for the OpenAI wires
	 */
	public String baseUrl(SimulatedWire wire) {
		return this.simulator.url() + "/" + this.name + wire.basePath();
	}

	/**
	 * One of its models.
	 * @param name any name
	 * @return the model, always the same for a name
	 */
	public SimulatedModel model(String name) {
		return this.models.computeIfAbsent(name, (key) -> new SimulatedModel(this, key, new Script(System::nanoTime)));
	}

	/**
	 * Limits the provider to some models: the list of models has just these, and any
	 * other is answered with an error that there is no such model. Unlimited at first.
	 * @param models names of models; none lifts the limit
	 * @return this
	 */
	public SimulatedProvider offers(String... models) {
		this.offered = new LinkedHashSet<>(Arrays.asList(models));
		return this;
	}

	/**
	 * Forgets everything: answers, faults, offers and requests.
	 * @return this
	 */
	public SimulatedProvider reset() {
		script().reset();
		this.models.values().forEach((model) -> model.script().reset());
		this.offered = Set.of();
		this.simulator.log().forget(this.name);
		return this;
	}

	@Override
	public List<RecordedRequest> requests() {
		return this.simulator.log().requests((request) -> this.name.equals(request.provider()));
	}

	boolean isOffered(String model) {
		return this.offered.isEmpty() || this.offered.contains(model);
	}

	/** Models to list: those offered, or else all that were ever named. */
	List<String> modelNames() {
		return List.copyOf(this.offered.isEmpty() ? new TreeSet<>(this.models.keySet()) : this.offered);
	}

	@Override
	SimulatedProvider self() {
		return this;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
