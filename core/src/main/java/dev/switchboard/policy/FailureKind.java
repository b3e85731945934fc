package dev.switchboard.policy;

import java.util.Locale;

/**
 * Why an attempt failed, whatever the wire.
 */
public enum FailureKind {

	/** The credential may send no more for now (429). */
	RATE_LIMITED(true),

	/** The account has nothing left to spend (429 or 402 with that reason). */
	QUOTA_EXHAUSTED(true),

	/** The provider is out of capacity (503, 529). */
	OVERLOADED(true),

	/** The provider failed (500, 502, 504). */
	SERVER_ERROR(true),

	/** No connection, or one that broke: refused, reset, DNS, TLS. */
	CONNECTION_FAILED(true),

	/** The attempt, first-token or idle timeout passed. */
	TIMED_OUT(true),

	/** The provider does not accept our credential (401, 403). */
	UNAUTHORIZED(false),

	/** The provider does not have the model (404). */
	MODEL_NOT_FOUND(false),

	/** The request is larger than the model's window. */
	CONTEXT_WINDOW_EXCEEDED(false),

	/** The request itself is wrong (other 400, 422). */
	INVALID_REQUEST(false),

	/** The provider or the model declined to answer: content filter, safety block. */
	CONTENT_REFUSED(false),

	/** The provider answered, but with nothing that can be used. */
	UNUSABLE_ANSWER(false),

	/** A stream broke after its first content was passed on. */
	INTERRUPTED(false),

	/** The caller went away. */
	CANCELLED(false);

	private final boolean outage;

	private final String property;

	FailureKind(boolean outage) {
		this.outage = outage;
		this.property = name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Whether the provider as such is out of service, for now and for this credential,
	 * rather than the request or the configuration being wrong.
	 * @return whether another provider is likely to help
	 */
	public boolean isOutage() {
		return this.outage;
	}

	/**
	 * The name used in properties, logs and metrics, such as {@code rate-limited}.
	 * @return the name
	 */
	public String property() {
		return this.property;
	}

}
