package dev.switchboard.simulator.wire;

import java.util.Objects;

/**
 * What the path of a request asks for.
 *
 * @param dialect the wire
 * @param endpoint the endpoint
 * @param provider the provider's name
 * @param model the model, where the path names it; else empty
 * @param streamed whether the path asks for a stream
 */
public record RequestTarget(Dialect dialect, Endpoint endpoint, String provider, String model, boolean streamed) {

	public RequestTarget {
		Objects.requireNonNull(dialect, "dialect");
		Objects.requireNonNull(endpoint, "endpoint");
		Objects.requireNonNull(provider, "provider");
		Objects.requireNonNull(model, "model");
	}

}
