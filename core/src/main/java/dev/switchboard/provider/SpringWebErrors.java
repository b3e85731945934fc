package dev.switchboard.provider;

import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClientResponseException;

/**
 * Reads the exceptions of Spring's {@code RestClient}, which models that were handed in
 * may throw.
 */
final class SpringWebErrors {

	private SpringWebErrors() {
	}

	static @Nullable ErrorAnswer read(Throwable thrown) {
		if (!(thrown instanceof RestClientResponseException exception)) {
			return null;
		}
		return ErrorAnswer.of(exception.getStatusCode().value(), headers(exception.getResponseHeaders()),
				exception.getResponseBodyAsString(), InstantSource.system());
	}

	static Map<String, String> headers(@Nullable HttpHeaders headers) {
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		if (headers != null) {
			headers.forEach((name, values) -> all.put(name, String.join(",", values)));
		}
		return all;
	}

}
