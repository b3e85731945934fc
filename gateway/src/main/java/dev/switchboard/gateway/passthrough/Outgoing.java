package dev.switchboard.gateway.passthrough;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Set;

import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.provider.ProviderEndpoint;
import dev.switchboard.provider.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.function.ServerRequest;

/**
 * A request as the provider will see it.
 *
 * @param endpoint the provider
 * @param request what is sent
 * @param body the body of it; {@code null} for none
 * @param asked what it asks for
 */
record Outgoing(ProviderEndpoint endpoint, RawRequest request, @Nullable SentBody body, Asked asked) {

	/** What of a JSON body is held to learn the model; more of it streams by unseen. */
	private static final int LOOKED_AT = 1024 * 1024;

	/** One would send our credential back, the other is for proxies of another kind. */
	private static final Set<String> REFUSED_METHODS = Set.of("TRACE", "CONNECT");

	/** Those that have no body, and for which OkHttp sends none. */
	private static final Set<String> BODILESS_METHODS = Set.of("GET", "HEAD");

	/** Those that OkHttp doesn't send without a body. */
	private static final Set<String> BODY_METHODS = Set.of("POST", "PUT", "PATCH", "PROPPATCH", "REPORT");

	/**
	 * Makes it of a caller's.
	 * @param request the caller's
	 * @param path where it leads
	 * @param endpoint the provider
	 * @param limit how many bytes its body may have
	 * @return what to send
	 * @throws RefusedRequestException if it isn't to be sent
	 */
	static Outgoing of(ServerRequest request, PassthroughPath path, ProviderEndpoint endpoint, long limit) {
		HttpServletRequest servlet = request.servletRequest();
		String method = servlet.getMethod();
		if (REFUSED_METHODS.contains(method)) {
			throw new RefusedRequestException(405, "method_not_allowed", "Method " + method + " is not passed on",
					null);
		}
		SentBody body = body(servlet, method, limit);
		String below = path.below(endpoint.settings().baseUrl());
		RawRequest sent = new RawRequest(method, below,
				RequestHeaders.of(request.headers().asHttpHeaders(), servlet.getContentType()), body);
		return new Outgoing(endpoint, sent, body,
				Asked.of(below, isJson(servlet) ? beginning(body) : null, servlet.getContentLengthLong()));
	}

	private static byte @Nullable [] beginning(@Nullable SentBody body) {
		return (body != null) ? body.start() : null;
	}

	private static @Nullable SentBody body(HttpServletRequest servlet, String method, long limit) {
		long length = servlet.getContentLengthLong();
		if (length > limit) {
			throw tooLong(limit);
		}
		try {
			if (length == 0 || (length < 0 && !hasBodyOfUnknownLength(servlet))) {
				return BODY_METHODS.contains(method) ? new SentBody(new byte[0], null, 0, limit) : null;
			}
			if (BODILESS_METHODS.contains(method)) {
				throw new RefusedRequestException(400, "invalid_request",
						"A " + method + " request to a provider must have no body", null);
			}
			InputStream in = servlet.getInputStream();
			if (!isJson(servlet)) {
				return new SentBody(new byte[0], in, length, limit);
			}
			int looked = (int) Math.min(LOOKED_AT, (length >= 0) ? length : limit + 1);
			byte[] start = in.readNBytes(looked);
			if (start.length > limit) {
				throw tooLong(limit);
			}
			boolean whole = start.length < looked || start.length == length;
			return new SentBody(start, whole ? null : in, whole ? start.length : length, limit);
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	/**
	 * HTTP/1.1 says so by a header, HTTP/2 by not ending the request with its headers.
	 */
	private static boolean hasBodyOfUnknownLength(HttpServletRequest servlet) throws IOException {
		return servlet.getHeader("Transfer-Encoding") != null
				|| (servlet.getProtocol().startsWith("HTTP/2") && !servlet.getInputStream().isFinished());
	}

	private static boolean isJson(HttpServletRequest servlet) {
		String type = servlet.getContentType();
		return type != null && type.regionMatches(true, 0, "application/json", 0, "application/json".length());
	}

	static RefusedRequestException tooLong(long limit) {
		return new RefusedRequestException(413, "request_too_large",
				"The request's body is longer than the " + limit + " bytes that the gateway takes", null);
	}

	static RefusedRequestException unreadable(@Nullable Throwable cause) {
		boolean slow = cause instanceof SocketTimeoutException
				|| (cause != null && cause.getCause() instanceof SocketTimeoutException);
		return new RefusedRequestException(slow ? 408 : 400, slow ? "request_timeout" : "invalid_request",
				slow ? "The request's body did not arrive in time" : "The request's body could not be read to its end",
				null);
	}

}
