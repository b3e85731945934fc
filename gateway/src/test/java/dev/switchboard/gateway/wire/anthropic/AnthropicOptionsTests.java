package dev.switchboard.gateway.wire.anthropic;

import java.util.List;

import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.options.CommonOptions;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.options.ToolChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class AnthropicOptionsTests {

	private static final String TOOL = """
			{"name": "clock", "description": "Tells the time", "input_schema": {"type": "object"}}""";

	private static final String SEARCH = """
			{"type": "web_search_20250305", "name": "web_search", "max_uses": 8}""";

	private final AnthropicMessagesWire wire = new AnthropicMessagesWire();

	@Test
	void whatClaudeCodeAsksForIsAsked() {
		RouteChatOptions options = read(ClaudeCode.FIRST);

		assertThat(options.getMaxTokens()).isEqualTo(32000);
		assertThat(options.common()).isEqualTo(new CommonOptions(null, null, "high", null, false));
		assertThat(definitions(options)).extracting(ToolDefinition::name).containsExactly("Read", "WebFetch");
		JsonNode schema = JsonMapper.shared().readTree(definitions(options).get(0).inputSchema());
		assertThat(schema.at("/properties/limit/exclusiveMinimum").asInt(-1)).isZero();
		assertThat(schema.path("additionalProperties").isBoolean()).isTrue();
	}

	@Test
	void portableOptionsAreRead() {
		RouteChatOptions options = options("""
				"temperature": 0.5, "top_p": 0.9, "top_k": 40, "stop_sequences": ["END"], "service_tier": "auto",
				"metadata": {"user_id": "u"}, "stream": false, "nobody_knows": {"this": 1}""");

		assertThat(options.getTemperature()).isEqualTo(0.5);
		assertThat(options.getTopP()).isEqualTo(0.9);
		assertThat(options.getTopK()).isEqualTo(40);
		assertThat(options.getStopSequences()).containsExactly("END");
		assertThat(options.common()).isEqualTo(CommonOptions.NONE);
		assertThat(options.getToolCallbacks()).isNull();
	}

	@Test
	void eachCallGetsABuilderOfItsOwn() {
		var request = this.wire.read(Sdk.request(request("\"temperature\": 0.5")), ToolCallMemory.NONE);

		request.options().temperature(1.0);

		assertThat(request.options().build().getTemperature()).isEqualTo(0.5);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null", textBlock = """
			"thinking": {"type": "disabled"}                                              | none
			"thinking": {"type": "disabled"}, "output_config": {"effort": "high"}         | none
			"thinking": {"type": "enabled", "budget_tokens": 1024}                        | low
			"thinking": {"type": "enabled", "budget_tokens": 10000}                       | medium
			"thinking": {"type": "enabled", "budget_tokens": 31999, "display": "omitted"} | high
			"thinking": {"type": "adaptive"}                                              | null
			"thinking": {"type": "between_tools"}                                         | null
			"thinking": {"type": "adaptive"}, "output_config": {"effort": "low"}          | low
			"output_config": {"effort": "xhigh"}                                          | xhigh
			"output_config": {"effort": "max"}                                            | xhigh
			"output_config": {"effort": "boundless"}                                      | null
			"stream": true                                                                | null
			""")
	void thinkingBecomesAnEffort(String fields, String effort) {
		assertThat(options(fields).common().reasoningEffort()).isEqualTo(effort);
	}

	@Test
	void anOutputFormatIsASchema() {
		String format = """
				{"type": "json_schema", "schema": {"type": "object", "properties": {"a": {"type": "string"}}}}""";

		String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}";
		assertThat(options("\"output_config\": {\"format\": " + format + "}").getOutputSchema()).isEqualTo(schema);
		assertThat(options("\"output_format\": " + format).getOutputSchema()).isEqualTo(schema);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null", textBlock = """
			{"type": "auto"}                                    | AUTO     | null  | null
			{"type": "any"}                                     | REQUIRED | null  | null
			{"type": "none"}                                    | NONE     | null  | null
			{"type": "tool", "name": "clock"}                   | FUNCTION | clock | null
			{"type": "auto", "disable_parallel_tool_use": true} | AUTO     | null  | false
			{"type": "any", "disable_parallel_tool_use": false} | REQUIRED | null  | null
			""")
	void aToolChoiceIsRead(String choice, ToolChoice.Kind kind, String name, Boolean parallel) {
		CommonOptions common = options("\"tools\": [" + TOOL + "], \"tool_choice\": " + choice).common();

		assertThat(common.toolChoice()).isEqualTo(new ToolChoice(kind, name));
		assertThat(common.parallelToolCalls()).isEqualTo(parallel);
	}

	@Test
	void aToolIsToldAndNeverRunHere() {
		ToolCallback tool = options("\"tools\": [{\"type\": \"custom\", \"cache_control\": {\"type\": \"ephemeral\"}, "
				+ TOOL.substring(1) + "]")
			.getToolCallbacks()
			.get(0);

		assertThat(tool.getToolDefinition().description()).isEqualTo("Tells the time");
		assertThat(tool.getToolDefinition().inputSchema()).isEqualTo("{\"type\":\"object\"}");
		assertThatIllegalStateException().isThrownBy(() -> tool.call("{}"));
	}

	@Test
	void aToolThatOnlyAnthropicHasIsLeftOutBesideOthers() {
		RouteChatOptions options = options("\"tools\": [" + SEARCH + ", " + TOOL
				+ ", {\"name\": \"for_code\", \"input_schema\": {}, \"allowed_callers\": [\"code_execution_20260120\"]}]");

		assertThat(definitions(options)).extracting(ToolDefinition::name).containsExactly("clock");
	}

	@Test
	void aToolThatOnlyAnthropicHasIsRefusedWhereNothingElseWillDo() {
		assertRefused("\"tools\": [" + SEARCH + "]", "unsupported_parameter", "tools[0].type");
		assertRefused(
				"\"tools\": [" + SEARCH + ", " + TOOL
						+ "], \"tool_choice\": {\"type\": \"tool\", \"name\": \"web_search\"}",
				"unsupported_parameter", "tool_choice.name");
	}

	@Test
	void toolsThatTheConversationAddsOrTakesAwayAreThoseOfItsEnd() {
		RouteChatOptions options = read("""
				{"model": "code", "max_tokens": 10, "tools": [%s, {"name": "gone", "input_schema": {}},
				  {"name": "back", "input_schema": {}}],
				 "messages": [
				  {"role": "user", "content": "Hi"},
				  {"role": "system", "content": [
				    {"type": "tool_removal", "tool": {"type": "tool_reference", "name": "gone"}},
				    {"type": "tool_removal", "tool": {"type": "tool_reference", "tool_name": "back"}},
				    {"type": "tool_addition", "tool": {"type": "tool_reference", "tool_name": "back"}},
				    {"type": "tool_addition", "tool": {"type": "tool_definition", "definition":
				      {"name": "new", "input_schema": {"type": "object"}}}}
				  ]}
				 ]}
				""".formatted(TOOL));

		assertThat(definitions(options)).extracting(ToolDefinition::name).containsExactly("clock", "back", "new");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					"max_tokens": null                                             | max_tokens
					"max_tokens": 0                                                | max_tokens
					"max_tokens": 1.5                                              | max_tokens
					"temperature": "hot"                                           | temperature
					"top_k": 0.5                                                   | top_k
					"stop_sequences": [1]                                          | stop_sequences
					"stream": "yes"                                                | stream
					"system": 1                                                    | system
					"tools": {}                                                    | tools
					"tools": [{"input_schema": {}}]                                | tools[0].name
					"tools": [{"name": "a"}]                                       | tools[0].input_schema
					"tools": [{"name": "a", "input_schema": "b"}]                  | tools[0].input_schema
					"tool_choice": {"type": "any"}                                 | tool_choice.type
					"tools": [{"name": "a", "input_schema": {}}], "tool_choice": {"type": "tool", "name": "b"} | tool_choice.name
					"tools": [{"name": "a", "input_schema": {}}], "tool_choice": {"type": "some"}              | tool_choice.type
					"thinking": {"type": "enabled"}                                | thinking.budget_tokens
					"thinking": {}                                                 | thinking.type
					"output_config": {"format": {"type": "json_schema"}}           | output_config.format.schema
					""")
	void whatIsMalformedIsRefusedByItsPath(String fields, String path) {
		assertRefused(fields, "invalid_request", path);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"container": "c1"                                    | container
			"mcp_servers": [{"type": "url"}]                     | mcp_servers
			"inference_geo": "us"                                | inference_geo
			"output_config": {"format": {"type": "grammar"}}     | output_config.format.type
			""")
	void whatCannotBeTranslatedIsRefusedByItsPath(String fields, String path) {
		assertRefused(fields, "unsupported_parameter", path);
	}

	@Test
	void noServersAndNoRegionInParticularAreNothingToRefuse() {
		assertThat(options("\"mcp_servers\": [], \"inference_geo\": \"global\"").getMaxTokens()).isEqualTo(100);
	}

	@Test
	void aThreadIsRefusedInTheWordsThatMakeTheToolRunnerSendEverything() {
		assertRefused("\"thread\": {\"type\": \"create\"}", "thread_unsupported_request", "thread");
	}

	private void assertRefused(String fields, String code, String path) {
		assertThatExceptionOfType(RefusedRequestException.class).isThrownBy(() -> options(fields))
			.satisfies((refused) -> {
				assertThat(refused.status()).isEqualTo(400);
				assertThat(refused.code()).isEqualTo(code);
				assertThat(refused.param()).isEqualTo(path);
			});
	}

	private RouteChatOptions options(String fields) {
		return read(request(fields));
	}

	private static String request(String fields) {
		String maxTokens = fields.contains("\"max_tokens\"") ? "" : "\"max_tokens\": 100, ";
		return "{\"model\": \"code\", " + maxTokens + "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], "
				+ fields + "}";
	}

	private RouteChatOptions read(String json) {
		return this.wire.read(Sdk.request(json), ToolCallMemory.NONE).options().build();
	}

	private static List<ToolDefinition> definitions(RouteChatOptions options) {
		return options.getToolCallbacks().stream().map(ToolCallback::getToolDefinition).toList();
	}

}
