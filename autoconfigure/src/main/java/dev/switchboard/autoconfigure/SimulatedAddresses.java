package dev.switchboard.autoconfigure;

import java.net.URI;

import dev.switchboard.route.Wire;

/**
 * Where simulated providers are reached.
 */
@FunctionalInterface
interface SimulatedAddresses {

	/**
	 * The base URL of a simulated provider.
	 * @param provider its name
	 * @param wire the wire that it is to speak
	 * @return the URL
	 */
	URI baseUrl(String provider, Wire wire);

}
