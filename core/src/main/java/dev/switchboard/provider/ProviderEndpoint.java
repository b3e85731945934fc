package dev.switchboard.provider;

import java.io.IOException;

/**
 * A provider's own HTTP interface, below the libraries that speak its wire: any request,
 * its answer as it comes, byte by byte. The credential and the headers of the provider's
 * settings are put in; no request is repeated and no redirect is followed.
 */
public interface ProviderEndpoint {

	/**
	 * Where it is.
	 * @return the provider's settings
	 */
	ProviderSettings settings();

	/**
	 * Sends a request on the calling thread. If that is in an {@link AttemptScope}, its
	 * cancellation ends the request and the reading of the answer.
	 * @param request the request
	 * @return the answer, whatever its status; its body is still to be read, and it must
	 * be closed
	 * @throws IOException if there was no answer
	 */
	RawAnswer send(RawRequest request) throws IOException;

}
