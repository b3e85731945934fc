package dev.switchboard.simulator;

import java.util.List;

/**
 * One model of a simulated provider.
 */
public final class SimulatedModel extends Scriptable<SimulatedModel> {

	private final SimulatedProvider provider;

	private final String name;

	SimulatedModel(SimulatedProvider provider, String name, Script script) {
		super(script);
		this.provider = provider;
		this.name = name;
	}

	/**
	 * What requests call it.
	 * @return the model's name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Who serves it.
	 * @return the provider
	 */
	public SimulatedProvider provider() {
		return this.provider;
	}

	@Override
	public List<RecordedRequest> requests() {
		return this.provider.requests().stream().filter((request) -> this.name.equals(request.model())).toList();
	}

	@Override
	SimulatedModel self() {
		return this;
	}

	@Override
	public String toString() {
		return this.provider.name() + "/" + this.name;
	}

}
