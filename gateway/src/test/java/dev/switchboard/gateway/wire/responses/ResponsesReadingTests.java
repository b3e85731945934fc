package dev.switchboard.gateway.wire.responses;

import java.util.List;
import java.util.Map;

import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.gateway.wire.WireRequest;
import dev.switchboard.options.Answers;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.options.ToolChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is understood of requests. */
class ResponsesReadingTests {

	private static final String FUNCTION = "{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}";

	@Test
	void aTextIsWhatTheUserSays() {
		List<Message> messages = read("{\"instructions\":\"be brief\",\"input\":\"hi\"}").messages();
		assertThat(messages).extracting(Message::getMessageType).containsExactly(MessageType.SYSTEM, MessageType.USER);
		assertThat(messages).extracting(Message::getText).containsExactly("be brief", "hi");
	}

	@Test
	void codexsFirstTurnIsUnderstood() {
		WireRequest request = read(Codex.first("m"));
		assertThat(request.messages()).extracting(Message::getText)
			.containsExactly("You are Codex.", "<environment_context>zsh</environment_context>", "List the files.");
		RouteChatOptions options = request.options().build();
		assertThat(names(options)).containsExactly("exec_command", "apply_patch", "mcp__notes__search");
		assertThat(options.common().reasoningEffort()).isEqualTo("medium");
		assertThat(options.common().toolChoice()).isEqualTo(ToolChoice.AUTO);
		assertThat(options.common().parallelToolCalls()).isTrue();
	}

	@Test
	void aCustomToolIsAFunctionOfOneTextThatTellsTheGrammar() {
		ToolDefinition patch = tools(read(Codex.first("m")).options().build()).get(1).getToolDefinition();
		assertThat(patch.description()).startsWith("Edits files")
			.contains("lark", "start: begin_patch hunk+ end_patch");
		assertThat(JsonMapper.shared().readTree(patch.inputSchema()).at("/properties/input/type").asString())
			.isEqualTo("string");
	}

	@Test
	void codexsNextTurnIsOneTurnOfTheAssistantAndItsResult() {
		List<Message> messages = read(Codex.second("m", "call_1")).messages();
		assertThat(messages).hasSize(5);
		AssistantMessage assistant = (AssistantMessage) messages.get(3);
		assertThat(assistant.getToolCalls())
			.containsExactly(new ToolCall("call_1", "function", "exec_command", "{\"cmd\":\"ls\"}"));
		assertThat(assistant.getMetadata()).containsEntry(Answers.REASONING, "I need ls.");
		assertThat(results(messages.get(4))).containsExactly(new ToolResponse("call_1", "exec_command", "README.md"));
	}

	@Test
	void whatWasSaidAndCalledInARowIsOneMessage() {
		List<Message> messages = read(Codex.request("m", """
				{"role":"user","content":"go"},
				{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Looking."}]},
				{"type":"function_call","call_id":"a","name":"search","namespace":"mcp__notes","arguments":""},
				{"type":"custom_tool_call","call_id":"b","name":"apply_patch","input":"*** Begin \\"Patch\\""},
				{"type":"function_call_output","call_id":"a","output":[{"type":"input_text","text":"found"}]},
				{"type":"custom_tool_call_output","call_id":"b","output":"Done"},
				{"type":"message","role":"assistant","content":"Finished."},
				{"role":"user","content":"thanks"}""")).messages();
		assertThat(messages).extracting(Message::getMessageType)
			.containsExactly(MessageType.USER, MessageType.ASSISTANT, MessageType.TOOL, MessageType.ASSISTANT,
					MessageType.USER);
		AssistantMessage assistant = (AssistantMessage) messages.get(1);
		assertThat(assistant.getText()).isEqualTo("Looking.");
		assertThat(assistant.getToolCalls()).containsExactly(new ToolCall("a", "function", "mcp__notes__search", "{}"),
				new ToolCall("b", "function", "apply_patch", "{\"input\":\"*** Begin \\\"Patch\\\"\"}"));
		assertThat(results(messages.get(2))).extracting(ToolResponse::responseData).containsExactly("found", "Done");
	}

	@Test
	void whatIsRememberedOfACallComesBackWithIt() {
		ToolCallMemory memory = (id) -> id.equals("call_1") ? Map.of("signature", "s", Answers.REASONING, "all")
				: Map.of();
		WireRequest request = new OpenAiResponsesWire().read(body(Codex.second("m", "call_1")), memory);
		assertThat(request.messages().get(3).getMetadata()).containsEntry("signature", "s")
			.containsEntry(Answers.REASONING, "all");
	}

	@Test
	void picturesAndFilesStayBesideTheirTexts() {
		UserMessage message = (UserMessage) read("""
				{"input":[{"role":"user","content":[{"type":"input_text","text":"what?"},
				{"type":"input_image","image_url":"data:image/png;base64,AQID","detail":"auto"},
				{"type":"input_file","file_url":"https://example.org/a.pdf"}]}]}""").messages().get(0);
		assertThat(message.getMedia()).extracting((media) -> media.getMimeType().toString())
			.containsExactly("image/png", "application/pdf");
	}

	@Test
	void aPictureThatAToolReturnsFollowsItsResult() {
		List<Message> messages = read("""
				{"input":[{"type":"function_call","call_id":"a","name":"view","arguments":"{}"},
				{"type":"function_call_output","call_id":"a","output":[
				{"type":"input_image","image_url":"data:image/png;base64,AQID"}]}]}""").messages();
		assertThat(results(messages.get(1)).get(0).responseData()).contains("next message");
		assertThat(messages).hasSize(3);
		assertThat(messages.get(2).getText()).contains("'view'");
		assertThat(((UserMessage) messages.get(2)).getMedia()).hasSize(1);
	}

	@Test
	void whatOpenAiDidItselfIsLeftOut() {
		assertThat(read("""
				{"input":[{"role":"user","content":"news?"},{"type":"web_search_call","id":"ws_1","status":"completed"},
				{"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"No."}]}]}""").messages())
			.extracting(Message::getText)
			.containsExactly("news?", "No.");
	}

	@Test
	void toolsThatWereFoundAreTools() {
		assertThat(names(read("""
				{"input":[{"role":"user","content":"hi"},
				{"type":"tool_search_call","call_id":"s","execution":"client","arguments":{}},
				{"type":"tool_search_output","call_id":"s","status":"completed","execution":"client","tools":[%1$s]}],
				"tools":[%1$s,{"type":"tool_search"}]}""".formatted(FUNCTION)).options().build())).containsExactly("f");
	}

	@Test
	void namesThatWouldCollideOrBeTooLongAreMadeUnique() {
		String longName = "n".repeat(60);
		List<String> names = names(read("""
				{"input":"hi","tools":[{"type":"namespace","name":"a","tools":[{"type":"function","name":"b"},
				{"type":"function","name":"%s"},{"type":"function","name":"in.dots"}]},
				{"type":"function","name":"a__b"}]}""".formatted(longName)).options().build());
		assertThat(names).hasSize(4)
			.doesNotHaveDuplicates()
			.contains("a__b")
			.allMatch((name) -> name.matches("[A-Za-z0-9_-]{1,64}"));
	}

	@Test
	void optionsAreRead() {
		RouteChatOptions options = read("""
				{"input":"hi","temperature":0.5,"top_p":0.9,"max_output_tokens":77,"store":true,"truncation":"auto",
				"text":{"format":{"type":"json_schema","name":"p","schema":{"type":"object"}},"verbosity":"low"}}""")
			.options()
			.build();
		assertThat(options.getTemperature()).isEqualTo(0.5);
		assertThat(options.getTopP()).isEqualTo(0.9);
		assertThat(options.getMaxTokens()).isEqualTo(77);
		assertThat(options.getOutputSchema()).isEqualTo("{\"type\":\"object\"}");
		assertThat(read("{\"input\":\"hi\",\"text\":{\"format\":{\"type\":\"json_object\"}}}").options()
			.build()
			.common()
			.jsonObject()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "\"none\"|NONE", "\"required\"|REQUIRED",
			"{\"type\":\"function\",\"name\":\"f\"}|FUNCTION",
			"{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]}|REQUIRED" })
	void toolChoicesAreRead(String choice, ToolChoice.Kind kind) {
		RouteChatOptions options = read("""
				{"input":"hi","tool_choice":%s,"tools":[%s,{"type":"custom","name":"c"},{"type":"web_search"}]}"""
			.formatted(choice, FUNCTION)).options().build();
		ToolChoice read = options.common().toolChoice();
		assertThat(read).isNotNull();
		assertThat(read.kind()).isEqualTo(kind);
		assertThat(names(options)).hasSize(choice.contains("allowed") ? 1 : 2);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\"previous_response_id\":\"resp_1\"", "\"conversation\":\"conv_1\"", "\"background\":true",
					"\"prompt\":{\"id\":\"p\"}", "\"top_logprobs\":2", "\"include\":[\"message.output_text.logprobs\"]",
					"\"tool_choice\":{\"type\":\"web_search\"}", "\"text\":{\"format\":{\"type\":\"grammar\"}}" })
	void whatWouldBeMissedIsRefused(String field) {
		assertRefused("{\"input\":\"hi\"," + field + "}", "unsupported_parameter",
				field.substring(1, field.indexOf('"', 1)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"item_reference\",\"id\":\"msg_1\"}",
			"{\"type\":\"compaction\",\"encrypted_content\":\"x\"}", "{\"type\":\"unheard_of\"}",
			"{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_id\":\"file_1\"}]}",
			"{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":\"file_1\"}]}" })
	void itemsThatOnlyOneProviderCanReadAreRefused(String item) {
		assertRefused("{\"input\":[{\"role\":\"user\",\"content\":\"hi\"}," + item + "]}", "unsupported_parameter",
				"input[1]");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"input\":[]}|input",
			"{\"input\":[{\"role\":\"robot\",\"content\":\"x\"}]}|input[0].role",
			"{\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"a\",\"output\":\"x\"}]}|input[0].call_id",
			"{\"input\":\"hi\",\"reasoning\":{\"effort\":\"huge\"}}|reasoning.effort",
			"{\"input\":\"hi\",\"max_output_tokens\":0}|max_output_tokens",
			"{\"input\":\"hi\",\"tool_choice\":\"required\",\"tools\":[]}|tool_choice" })
	void whatIsMalformedIsRefused(String request, String param) {
		assertRefused(request, "invalid_request", param);
	}

	@Test
	void whatAsksForNothingIsNoTrouble() {
		assertThat(
				read("""
						{"input":"hi","background":false,"previous_response_id":null,"include":[],"top_logprobs":0,"prompt":null,
						"reasoning":null,"text":null,"tools":[],"tool_choice":"auto","parallel_tool_calls":true}""")
					.messages())
			.hasSize(1);
	}

	private static void assertRefused(String request, String code, String param) {
		assertThatExceptionOfType(RefusedRequestException.class).isThrownBy(() -> read(request)).satisfies((ex) -> {
			assertThat(ex.code()).isEqualTo(code);
			assertThat(ex.param()).startsWith(param);
			assertThat(ex.status()).isEqualTo(400);
		});
	}

	private static WireRequest read(String json) {
		return new OpenAiResponsesWire().read(body(json), ToolCallMemory.NONE);
	}

	private static ObjectNode body(String json) {
		return (ObjectNode) JsonMapper.shared().readTree(json);
	}

	private static List<ToolCallback> tools(RouteChatOptions options) {
		List<ToolCallback> tools = options.getToolCallbacks();
		return (tools != null) ? tools : List.of();
	}

	private static List<String> names(RouteChatOptions options) {
		return tools(options).stream().map((tool) -> tool.getToolDefinition().name()).toList();
	}

	private static List<ToolResponse> results(Message message) {
		return ((ToolResponseMessage) message).getResponses();
	}

}
