package dev.switchboard.gateway.passthrough;

import java.io.IOException;

import org.apache.catalina.connector.ClientAbortException;

import org.springframework.util.ClassUtils;

/**
 * An answer can't be passed on to its end, and its beginning is with the caller already:
 * the connection to him has to break, so that he doesn't take it for a whole one. Must
 * not be handled but reach the server.
 */
public final class BrokenAnswerException extends RuntimeException {

	private static final long serialVersionUID = 1;

	private static final boolean TOMCAT = ClassUtils.isPresent("org.apache.catalina.connector.ClientAbortException",
			BrokenAnswerException.class.getClassLoader());

	private final IOException forServer;

	/**
	 * An answer that broke off.
	 * @param message why
	 */
	public BrokenAnswerException(String message) {
		super(message, null, false, false);
		this.forServer = TOMCAT ? Tomcat.exception(message) : new IOException(message);
	}

	/** What makes the server drop the connection, and do nothing else. */
	IOException forServer() {
		return this.forServer;
	}

	/** Loaded only where Tomcat is. */
	private static final class Tomcat {

		/**
		 * For anything else Tomcat adds its error page to what was sent, and logs a stack
		 * trace, before it drops the connection.
		 */
		static IOException exception(String message) {
			return new ClientAbortException(message);
		}

	}

}
