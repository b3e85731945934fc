package dev.switchboard.provider;

import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

import com.openai.core.http.Headers;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.SseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the exceptions of OpenAI's library.
 */
final class OpenAiErrors {

	private OpenAiErrors() {
	}

	static @Nullable ErrorAnswer read(Throwable thrown) {
		if (!(thrown instanceof OpenAIServiceException exception)) {
			return null;
		}
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		Headers all = exception.headers();
		for (String name : all.names()) {
			headers.put(name, String.join(",", all.values(name)));
		}
		// What isn't JSON, such as a page of a proxy, is missing altogether.
		JsonNode body = exception.body().isMissing() ? JsonMapper.shared().createObjectNode()
				: JsonMapper.shared().valueToTree(exception.body().convert(Object.class));
		Integer status = (exception instanceof SseException) ? null : Integer.valueOf(exception.statusCode());
		return ErrorAnswer.of(status, headers, body, InstantSource.system());
	}

}
