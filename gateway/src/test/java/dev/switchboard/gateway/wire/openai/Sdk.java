package dev.switchboard.gateway.wire.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.openai.core.ObjectMappers;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.ErrorObject;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What OpenAI's own library makes of what the gateway writes. */
final class Sdk {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private Sdk() {
	}

	static ChatCompletion completion(byte[] body) {
		return parse(text(body), ChatCompletion.class).validate();
	}

	/** The library's own reading of a whole stream. */
	static ChatCompletion accumulate(String stream) {
		ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
		for (String data : data(stream)) {
			if (!data.equals("[DONE]")) {
				accumulator.accumulate(parse(data, ChatCompletionChunk.class).validate());
			}
		}
		return accumulator.chatCompletion();
	}

	static ErrorObject error(byte[] body) {
		return parse(MAPPER.readTree(body).path("error").toString(), ErrorObject.class).validate();
	}

	/** The data of each event, in order; comments are none. */
	static List<String> data(String stream) {
		return Arrays.stream(stream.split("\n\n"))
			.filter(Predicate.not(String::isEmpty))
			.filter((event) -> event.startsWith("data: "))
			.map((event) -> event.substring("data: ".length()))
			.toList();
	}

	/** The events that are JSON. */
	static List<JsonNode> chunks(String stream) {
		return data(stream).stream().filter((data) -> !data.equals("[DONE]")).map(MAPPER::readTree).toList();
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static <T> T parse(String json, Class<T> type) {
		try {
			return ObjectMappers.jsonMapper().readValue(json, type);
		}
		catch (JsonProcessingException ex) {
			throw new AssertionError("Not readable: " + json, ex);
		}
	}

}
