package dev.switchboard.simulator.wire;

/**
 * A request that a real provider would not take either.
 */
public final class RequestRefusedException extends RuntimeException {

	private final transient ProviderError error;

	RequestRefusedException(String message) {
		super(message);
		this.error = ProviderError.invalid(message);
	}

	/**
	 * What to tell the caller.
	 * @return the error
	 */
	public ProviderError error() {
		return this.error;
	}

}
