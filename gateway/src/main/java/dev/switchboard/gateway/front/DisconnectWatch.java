package dev.switchboard.gateway.front;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Notices that a caller went away while nothing is written to him.
 */
@FunctionalInterface
public interface DisconnectWatch {

	/**
	 * Begins to watch the connection of a request whose body has been read.
	 * @param request the request
	 * @param onDisconnect is run once if the caller goes away, on any thread; it must
	 * return soon
	 * @return the watch; closing it ends the watching, and must be done before the
	 * request is over
	 */
	Handle watch(HttpServletRequest request, Runnable onDisconnect);

	/**
	 * A watch that has begun.
	 */
	@FunctionalInterface
	interface Handle extends AutoCloseable {

		/** Ends it; without effect the second time. */
		@Override
		void close();

	}

}
