package dev.switchboard.policy;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How one attempt failed.
 *
 * @param kind why
 * @param status the HTTP status of the provider's answer; {@code null} if there was none
 * @param code the provider's own code, such as {@code insufficient_quota}; {@code null}
 * if it gave none
 * @param retryAfter how long the provider asks us to wait; {@code null} if it didn't
 * @param message what the provider or the connection said
 * @param cause the exception behind it; {@code null} if there is none
 */
public record Failure(FailureKind kind, @Nullable Integer status, @Nullable String code, @Nullable Duration retryAfter,
		String message, @Nullable Throwable cause) {

	public Failure {
		if (retryAfter != null && retryAfter.isNegative()) {
			retryAfter = Duration.ZERO;
		}
	}

	/**
	 * A failure that is not an HTTP answer.
	 * @param kind why
	 * @param message what happened
	 * @return the failure
	 */
	public static Failure of(FailureKind kind, String message) {
		return new Failure(kind, null, null, null, message, null);
	}

	/**
	 * A failure that is an exception and not an HTTP answer.
	 * @param kind why
	 * @param message what happened
	 * @param cause the exception
	 * @return the failure
	 */
	public static Failure of(FailureKind kind, String message, Throwable cause) {
		return new Failure(kind, null, null, null, message, cause);
	}

	/**
	 * The same failure seen as another kind.
	 * @param other the other kind
	 * @return the failure
	 */
	public Failure as(FailureKind other) {
		return new Failure(other, this.status, this.code, this.retryAfter, this.message, this.cause);
	}

	/**
	 * The kind, status and code, without the provider's words: those may quote the
	 * prompt.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.kind.property());
		if (this.status != null) {
			text.append(" status=").append(this.status);
		}
		if (this.code != null) {
			text.append(" code=").append(this.code);
		}
		if (this.retryAfter != null) {
			text.append(" retryAfter=").append(this.retryAfter.toMillis()).append("ms");
		}
		return text.toString();
	}

}
