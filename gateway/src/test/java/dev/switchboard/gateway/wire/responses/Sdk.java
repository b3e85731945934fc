package dev.switchboard.gateway.wire.responses;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.openai.core.ObjectMappers;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What OpenAI's own library makes of what the gateway writes. */
public final class Sdk {

	private Sdk() {
	}

	/** A whole response, all of whose fields are as the library wants them. */
	public static Response response(String body) {
		return parse(body, Response.class).validate();
	}

	/** The library's own reading of a whole stream. */
	public static Response accumulate(String stream) {
		ResponseAccumulator accumulator = ResponseAccumulator.create();
		for (JsonNode event : events(stream)) {
			accumulator.accumulate(parse(event.toString(), ResponseStreamEvent.class).validate());
		}
		return accumulator.response().validate();
	}

	/** The events, each of which must be named for its type and have its number. */
	public static List<JsonNode> events(String stream) {
		List<JsonNode> events = new ArrayList<>();
		for (String event : stream.split("\n\n")) {
			String[] lines = event.split("\n");
			assertThat(lines).hasSize(2);
			JsonNode data = JsonMapper.shared().readTree(lines[1].substring("data: ".length()));
			assertThat(lines[0]).isEqualTo("event: " + data.path("type").asString());
			assertThat(lines[1]).startsWith("data: ");
			events.add(data);
		}
		for (int i = 1; i < events.size(); i++) {
			assertThat(events.get(i).path("sequence_number").asInt())
				.isEqualTo(events.get(i - 1).path("sequence_number").asInt() + 1);
		}
		return events;
	}

	/** The types of the events, in order. */
	public static List<String> types(String stream) {
		return events(stream).stream().map((event) -> event.path("type").asString()).toList();
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
