package dev.switchboard.provider;

import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Finds the HTTP answer inside an exception. The classes that know a library's exceptions
 * are loaded only once one of them was thrown, so the library is there.
 */
final class VendorErrors {

	/** How Spring AI's retries word an HTTP error, and the only place where they do. */
	private static final Pattern SPRING_AI = Pattern.compile("(?:HTTP )?([3-5]\\d\\d) - (.*)", Pattern.DOTALL);

	private VendorErrors() {
	}

	/**
	 * What the provider answered.
	 * @param thrown an exception; its causes are not looked at
	 * @return the answer; {@code null} if the exception carries none
	 */
	static @Nullable ErrorAnswer read(Throwable thrown) {
		String name = thrown.getClass().getName();
		if (name.startsWith("com.openai.errors.")) {
			return OpenAiErrors.read(thrown);
		}
		if (name.startsWith("com.anthropic.errors.")) {
			return AnthropicErrors.read(thrown);
		}
		if (name.startsWith("com.google.genai.errors.")) {
			return GeminiErrors.read(thrown);
		}
		if (name.startsWith("org.springframework.web.client.")) {
			return SpringWebErrors.read(thrown);
		}
		if (name.startsWith("org.springframework.web.reactive.function.client.")) {
			return SpringWebFluxErrors.read(thrown);
		}
		if (thrown instanceof ErrorAnswerException exception) {
			return exception.answer();
		}
		if (thrown instanceof ProviderErrorException exception) {
			return exception.answer();
		}
		if (name.startsWith("org.springframework.ai.retry.") && thrown.getMessage() != null) {
			Matcher matcher = SPRING_AI.matcher(thrown.getMessage());
			if (matcher.matches()) {
				return ErrorAnswer.of(Integer.parseInt(matcher.group(1)), Map.of(), matcher.group(2),
						InstantSource.system());
			}
		}
		return null;
	}

}
