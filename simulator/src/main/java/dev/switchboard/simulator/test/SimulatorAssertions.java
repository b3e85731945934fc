package dev.switchboard.simulator.test;

import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.SimulatedModel;
import dev.switchboard.simulator.SimulatedProvider;

/**
 * Where assertions about simulated providers begin. They wait a little for what an
 * application does in the background: see {@link ReceivedAssert#within}.
 */
public final class SimulatorAssertions {

	private SimulatorAssertions() {
	}

	/**
	 * About what a provider received.
	 * @param provider the provider
	 * @return assertions
	 */
	public static ReceivedAssert assertThat(SimulatedProvider provider) {
		return new ReceivedAssert(provider);
	}

	/**
	 * About what a model received.
	 * @param model the model
	 * @return assertions
	 */
	public static ReceivedAssert assertThat(SimulatedModel model) {
		return new ReceivedAssert(model);
	}

	/**
	 * About one request.
	 * @param request the request
	 * @return assertions
	 */
	public static RecordedRequestAssert assertThat(RecordedRequest request) {
		return new RecordedRequestAssert(request);
	}

}
