package dev.switchboard.gateway.access;

/**
 * Where keys are looked up: in the configuration, or in a database.
 */
@FunctionalInterface
public interface KeyStore {

	/**
	 * Looks a key up. It is called for every request, by many threads at once, and how
	 * long it takes must tell nothing about the keys it holds.
	 * @param presented what a caller presents as his key
	 * @return what it is
	 */
	KeyMatch find(String presented);

	/**
	 * Whether there are keys. It is asked at every request, as the answer may change:
	 * only while there are none, callers on the same machine need none.
	 * @return whether there are any, {@link Presence#SOME} unless something else is said
	 */
	default Presence presence() {
		return Presence.SOME;
	}

	/** Whether there are keys. */
	enum Presence {

		/** There is none, whether good or not. */
		NONE,

		/** There is one at least. */
		SOME,

		/** Nobody can tell yet. */
		UNKNOWN

	}

}
