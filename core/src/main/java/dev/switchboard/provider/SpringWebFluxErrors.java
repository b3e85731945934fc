package dev.switchboard.provider;

import java.time.InstantSource;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * Reads the exceptions of Spring's {@code WebClient}, which streams of models that were
 * handed in may end with.
 */
final class SpringWebFluxErrors {

	private SpringWebFluxErrors() {
	}

	static @Nullable ErrorAnswer read(Throwable thrown) {
		if (!(thrown instanceof WebClientResponseException exception) || exception.getStatusCode().value() < 300) {
			return null;
		}
		return ErrorAnswer.of(exception.getStatusCode().value(), SpringWebErrors.headers(exception.getHeaders()),
				exception.getResponseBodyAsString(), InstantSource.system());
	}

}
