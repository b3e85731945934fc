package dev.switchboard.simulator.wire;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An error to be told in whatever shape the wire gives it. What is null or zero is as the
 * provider would say it.
 *
 * @param kind what went wrong
 * @param status the status; 0 for the one that the provider uses
 * @param retryAfter when to come back; null when it is not told
 * @param message the message
 * @param type the type, on Gemini the status word
 * @param code the code, where the wire has one
 * @param headers further headers
 */
public record ProviderError(ErrorKind kind, int status, @Nullable Duration retryAfter, @Nullable String message,
		@Nullable String type, @Nullable String code, Map<String, String> headers) {

	public ProviderError {
		Objects.requireNonNull(kind, "kind");
		if (status != 0 && (status < 400 || status > 599)) {
			throw new IllegalArgumentException("An error has a status from 400 to 599, but it was " + status);
		}
		if (retryAfter != null && retryAfter.isNegative()) {
			throw new IllegalArgumentException("Retry-After is zero or more, but was " + retryAfter);
		}
		headers = Map.copyOf(headers);
	}

	/**
	 * An error as the provider words it.
	 * @param kind what went wrong
	 * @return the error
	 */
	public static ProviderError of(ErrorKind kind) {
		return new ProviderError(kind, 0, null, null, null, null, Map.of());
	}

	/**
	 * A complaint about the request.
	 * @param message what is wrong with it
	 * @return the error
	 */
	public static ProviderError invalid(String message) {
		return new ProviderError(ErrorKind.INVALID_REQUEST, 0, null, message, null, null, Map.of());
	}

	ProviderError withCode(@Nullable String code) {
		return new ProviderError(this.kind, this.status, this.retryAfter, this.message, this.type, code, this.headers);
	}

	int statusOr(int usual) {
		return (this.status != 0) ? this.status : usual;
	}

	String messageOr(String usual) {
		return (this.message != null) ? this.message : usual;
	}

	String typeOr(String usual) {
		return (this.type != null) ? this.type : usual;
	}

	@Nullable String codeOr(@Nullable String usual) {
		return (this.code != null) ? this.code : usual;
	}

}
