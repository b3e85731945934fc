package dev.switchboard.gateway.front;

import java.util.concurrent.ThreadLocalRandom;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Identifiers of requests that never became a call, for those who ask about an error.
 */
public final class RequestIds {

	private RequestIds() {
	}

	/**
	 * An identifier nobody has, of the form that calls have.
	 * @return sixteen hexadecimal digits
	 */
	public static String random() {
		return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
	}

	/**
	 * An identifier for a request.
	 * @param request the request
	 * @return a new one
	 */
	public static String of(HttpServletRequest request) {
		return random();
	}

}
