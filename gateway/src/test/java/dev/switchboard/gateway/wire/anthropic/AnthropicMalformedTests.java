package dev.switchboard.gateway.wire.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class AnthropicMalformedTests {

	private static final String EVERYTHING = """
			{"model": "code", "max_tokens": 10, "temperature": 1, "top_p": 1, "top_k": 1, "stop_sequences": ["a"],
			 "stream": true, "tool_choice": {"type": "tool", "name": "t", "disable_parallel_tool_use": true},
			 "thinking": {"type": "enabled", "budget_tokens": 1024}, "mcp_servers": [], "inference_geo": "global",
			 "output_config": {"effort": "low", "format": {"type": "json_schema", "schema": {"type": "object"}}},
			 "tools": [{"type": "custom", "name": "t", "description": "d", "input_schema": {"type": "object"},
			   "allowed_callers": ["direct"]}],
			 "messages": [
			  {"role": "user", "content": [
			    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"}},
			    {"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}},
			    {"type": "document", "title": "t", "context": "c", "source": {"type": "text", "data": "d"}},
			    {"type": "document", "source": {"type": "content", "content": [{"type": "text", "text": "t"}]}},
			    {"type": "search_result", "title": "t", "source": "s", "content": [{"type": "text", "text": "t"}]},
			    {"type": "mid_conv_system", "content": [{"type": "text", "text": "t"}]}]},
			  {"role": "assistant", "content": [
			    {"type": "compaction", "content": "c"},
			    {"type": "tool_use", "id": "i", "name": "t", "input": {"a": 1}}]},
			  {"role": "user", "content": [
			    {"type": "tool_result", "tool_use_id": "i", "is_error": true, "content": [
			      {"type": "tool_reference", "tool_name": "t"}, {"type": "text", "text": "t"}]}]},
			  {"role": "system", "content": [
			    {"type": "tool_addition", "tool": {"type": "tool_definition",
			      "definition": {"name": "u", "input_schema": {}}}},
			    {"type": "tool_removal", "tool": {"type": "tool_reference", "name": "u"}}]}
			 ]}
			""";

	private static final List<JsonNode> OTHERS = Stream
		.of("null", "1", "-1.5", "1e99", "true", "\"\"", "\"x\"", "[]", "[1]", "[null]", "[[]]", "{}",
				"{\"type\": \"x\"}", "{\"type\": 1}", "[{\"type\": \"text\"}]")
		.map((json) -> Sdk.request("{\"a\": " + json + "}").get("a"))
		.toList();

	static Stream<String> requests() {
		return Stream.of(EVERYTHING, ClaudeCode.FIRST, ClaudeCode.second("toolu_1"));
	}

	@ParameterizedTest
	@MethodSource("requests")
	void whateverStandsInAFieldIsReadOrRefused(String json) {
		ObjectNode request = Sdk.request(json);
		assertThat(isRead(request)).isTrue();
		int refused = 0;
		for (Place place : places(request)) {
			for (JsonNode other : OTHERS) {
				place.set(other);
				refused += isRead(request) ? 0 : 1;
				place.restore();
			}
		}
		assertThat(refused).isPositive();
	}

	private static boolean isRead(ObjectNode request) {
		boolean read = false;
		try {
			new AnthropicMessagesWire().read(request, ToolCallMemory.NONE);
			read = true;
		}
		catch (RefusedRequestException ex) {
			assertThat(ex.status()).isEqualTo(400);
			assertThat(ex.param()).isNotNull();
		}
		try {
			AnthropicTokenCount.write(request);
		}
		catch (RefusedRequestException ex) {
			assertThat(ex.status()).isEqualTo(400);
		}
		return read;
	}

	private static List<Place> places(JsonNode parent) {
		List<Place> places = new ArrayList<>();
		if (parent instanceof ObjectNode object) {
			object.properties().forEach((field) -> {
				places.add(new Place(object, field.getKey(), -1, field.getValue()));
				places.addAll(places(field.getValue()));
			});
		}
		else if (parent instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				places.add(new Place(array, "", i, array.get(i)));
				places.addAll(places(array.get(i)));
			}
		}
		return places;
	}

	/**
	 * A place in a request.
	 *
	 * @param parent the object or array
	 * @param name the name of the field in an object
	 * @param index the index in an array
	 * @param original what stands there
	 */
	private record Place(JsonNode parent, String name, int index, JsonNode original) {

		void set(JsonNode other) {
			if (this.parent instanceof ObjectNode object) {
				object.set(this.name, other);
			}
			else {
				((ArrayNode) this.parent).set(this.index, other);
			}
		}

		void restore() {
			set(this.original);
		}

	}

}
