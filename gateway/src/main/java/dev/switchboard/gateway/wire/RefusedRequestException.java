package dev.switchboard.gateway.wire;

import org.jspecify.annotations.Nullable;

/**
 * A request that is not carried out; it carries no stack trace, as it is the caller's
 * mistake.
 */
public final class RefusedRequestException extends RuntimeException {

	private final int status;

	private final String code;

	private final @Nullable String param;

	/**
	 * A refusal.
	 * @param status the HTTP status, from 400 to 499
	 * @param code the stable code
	 * @param message what is wrong and what to do; without content of the request
	 * @param param the field at fault; {@code null} for none
	 */
	public RefusedRequestException(int status, String code, String message, @Nullable String param) {
		super(message, null, false, false);
		this.status = status;
		this.code = code;
		this.param = param;
	}

	/**
	 * A request that is malformed.
	 * @param param the field at fault, such as {@code messages[2].role}
	 * @param message what is wrong with it
	 * @return the exception, to be thrown
	 */
	public static RefusedRequestException invalid(String param, String message) {
		return new RefusedRequestException(400, "invalid_request", message, param);
	}

	/**
	 * A request for something that no target of another wire can be asked for.
	 * @param param the field
	 * @param message why not, and what to do
	 * @return the exception, to be thrown
	 */
	public static RefusedRequestException unsupported(String param, String message) {
		return new RefusedRequestException(400, "unsupported_parameter", message, param);
	}

	/**
	 * The status.
	 * @return from 400 to 499
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The stable code.
	 * @return such as {@code unsupported_parameter}
	 */
	public String code() {
		return this.code;
	}

	/**
	 * The field at fault.
	 * @return its path; {@code null} for none
	 */
	public @Nullable String param() {
		return this.param;
	}

	/**
	 * The error to tell.
	 * @param requestId the identifier of the request
	 * @return the error
	 */
	public GatewayError toError(String requestId) {
		String message = getMessage();
		return new GatewayError(this.status, this.code, (message != null) ? message : this.code, this.param, null,
				requestId);
	}

}
