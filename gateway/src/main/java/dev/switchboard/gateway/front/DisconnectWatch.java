package dev.switchboard.gateway.front;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Notices that a caller has gone away while nothing is written to him.
 */
@FunctionalInterface
public interface DisconnectWatch {

	/** Notices nothing; a caller who has gone away is noticed at the next write. */
	DisconnectWatch NONE = (request, onDisconnect) -> Watching.NOT;

	/**
	 * Watches a request whose body has been read to its end.
	 * @param request the request
	 * @param onDisconnect told at most once, by a thread of the watch; must not block
	 * @return the watching, to be ended before the handling of the request ends
	 */
	Watching watch(HttpServletRequest request, Runnable onDisconnect);

	/**
	 * One request that is watched.
	 */
	@FunctionalInterface
	interface Watching extends AutoCloseable {

		/** Nothing is watched. */
		Watching NOT = () -> {
		};

		/**
		 * Ends the watching. Once it returns, the connection is not touched any more;
		 * without effect the second time.
		 */
		@Override
		void close();

	}

}
