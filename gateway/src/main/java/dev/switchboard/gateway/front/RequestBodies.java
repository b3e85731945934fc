package dev.switchboard.gateway.front;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

import dev.switchboard.gateway.wire.RefusedRequestException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Reads the bodies of requests, within bounds of size and time.
 */
final class RequestBodies {

	private static final int STEP = 16 * 1024;

	private final long maxBytes;

	private final Duration patience;

	private final LongSupplier nanoTime;

	/**
	 * Bounds.
	 * @param maxBytes how long a body may be
	 * @param patience how long its sending may take
	 * @param nanoTime counts nanoseconds
	 */
	RequestBodies(long maxBytes, Duration patience, LongSupplier nanoTime) {
		this.maxBytes = maxBytes;
		this.patience = patience;
		this.nanoTime = nanoTime;
	}

	byte[] read(HttpServletRequest request) throws IOException {
		requireJson(request);
		long length = request.getContentLengthLong();
		if (length > this.maxBytes) {
			throw tooLarge();
		}
		long begin = this.nanoTime.getAsLong();
		InputStream in = request.getInputStream();
		if (length >= 0) {
			return read(in, (int) length, begin);
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(STEP);
		byte[] buffer = new byte[STEP];
		int read;
		while ((read = in.read(buffer)) != -1) {
			bytes.write(buffer, 0, read);
			if (bytes.size() > this.maxBytes) {
				throw tooLarge();
			}
			requireHaste(begin);
		}
		return bytes.toByteArray();
	}

	private byte[] read(InputStream in, int length, long begin) throws IOException {
		byte[] bytes = new byte[length];
		int position = 0;
		while (position < length) {
			int read = in.read(bytes, position, length - position);
			if (read < 0) {
				throw new RefusedRequestException(400, "invalid_request",
						"The request body ended after " + position + " of " + length + " bytes", null);
			}
			position += read;
			if (position < length) {
				requireHaste(begin);
			}
		}
		return bytes;
	}

	private void requireHaste(long begin) {
		if (this.nanoTime.getAsLong() - begin > this.patience.toNanos()) {
			throw new RefusedRequestException(408, "request_timeout",
					"The request body took longer than " + this.patience.toSeconds() + " s to arrive", null);
		}
	}

	private RefusedRequestException tooLarge() {
		return new RefusedRequestException(413, "request_too_large",
				"The request body is longer than the " + this.maxBytes + " bytes that are allowed", null);
	}

	private static void requireJson(HttpServletRequest request) {
		String encoding = request.getHeader("Content-Encoding");
		if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
			throw new RefusedRequestException(415, "unsupported_encoding",
					"The request body must not be compressed, but 'Content-Encoding' is given", null);
		}
		String type = request.getContentType();
		String lower = (type != null) ? type.toLowerCase(Locale.ROOT) : "";
		// A page in a browser can't send this type to another site without asking first.
		if (!lower.startsWith("application/json") && !lower.startsWith("application/vnd.api+json")) {
			throw new RefusedRequestException(415, "unsupported_media_type",
					"The request must have the header 'Content-Type: application/json'", null);
		}
		int charset = lower.indexOf("charset=");
		if (charset >= 0
				&& !lower.substring(charset + "charset=".length()).replace("\"", "").strip().startsWith("utf-8")) {
			throw new RefusedRequestException(415, "unsupported_media_type", "The request body must be in UTF-8", null);
		}
	}

}
