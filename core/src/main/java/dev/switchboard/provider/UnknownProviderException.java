package dev.switchboard.provider;

import java.util.Set;
import java.util.TreeSet;

/**
 * A target names a provider that is not configured.
 */
public final class UnknownProviderException extends IllegalArgumentException {

	private final String provider;

	private final Set<String> configured;

	UnknownProviderException(String provider, Set<String> configured) {
		super("There is no provider '" + provider + "', the providers configured are " + new TreeSet<>(configured));
		this.provider = provider;
		this.configured = new TreeSet<>(configured);
	}

	/**
	 * The name that was asked for.
	 * @return the name
	 */
	public String provider() {
		return this.provider;
	}

	/**
	 * The providers there are.
	 * @return their names, sorted
	 */
	public Set<String> configured() {
		return new TreeSet<>(this.configured);
	}

}
