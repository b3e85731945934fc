package dev.switchboard.gateway.wire.openai;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.gateway.wire.WireRequest;
import dev.switchboard.options.Answers;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.options.ToolChoice;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;

import static org.assertj.core.api.Assertions.assertThat;

/** What is read from requests. */
class ChatReadingTests {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";

	private static final String CALL = """
			{"role":"assistant","content":null,"tool_calls":[
			 {"id":"call_1","type":"function","function":{"name":"read","arguments":"{\\"path\\":\\"a\\"}"}},
			 {"id":"call_2","type":"function","function":{"name":"list","arguments":""}}]}""";

	@Test
	void instructionsStayWhereTheyStood() {
		List<Message> messages = messages("""
				{"role":"system","content":"one"},{"role":"developer","content":[{"type":"text","text":"two"}]},
				{"role":"user","content":"hi"},{"role":"system","content":"three"},{"role":"system","content":""}""");
		assertThat(messages).extracting(Message::getMessageType)
			.containsExactly(MessageType.SYSTEM, MessageType.SYSTEM, MessageType.USER, MessageType.SYSTEM);
		assertThat(messages).extracting(Message::getText).containsExactly("one", "two", "hi", "three");
	}

	@Test
	void consecutiveMessagesOfTheUserSurvive() {
		assertThat(messages("""
				{"role":"user","content":"a"},{"role":"user","content":[{"type":"text","text":"b"},
				{"type":"text","text":"c"}]}""")).extracting(Message::getText).containsExactly("a", "b\n\nc");
	}

	@Test
	void picturesSoundsAndDocumentsComeWithTheirTypes() {
		UserMessage message = (UserMessage) messages("""
				{"role":"user","content":[{"type":"text","text":"look"},
				 {"type":"image_url","image_url":{"url":"data:image/png;base64,AQID","detail":"high"}},
				 {"type":"image_url","image_url":{"url":"https://example.com/cat.webp?size=1"}},
				 {"type":"image_url","image_url":{"url":"https://example.com/cat"}},
				 {"type":"input_audio","input_audio":{"data":"AQID","format":"mp3"}},
				 {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AQID"}},
				 {"type":"file","file":{"file_data":"AQ\\nID"}}]}""").get(0);
		assertThat(message.getText()).isEqualTo("look");
		assertThat(message.getMedia()).extracting((media) -> media.getMimeType().toString())
			.containsExactly("image/png", "image/webp", "image/jpeg", "audio/mp3", "application/pdf",
					"application/pdf");
		assertThat(message.getMedia().get(0).getData()).isEqualTo(new byte[] { 1, 2, 3 });
		assertThat(message.getMedia().get(5).getData()).isEqualTo(new byte[] { 1, 2, 3 });
		assertThat(message.getMedia().get(1).getData()).isEqualTo("https://example.com/cat.webp?size=1");
	}

	@Test
	void aDocumentOfTextIsToldAsText() {
		String notes = Base64.getEncoder().encodeToString("h\u00e9llo".getBytes(StandardCharsets.UTF_8));
		UserMessage message = (UserMessage) messages("""
				{"role":"user","content":[{"type":"text","text":"sum up"},{"type":"file",
				"file":{"filename":"notes.md","file_data":"data:text/markdown;base64,%s"}}]}""".formatted(notes))
			.get(0);
		assertThat(message.getText()).isEqualTo("sum up\n\nnotes.md\n\nh\u00e9llo");
		assertThat(message.getMedia()).isEmpty();
	}

	@Test
	void textsStayBesideTheirPictures() {
		String picture = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AQID\"}}";
		List<Message> before = messages(
				"""
						{"role":"user","content":[{"type":"text","text":"first:"},%1$s,{"type":"text","text":"second:"},%1$s,%1$s]}
						"""
					.formatted(picture));
		assertThat(before).extracting(Message::getText).containsExactly("first:", "second:");
		assertThat(before).extracting(ChatReadingTests::pictures).containsExactly(1, 2);
		List<Message> behind = messages("""
				{"role":"user","content":[%1$s,{"type":"text","text":"was one"},%1$s,{"type":"text","text":"was two"}]}
				""".formatted(picture));
		assertThat(behind).extracting(Message::getText).containsExactly("was one", "was two");
		assertThat(behind).extracting(ChatReadingTests::pictures).containsExactly(1, 1);
	}

	@Test
	void severalResultsInARowBecomeOneMessageWithTheNamesOfTheirFunctions() {
		List<Message> messages = messages(HI + "," + CALL
				+ """
						,{"role":"tool","tool_call_id":"call_2","content":[{"type":"text","text":"x"},{"type":"text","text":"y"}]},
						{"role":"tool","tool_call_id":"call_1","content":""},{"role":"user","content":"go on"}""");
		assertThat(messages).hasSize(4);
		AssistantMessage asking = (AssistantMessage) messages.get(1);
		assertThat(asking.getText()).isEmpty();
		assertThat(asking.getToolCalls()).extracting(AssistantMessage.ToolCall::arguments)
			.containsExactly("{\"path\":\"a\"}", "{}");
		assertThat(((ToolResponseMessage) messages.get(2)).getResponses())
			.containsExactly(new ToolResponse("call_2", "list", "x\n\ny"), new ToolResponse("call_1", "read", ""));
	}

	@Test
	void anEmptyOrMissingContentBesideToolCallsIsFine() {
		for (String content : List.of("", "\"content\":\"\",", "\"content\":null,")) {
			List<Message> messages = messages(HI + ",{\"role\":\"assistant\"," + content + """
					"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},
					{"role":"tool","tool_call_id":"c","content":"done"}""");
			assertThat(((AssistantMessage) messages.get(1)).getToolCalls()).hasSize(1);
		}
	}

	@Test
	void argumentsThatAreNoObjectArePutIntoOne() {
		AssistantMessage asking = (AssistantMessage) messages(HI + """
				,{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":"{\\"path\\": \\"a"}}]},
				{"role":"tool","tool_call_id":"c","content":"invalid JSON"}""").get(1);
		assertThat(asking.getToolCalls().get(0).arguments())
			.isEqualTo("{\"unparsed_arguments\":\"{\\\"path\\\": \\\"a\"}");
	}

	@Test
	void anAssistantsMessageThatSaysNothingIsLeftOut() {
		assertThat(messages(HI + """
				,{"role":"assistant","content":""},{"role":"assistant","content":null,"reasoning_content":"hm"},
				{"role":"user","content":"hello?"}""")).extracting(Message::getText).containsExactly("hi", "hello?");
	}

	@Test
	void refusalsAndThoughtsOfTheAssistantAreKept() {
		List<Message> messages = messages(
				HI + """
						,{"role":"assistant","content":null,"refusal":"I won't."},
						{"role":"assistant","content":[{"type":"refusal","refusal":"No."}]},
						{"role":"assistant","content":"yes","reasoning_content":"let me see"},{"role":"user","content":"ok"}""");
		assertThat(messages).extracting(Message::getText).containsExactly("hi", "I won't.", "No.", "yes", "ok");
		assertThat(messages.get(3).getMetadata()).containsEntry(Answers.REASONING, "let me see");
	}

	@Test
	void whatIsRememberedOfACallComesBackToItsMessage() {
		ToolCallMemory memory = (id) -> id.equals("call_2") ? Map.of("signature", "s", Answers.REASONING, "whole")
				: Map.of();
		WireRequest request = read("{\"messages\":[" + HI + ","
				+ CALL.replace("\"content\"", "\"reasoning_content\":\"shown\",\"content\"")
				+ ",{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"r\"}]}", memory);
		assertThat(request.messages().get(1).getMetadata()).containsEntry("signature", "s")
			.containsEntry(Answers.REASONING, "whole");
	}

	@Test
	void portableOptionsAreRead() {
		RouteChatOptions options = options("""
				"temperature":0,"top_p":0.5,"top_k":40,"max_tokens":10,"max_completion_tokens":20,"stop":["a","b"],
				"presence_penalty":1,"frequency_penalty":-1.5,"seed":7,"reasoning_effort":"low\"""");
		assertThat(options.getTemperature()).isZero();
		assertThat(options.getTopP()).isEqualTo(0.5);
		assertThat(options.getTopK()).isEqualTo(40);
		assertThat(options.getMaxTokens()).isEqualTo(20);
		assertThat(options.getStopSequences()).containsExactly("a", "b");
		assertThat(options.getPresencePenalty()).isEqualTo(1);
		assertThat(options.getFrequencyPenalty()).isEqualTo(-1.5);
		assertThat(options.common().seed()).isEqualTo(7);
		assertThat(options.common().reasoningEffort()).isEqualTo("low");
		assertThat(options.common().jsonObject()).isFalse();
	}

	@Test
	void whatIsNotAskedForIsNotSet() {
		assertThat(options("\"stream\":true,\"temperature\":null,\"tools\":[],\"n\":1,\"logprobs\":false,"
				+ "\"modalities\":[\"text\"],\"logit_bias\":{},\"response_format\":{\"type\":\"text\"}"))
			.isEqualTo(RouteChatOptions.empty());
	}

	@Test
	void optionsAreABuilderOfItsOwnForEachCall() {
		WireRequest request = read("{\"messages\":[" + HI + "]}", ToolCallMemory.NONE);
		request.options().temperature(1.0);
		assertThat(request.options().build().getTemperature()).isNull();
	}

	@Test
	void aSeedOf64BitsIsFoldedAlwaysToTheSame() {
		Integer seed = options("\"seed\":8612345678901234567").common().seed();
		assertThat(seed).isNotNull().isEqualTo(options("\"seed\":8612345678901234567").common().seed());
		assertThat(options("\"seed\":-1").common().seed()).isEqualTo(-1);
	}

	@Test
	void openRoutersWordsForReasoningAreUnderstood() {
		assertThat(options("\"reasoning\":{\"effort\":\"high\"}").common().reasoningEffort()).isEqualTo("high");
		assertThat(options("\"reasoning\":{\"enabled\":false}").common().reasoningEffort()).isEqualTo("none");
		assertThat(options("\"reasoning\":{\"max_tokens\":2000}").common().reasoningEffort()).isNull();
	}

	@Test
	void formatsOfTheAnswerAreRead() {
		assertThat(options("\"response_format\":{\"type\":\"json_object\"}").common().jsonObject()).isTrue();
		RouteChatOptions options = options("""
				"response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,
				"schema":{"type":"object","properties":{"a":{"type":"integer","maximum":9007199254740991}}}}}""");
		assertThat(MAPPER.readTree(options.getOutputSchema())).isEqualTo(MAPPER.readTree("""
				{"type":"object","properties":{"a":{"type":"integer","maximum":9007199254740991}}}"""));
		assertThat(options.common().jsonObject()).isFalse();
	}

	@Test
	void whatClineSendsIsUnderstood() {
		RouteChatOptions options = options("""
				"stream":true,"stream_options":{"include_usage":true},"tool_choice":"auto","tools":[
				{"type":"function","function":{"name":"read_files","description":"Reads","parameters":{
				 "$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","additionalProperties":false,
				 "properties":{"limit":{"anyOf":[{"type":"integer","exclusiveMinimum":0,"maximum":9007199254740991},
				 {"type":"null"}]}}},"strict":false}},
				{"type":"function","function":{"name":"done"}}]""");
		assertThat(options.getToolCallbacks()).extracting((tool) -> tool.getToolDefinition().name())
			.containsExactly("read_files", "done");
		assertThat(options.getToolCallbacks().get(0).getToolDefinition().description()).isEqualTo("Reads");
		assertThat(options.getToolCallbacks().get(0).getToolDefinition().inputSchema()).contains(
				"\"maximum\":9007199254740991", "\"exclusiveMinimum\":0", "{\"type\":\"null\"}",
				"\"additionalProperties\":false");
		assertThat(options.getToolCallbacks().get(1).getToolDefinition().inputSchema())
			.isEqualTo("{\"type\":\"object\",\"properties\":{}}");
		assertThat(options.common().toolChoice()).isEqualTo(ToolChoice.AUTO);
	}

	@Test
	void toolChoicesAreRead() {
		assertThat(choice("\"none\"")).isEqualTo(ToolChoice.NONE);
		assertThat(choice("\"required\"")).isEqualTo(ToolChoice.REQUIRED);
		assertThat(choice("{\"type\":\"function\",\"function\":{\"name\":\"g\"}}")).isEqualTo(ToolChoice.function("g"));
	}

	@Test
	void ofToolsThatAreNotAllowedTheModelDoesNotHear() {
		RouteChatOptions options = withTools("""
				{"type":"allowed_tools","allowed_tools":{"mode":"required",
				"tools":[{"type":"function","function":{"name":"g"}}]}}""");
		assertThat(options.getToolCallbacks()).extracting((tool) -> tool.getToolDefinition().name())
			.containsExactly("g");
		assertThat(options.common().toolChoice()).isEqualTo(ToolChoice.REQUIRED);
	}

	@Test
	void withoutToolsNothingIsSaidOfCallingThem() {
		RouteChatOptions options = options("\"tool_choice\":\"auto\",\"parallel_tool_calls\":false");
		assertThat(options).isEqualTo(RouteChatOptions.empty());
	}

	@Test
	void fieldsThatAreHintsOrUnknownDoNoHarm() {
		assertThat(options("""
				"user":"u","metadata":{"a":"b"},"store":true,"service_tier":"flex","prompt_cache_key":"k",
				"prompt_cache_retention":"24h","safety_identifier":"s","verbosity":"low",
				"prediction":{"type":"content","content":"x"},"made_up":[1]""")).isEqualTo(RouteChatOptions.empty());
	}

	private static int pictures(Message message) {
		List<Media> media = ((UserMessage) message).getMedia();
		return media.size();
	}

	private static ToolChoice choice(String choice) {
		return withTools(choice).common().toolChoice();
	}

	private static RouteChatOptions withTools(String choice) {
		return options("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},"
				+ "{\"type\":\"function\",\"function\":{\"name\":\"g\"}}],\"tool_choice\":" + choice);
	}

	private static List<Message> messages(String messages) {
		return read("{\"model\":\"r\",\"messages\":[" + messages + "]}", ToolCallMemory.NONE).messages();
	}

	private static RouteChatOptions options(String fields) {
		return read("{\"model\":\"r\",\"messages\":[" + HI + "]," + fields + "}", ToolCallMemory.NONE).options()
			.build();
	}

	private static WireRequest read(String json, ToolCallMemory memory) {
		return new OpenAiChatWire().read((ObjectNode) MAPPER.readTree(json), memory);
	}

}
