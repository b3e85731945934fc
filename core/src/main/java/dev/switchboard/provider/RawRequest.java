package dev.switchboard.provider;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request to a provider, as it is to be sent but for the credential.
 *
 * @param method the HTTP method
 * @param path the encoded path and query below the provider's base URL, with a leading
 * slash
 * @param headers the headers, in order; those that carry a credential, describe the
 * connection or the body's length are left out
 * @param body the body; {@code null} for none
 */
public record RawRequest(String method, String path, List<Map.Entry<String, String>> headers, @Nullable Body body) {

	public RawRequest {
		if (!path.startsWith("/")) {
			throw new IllegalArgumentException(
					"A path below a provider's base URL starts with a slash: '" + path + "'");
		}
		headers = List.copyOf(headers);
	}

	/**
	 * A JSON request.
	 * @param path the path below the base URL
	 * @param headers further headers
	 * @param json the bytes
	 * @return the request
	 */
	public static RawRequest post(String path, List<Map.Entry<String, String>> headers, byte[] json) {
		return new RawRequest("POST", path, headers, Body.json(json));
	}

	/**
	 * What is sent with a request, once.
	 */
	public interface Body {

		/**
		 * Its media type.
		 * @return such as {@code application/json}; {@code null} for none
		 */
		@Nullable String contentType();

		/**
		 * Its length.
		 * @return the bytes; -1 if nobody knows yet
		 */
		long length();

		/**
		 * Writes it.
		 * @param out where to; not to be closed
		 * @throws IOException if it can't be read or written
		 */
		void writeTo(OutputStream out) throws IOException;

		/**
		 * JSON.
		 * @param bytes the bytes; not copied
		 * @return the body
		 */
		static Body json(byte[] bytes) {
			return new Body() {

				@Override
				public String contentType() {
					return "application/json";
				}

				@Override
				public long length() {
					return bytes.length;
				}

				@Override
				public void writeTo(OutputStream out) throws IOException {
					out.write(bytes);
				}

			};
		}

	}

}
