package dev.switchboard.docs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.gateway.wire.anthropic.AnthropicMessagesWire;
import dev.switchboard.gateway.wire.openai.ChatField;
import dev.switchboard.gateway.wire.openai.ChatFields;
import dev.switchboard.gateway.wire.responses.ResponsesFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The tables of what becomes of a request's fields are those of the code, or what the
 * code does.
 */
class CompatibilityTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Document PAGE = Document.of("docs/gateway-compatibility.md");

	/** What stands for a row of the table on Anthropic's wire; rows of one fate each. */
	private static final Map<String, String> EXAMPLES = Map.ofEntries(Map.entry("`model`", "{}"),
			Map.entry("`system`", "{'system': [{'type': 'text', 'text': 'Be brief.'}]}"),
			Map.entry("`messages`",
					"{'messages': [{'role': 'user', 'content': 'a'}, {'role': 'system', 'content': 'b'}]}"),
			Map.entry("`messages[]` last, of role assistant",
					"{'messages': [{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content': 'b'}]}"),
			Map.entry("`max_tokens`", "{'max_tokens': 7}"), Map.entry("`temperature`", "{'temperature': 0.5}"),
			Map.entry("`top_p`", "{'top_p': 0.5}"), Map.entry("`top_k`", "{'top_k': 5}"),
			Map.entry("`stop_sequences`", "{'stop_sequences': ['x']}"), Map.entry("`stream`", "{'stream': true}"),
			Map.entry("`tools[]`: with input_schema", "{'tools': [{'name': 'a', 'input_schema': {}}]}"),
			Map.entry("`tools[]`: of Anthropic's own beside others",
					"{'tools': [{'name': 'a', 'input_schema': {}}, {'type': 'web_search_20250305', 'name': 'b'}]}"),
			Map.entry("`tools[]`: of Anthropic's own alone",
					"{'tools': [{'type': 'web_search_20250305', 'name': 'b'}]}"),
			Map.entry("`tool_choice`",
					"{'tools': [{'name': 'a', 'input_schema': {}}], 'tool_choice': {'type': 'tool', 'name': 'a'}}"),
			Map.entry("`tool_choice.disable_parallel_tool_use`",
					"{'tools': [{'name': 'a', 'input_schema': {}}], "
							+ "'tool_choice': {'type': 'auto', 'disable_parallel_tool_use': true}}"),
			Map.entry("`thinking`", "{'thinking': {'type': 'enabled', 'budget_tokens': 2000}}"),
			Map.entry("`thinking.display`", "{'thinking': {'type': 'adaptive', 'display': 'omitted'}}"),
			Map.entry("`output_config.effort`", "{'output_config': {'effort': 'max'}}"),
			Map.entry("`output_config.format`", "{'output_config': {'format': {'type': 'json_schema', 'schema': {}}}}"),
			Map.entry("`output_config.format`, another type", "{'output_config': {'format': {'type': 'grammar'}}}"),
			Map.entry("`metadata`", "{'metadata': {'user_id': 'a'}}"),
			Map.entry("`service_tier`", "{'service_tier': 'auto'}"),
			Map.entry("`context_management`", "{'context_management': {'edits': []}}"),
			Map.entry("`cache_control`", "{'cache_control': {'type': 'ephemeral'}}"),
			Map.entry("`inference_geo` of `global`", "{'inference_geo': 'global'}"),
			Map.entry("`inference_geo`", "{'inference_geo': 'us'}"),
			Map.entry("`thread`", "{'thread': {'type': 'create'}}"), Map.entry("`container`", "{'container': 'a'}"),
			Map.entry("`mcp_servers`", "{'mcp_servers': [{}]}"),
			Map.entry("`content[]`: text", content("{'type': 'text', 'text': 'a'}")),
			Map.entry("`content[]`: image",
					content("{'type': 'image', 'source': {'type': 'url', 'url': 'https://example.com/a.png'}}")),
			Map.entry("`content[]`: image of a file",
					content("{'type': 'image', 'source': {'type': 'file', 'file_id': 'a'}}")),
			Map.entry("`content[]`: document", content(
					"{'type': 'document', 'source': {'type': 'text', 'data': 'a', 'media_type': 'text/plain'}}")),
			Map.entry("`content[]`: document of a file",
					content("{'type': 'document', 'source': {'type': 'file', 'file_id': 'a'}}")),
			Map.entry("`content[]`: search_result",
					content("{'type': 'search_result', 'title': 'a', 'source': 'b', "
							+ "'content': [{'type': 'text', 'text': 'c'}]}")),
			Map.entry("`content[]`: tool_use", said("{'type': 'tool_use', 'id': 'a', 'name': 'b', 'input': {}}")),
			Map.entry("`content[]`: tool_result", "{'messages': [{'role': 'assistant', 'content': "
					+ "[{'type': 'tool_use', 'id': 'a', 'name': 'b', 'input': {}}]}, {'role': 'user', 'content': "
					+ "[{'type': 'tool_result', 'tool_use_id': 'a', 'content': 'c', 'is_error': true}]}]}"),
			Map.entry("`content[]`: thinking", said("{'type': 'thinking', 'thinking': 'a', 'signature': 'b'}")),
			Map.entry("`content[]`: server_tool_use",
					said("{'type': 'server_tool_use', 'id': 'a', 'name': 'b', 'input': {}}")),
			Map.entry("`content[]`: compaction", said("{'type': 'compaction', 'content': 'a'}")),
			Map.entry("`content[]`: of an unknown type", content("{'type': 'hologram'}")),
			Map.entry("`tool_addition`, `tool_removal` in system messages",
					"{'messages': [{'role': 'user', 'content': 'a'}, {'role': 'system', 'content': "
							+ "[{'type': 'tool_removal', 'tool': {'name': 'b'}}]}]}"));

	private static String content(String block) {
		return "{'messages': [{'role': 'user', 'content': [" + block + "]}]}";
	}

	private static String said(String block) {
		return "{'messages': [{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content': [" + block
				+ "]}, {'role': 'user', 'content': 'b'}]}";
	}

	@Test
	void everyFieldOfChatCompletionsIsListed() {
		assertThat(below("<!-- chat:")).containsExactlyElementsOf(rows(ChatFields.ALL));
	}

	@Test
	void everyFieldOfResponsesIsListed() {
		assertThat(below("<!-- responses:")).containsExactlyElementsOf(rows(ResponsesFields.ALL));
	}

	private static List<List<String>> below(String mark) {
		List<String> lines = PAGE.lines();
		int begin = 0;
		while (!lines.get(begin).startsWith(mark)) {
			begin++;
		}
		return new Document(PAGE.path(), lines.subList(begin, lines.size())).table("| Field | Fate | |");
	}

	private static List<List<String>> rows(List<ChatField> fields) {
		return fields.stream()
			.map((field) -> List.of("`" + field.path() + "`", field.fate().name().toLowerCase(Locale.ROOT),
					field.note()))
			.toList();
	}

	static Stream<List<String>> rowsOfAnthropicsWire() {
		List<String> lines = PAGE.lines();
		int begin = lines.indexOf("## `POST /anthropic/v1/messages`");
		return new Document(PAGE.path(), lines.subList(begin, lines.size())).table("| Field | Fate | |").stream();
	}

	@ParameterizedTest
	@MethodSource("rowsOfAnthropicsWire")
	void fieldsOfAnthropicsWireFareAsListed(List<String> row) {
		String example = EXAMPLES.get(row.get(0));
		assertThat(example).as("an example of " + row.get(0)).isNotNull();
		ObjectNode request = (ObjectNode) JSON.readTree(
				"{\"model\": \"any\", \"max_tokens\": 100, \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}");
		request.setAll((ObjectNode) JSON.readTree(example.replace('\'', '"')));
		AnthropicMessagesWire wire = new AnthropicMessagesWire();

		if (row.get(1).equals("refused")) {
			assertThatExceptionOfType(RefusedRequestException.class)
				.isThrownBy(() -> wire.read(request, ToolCallMemory.NONE))
				.satisfies((ex) -> assertThat(ex.code()).isIn("unsupported_parameter", "thread_unsupported_request"));
		}
		else {
			assertThatCode(() -> wire.read(request, ToolCallMemory.NONE)).doesNotThrowAnyException();
		}
	}

}
