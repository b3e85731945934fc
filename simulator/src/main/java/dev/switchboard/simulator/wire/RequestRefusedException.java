package dev.switchboard.simulator.wire;

import org.jspecify.annotations.Nullable;

/**
 * A request that a real provider would not take either.
 */
public final class RequestRefusedException extends RuntimeException {

	private final transient ProviderError error;

	RequestRefusedException(String message) {
		this(message, null);
	}

	RequestRefusedException(String message, @Nullable String code) {
		super(message);
		this.error = ProviderError.invalid(message).withCode(code);
	}

	/**
	 * What to tell the caller.
	 * @return the error
	 */
	public ProviderError error() {
		return this.error;
	}

}
