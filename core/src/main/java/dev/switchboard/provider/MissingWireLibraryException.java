package dev.switchboard.provider;

import dev.switchboard.route.Wire;

/**
 * A provider speaks a wire for which Spring AI's module is not on the classpath.
 */
public final class MissingWireLibraryException extends IllegalStateException {

	private final String provider;

	private final Wire wire;

	private final String dependency;

	MissingWireLibraryException(String provider, Wire wire, String dependency) {
		super("Provider '" + provider + "' speaks the " + wire.name().toLowerCase(java.util.Locale.ROOT)
				+ " wire, but the library for it is missing. Action: add the dependency '" + dependency + "'");
		this.provider = provider;
		this.wire = wire;
		this.dependency = dependency;
	}

	/**
	 * The provider.
	 * @return its name
	 */
	public String provider() {
		return this.provider;
	}

	/**
	 * The dialect it speaks.
	 * @return the wire
	 */
	public Wire wire() {
		return this.wire;
	}

	/**
	 * What to add.
	 * @return group and artifact, separated by a colon
	 */
	public String dependency() {
		return this.dependency;
	}

}
