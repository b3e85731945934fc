package dev.switchboard.gateway.wire;

import java.net.URI;
import java.util.Base64;

import org.springframework.ai.content.Media;
import org.springframework.util.MimeType;

/**
 * Pictures, sounds and documents of a request.
 */
public final class MediaParts {

	private MediaParts() {
	}

	/**
	 * Media behind a URL, or inside one.
	 * @param url a {@code data:} URL with base64, or one with http or https, which is
	 * passed on and never fetched here
	 * @param fallback the type of those whose URL does not tell it
	 * @param path the field, for the error
	 * @return the media
	 * @throws RefusedRequestException if it is neither
	 */
	public static Media ofUrl(String url, String fallback, String path) {
		if (url.regionMatches(true, 0, "data:", 0, 5)) {
			int comma = url.indexOf(',');
			String head = (comma > 0) ? url.substring(5, comma) : "";
			if (!head.endsWith(";base64")) {
				throw RefusedRequestException.invalid(path,
						"'" + path + "' must be a data URL with base64, or an http URL");
			}
			return ofBase64(url.substring(comma + 1), head.substring(0, head.length() - ";base64".length()), path);
		}
		try {
			URI uri = URI.create(url);
			if ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme())) {
				return Media.builder().mimeType(type(fallback, path)).data(uri).build();
			}
		}
		catch (IllegalArgumentException ex) {
			// Told below.
		}
		throw RefusedRequestException.invalid(path, "'" + path + "' must be a data URL with base64, or an http URL");
	}

	/**
	 * Media in base64.
	 * @param base64 the bytes
	 * @param mimeType their type
	 * @param path the field, for the error
	 * @return the media; its bytes are the very bytes
	 * @throws RefusedRequestException if it is not base64, or the type is none
	 */
	public static Media ofBase64(String base64, String mimeType, String path) {
		try {
			// The decoder that knows line breaks would skip anything else that is wrong.
			String line = (base64.indexOf('\n') >= 0) ? base64.replaceAll("\\s", "") : base64;
			return Media.builder().mimeType(type(mimeType, path)).data(Base64.getDecoder().decode(line)).build();
		}
		catch (IllegalArgumentException ex) {
			throw RefusedRequestException.invalid(path, "'" + path + "' is not valid base64");
		}
	}

	private static MimeType type(String mimeType, String path) {
		try {
			return MimeType.valueOf(mimeType);
		}
		catch (IllegalArgumentException ex) {
			throw RefusedRequestException.invalid(path, "'" + path + "' has no valid media type");
		}
	}

}
