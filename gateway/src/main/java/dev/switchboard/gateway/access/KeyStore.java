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

}
