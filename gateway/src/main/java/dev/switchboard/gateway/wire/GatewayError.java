package dev.switchboard.gateway.wire;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An error as every wire can tell it.
 *
 * @param status the HTTP status, 400 or more
 * @param code the stable code, such as {@code unknown_route}
 * @param message what went wrong and what to do; never a prompt, an answer or a key
 * @param param the field of the request that is at fault, such as
 * {@code messages[2].content}; {@code null} for none
 * @param retryAfter how long to wait before trying again; {@code null} if it is not known
 * @param requestId the identifier of the call or request, for support
 * @param details further facts by name, such as when a budget begins anew
 */
public record GatewayError(int status, String code, String message, @Nullable String param,
		@Nullable Duration retryAfter, String requestId, Map<String, String> details) {

	public GatewayError {
		if (status < 400 || status > 599) {
			throw new IllegalArgumentException("An error has a status from 400 to 599, but found " + status);
		}
		details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
	}

	/**
	 * An error without further facts.
	 * @param status the HTTP status, 400 or more
	 * @param code the stable code
	 * @param message what went wrong and what to do
	 * @param param the field of the request that is at fault; {@code null} for none
	 * @param retryAfter how long to wait before trying again; {@code null} if it is not
	 * known
	 * @param requestId the identifier of the call or request
	 */
	public GatewayError(int status, String code, String message, @Nullable String param, @Nullable Duration retryAfter,
			String requestId) {
		this(status, code, message, param, retryAfter, requestId, Map.of());
	}

}
