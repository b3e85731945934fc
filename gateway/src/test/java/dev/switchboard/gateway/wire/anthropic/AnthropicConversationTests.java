package dev.switchboard.gateway.wire.anthropic;

import java.util.List;
import java.util.Map;

import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.gateway.wire.WireRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

class AnthropicConversationTests {

	private static final String PIXEL = "iVBORw0KGgo=";

	private static final String CALL = """
			{"role": "user", "content": "Look"},
			{"role": "assistant", "content": [
			  {"type": "tool_use", "id": "t1", "name": "screenshot", "input": {}},
			  {"type": "tool_use", "id": "t2", "name": "clock", "input": {"zone": "UTC"}}
			]},
			""";

	private final AnthropicMessagesWire wire = new AnthropicMessagesWire();

	@Test
	void whatClaudeCodeSendsFirstIsReadWithEachMessageWhereItStood() {
		List<Message> messages = read(ClaudeCode.FIRST, ToolCallMemory.NONE).messages();

		assertThat(messages).extracting(Message::getMessageType)
			.containsExactly(MessageType.SYSTEM, MessageType.USER, MessageType.SYSTEM);
		assertThat(messages.get(0).getText()).isEqualTo("You are Claude Code.\n\nBe short.");
		assertThat(messages.get(1).getText()).startsWith("<system-reminder>").contains("Please call Read");
		assertThat(messages.get(2).getText()).isEqualTo("The working directory is /tmp.");
	}

	@Test
	void whatClaudeCodeSendsNextKeepsTheCallAndItsResultTogether() {
		List<Message> messages = read(ClaudeCode.second("toolu_1"), ToolCallMemory.NONE).messages();

		AssistantMessage asking = (AssistantMessage) messages.get(3);
		assertThat(asking.getText()).isEqualTo("I read it.");
		assertThat(asking.getToolCalls())
			.containsExactly(new ToolCall("toolu_1", "function", "Read", "{\"file_path\":\"/tmp/a.txt\"}"));
		assertThat(results(messages.get(4))).containsExactly(new ToolResponse("toolu_1", "Read", "1\thello"));
	}

	@Test
	void whatIsRememberedOfACallComesBackWithIt() {
		Map<String, Object> remembered = Map.of("thoughtSignatures", "abc");

		List<Message> messages = read(ClaudeCode.second("toolu_1"),
				(id) -> id.equals("toolu_1") ? remembered : Map.of())
			.messages();

		assertThat(messages.get(3).getMetadata()).containsAllEntriesOf(remembered);
	}

	@Test
	void thoughtsAndWorkOfAnthropicsServersAreLeftOut() {
		List<Message> messages = messages("""
				{"role": "user", "content": "Search"},
				{"role": "assistant", "content": [
				  {"type": "redacted_thinking", "data": "xyz"},
				  {"type": "text", "text": "I search."},
				  {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {"query": "q"}},
				  {"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1", "content": []},
				  {"type": "text", "text": "Found ", "citations": []},
				  {"type": "text", "text": "it."}
				]},
				{"role": "assistant", "content": [{"type": "thinking", "thinking": "Hm", "signature": "s"}]},
				{"role": "user", "content": "Thanks"}
				""");

		assertThat(messages).extracting(Message::getText).containsExactly("Search", "I search.\n\nFound it.", "Thanks");
	}

	@Test
	void messagesOfOneRoleAfterEachOtherStayApart() {
		assertThat(messages("""
				{"role": "user", "content": "One"}, {"role": "user", "content": "Two"},
				{"role": "assistant", "content": "Three"}, {"role": "assistant", "content": "Four"},
				{"role": "user", "content": ""}
				""")).extracting(Message::getText).containsExactly("One", "Two", "Three", "Four", "");
	}

	@Test
	void picturesStayWithTheWordsAboutThem() {
		List<Message> messages = messages("""
				{"role": "user", "content": [
				  {"type": "text", "text": "Before:"},
				  {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "%s"}},
				  {"type": "text", "text": "After:"},
				  {"type": "image", "source": {"type": "url", "url": "https://example.com/b.png"}}
				]}
				""".formatted(PIXEL));

		assertThat(messages).extracting(Message::getText).containsExactly("Before:", "After:");
		Media before = media(messages.get(0)).get(0);
		assertThat(before.getMimeType()).hasToString("image/png");
		assertThat(before.getDataAsByteArray()).containsExactly(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n');
		Media after = media(messages.get(1)).get(0);
		assertThat(after.getMimeType().getType()).isEqualTo("image");
		assertThat(after.getData()).hasToString("https://example.com/b.png");
	}

	@Test
	void aPictureBeforeTheOnlyTextMakesOneMessageWithIt() {
		List<Message> messages = messages("""
				{"role": "user", "content": [
				  {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "%1$s"}},
				  {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "%1$s"}},
				  {"type": "text", "text": "Compare."}
				]}
				""".formatted(PIXEL));

		assertThat(messages).singleElement().satisfies((message) -> {
			assertThat(message.getText()).isEqualTo("Compare.");
			assertThat(media(message)).hasSize(2);
		});
	}

	@Test
	void documentsBecomeTextOrMedia() {
		List<Message> messages = messages(
				"""
						{"role": "user", "content": [
						  {"type": "document", "title": "Terms", "context": "Old ones",
						    "citations": {"enabled": true},
						    "source": {"type": "text", "media_type": "text/plain", "data": "All rights reserved."}},
						  {"type": "document", "source": {"type": "content", "content": [
						    {"type": "text", "text": "Chapter one"}]}},
						  {"type": "search_result", "title": "T", "source": "https://example.com",
						    "content": [{"type": "text", "text": "Found"}]},
						  {"type": "document", "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBERg=="}},
						  {"type": "document", "source": {"type": "url", "url": "https://example.com/a.pdf"}}
						]}
						""");

		assertThat(messages).singleElement().satisfies((message) -> {
			assertThat(message.getText())
				.isEqualTo("Terms\nOld ones\n\nAll rights reserved.\n\nChapter one\n\nT\nhttps://example.com\n\nFound");
			assertThat(media(message)).extracting((media) -> media.getMimeType().toString())
				.containsExactly("application/pdf", "application/pdf");
		});
	}

	@Test
	void severalResultsAreOneMessageAndWhatIsSaidBesideThemAnother() {
		List<Message> messages = messages(CALL + """
				{"role": "user", "content": [
				  {"type": "text", "text": "Go on."},
				  {"type": "tool_result", "tool_use_id": "t2", "content": [
				    {"type": "text", "text": "It is"}, {"type": "text", "text": "noon"}]},
				  {"type": "tool_result", "tool_use_id": "t1", "is_error": true, "content": "No display"}
				]}
				""");

		assertThat(messages).hasSize(4);
		assertThat(results(messages.get(2))).containsExactly(new ToolResponse("t2", "clock", "It is\nnoon"),
				new ToolResponse("t1", "screenshot", "Error: No display"));
		assertThat(messages.get(3).getText()).isEqualTo("Go on.");
	}

	@Test
	void resultsInSeveralMessagesAreOneToo() {
		List<Message> messages = messages(CALL + """
				{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1"}]},
				{"role": "user", "content": [
				  {"type": "tool_result", "tool_use_id": "t2", "content": [
				    {"type": "tool_reference", "tool_name": "WebFetch"}]}]}
				""");

		assertThat(messages).hasSize(3);
		assertThat(results(messages.get(2))).containsExactly(new ToolResponse("t1", "screenshot", ""),
				new ToolResponse("t2", "clock", "Found tool 'WebFetch'."));
	}

	@Test
	void aPictureThatAToolReturnedFollowsInAMessageOfTheUser() {
		List<Message> messages = messages(CALL + """
				{"role": "user", "content": [
				  {"type": "tool_result", "tool_use_id": "t1", "content": [
				    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "%s"}}]},
				  {"type": "tool_result", "tool_use_id": "t2", "content": "noon"},
				  {"type": "text", "text": "Well?"}
				]}
				""".formatted(PIXEL));

		assertThat(results(messages.get(2))).extracting(ToolResponse::responseData)
			.containsExactly("What it returned follows in the next message.", "noon");
		assertThat(messages.get(3).getText()).contains("screenshot");
		assertThat(media(messages.get(3))).hasSize(1);
		assertThat(messages.get(4).getText()).isEqualTo("Well?");
		assertThat(media(messages.get(4))).isEmpty();
	}

	@Test
	void anIdThatWasEncodedForTheCallerComesBackAsItWas() {
		String told = ToolUseIds.write("functions.clock:0");

		List<Message> messages = messages("""
				{"role": "user", "content": "When?"},
				{"role": "assistant", "content": [{"type": "tool_use", "id": "%1$s", "name": "clock", "input": {}}]},
				{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "%1$s", "content": "noon"}]}
				""".formatted(told));

		assertThat(told).matches("[a-zA-Z0-9_-]+");
		assertThat(((AssistantMessage) messages.get(1)).getToolCalls()).extracting(ToolCall::id)
			.containsExactly("functions.clock:0");
		assertThat(results(messages.get(2))).extracting(ToolResponse::id).containsExactly("functions.clock:0");
	}

	@Test
	void instructionsInTheMiddleOfAUserMessageStayThere() {
		assertThat(messages("""
				{"role": "user", "content": [
				  {"type": "text", "text": "Hi"},
				  {"type": "mid_conv_system", "content": [{"type": "text", "text": "Be polite."}]},
				  {"type": "text", "text": "Who are you?"}
				]}
				""")).extracting(Message::getMessageType, Message::getText)
			.containsExactly(tuple(MessageType.USER, "Hi"), tuple(MessageType.SYSTEM, "Be polite."),
					tuple(MessageType.USER, "Who are you?"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"role": "user"}                                                       | messages[0].content
					{"role": "user", "content": 1}                                         | messages[0].content
					{"role": "user", "content": ["Hi"]}                                    | messages[0].content[0]
					{"role": "user", "content": [{"text": "Hi"}]}                          | messages[0].content[0].type
					{"role": "user", "content": [{"type": "text", "text": 1}]}             | messages[0].content[0].text
					{"role": "user", "content": [{"type": "image"}]}                       | messages[0].content[0].source
					{"role": "tool", "content": "Hi"}                                      | messages[0].role
					{"content": "Hi"}                                                      | messages[0].role
					"Hi"                                                                   | messages[0]
					{"role": "assistant", "content": [{"type": "tool_use", "id": "a", "name": "b", "input": "c"}]} | messages[0].content[0].input
					{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "x", "content": "y"}]}     | messages[0].content[0].tool_use_id
					{"role": "user", "content": [{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "A"}}]} | messages[0].content[0].source.data
					""")
	void whatIsMalformedIsRefusedByItsPath(String message, String path) {
		assertThatExceptionOfType(RefusedRequestException.class).isThrownBy(() -> messages(message))
			.satisfies((refused) -> {
				assertThat(refused.status()).isEqualTo(400);
				assertThat(refused.code()).isEqualTo("invalid_request");
				assertThat(refused.param()).isEqualTo(path);
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"role": "user", "content": [{"type": "hologram"}]}                                  | messages[0].content[0].type
					{"role": "user", "content": [{"type": "container_upload", "file_id": "f"}]}          | messages[0].content[0].type
					{"role": "user", "content": [{"type": "image", "source": {"type": "file", "file_id": "f"}}]} | messages[0].content[0].source.type
					{"role": "system", "content": [{"type": "image"}]}                                   | messages[0].content[0].type
					{"role": "assistant", "content": "The answer is {"}                                  | messages[0]
					""")
	void whatCannotBeTranslatedIsRefusedByItsPath(String message, String path) {
		assertThatExceptionOfType(RefusedRequestException.class).isThrownBy(() -> messages(message))
			.satisfies((refused) -> {
				assertThat(refused.code()).isEqualTo("unsupported_parameter");
				assertThat(refused.param()).isEqualTo(path);
			});
	}

	@Test
	void aConversationOfNothingIsRefused() {
		assertThatExceptionOfType(RefusedRequestException.class).isThrownBy(() -> messages(""))
			.satisfies((refused) -> assertThat(refused.param()).isEqualTo("messages"));
		assertThatExceptionOfType(RefusedRequestException.class)
			.isThrownBy(() -> messages("{\"role\": \"user\", \"content\": []}"))
			.satisfies((refused) -> assertThat(refused.param()).isEqualTo("messages"));
	}

	private List<Message> messages(String messages) {
		return read("{\"model\": \"code\", \"max_tokens\": 100, \"messages\": [" + messages + "]}", ToolCallMemory.NONE)
			.messages();
	}

	private WireRequest read(String json, ToolCallMemory memory) {
		return this.wire.read(Sdk.request(json), memory);
	}

	private static List<ToolResponse> results(Message message) {
		return ((ToolResponseMessage) message).getResponses();
	}

	private static List<Media> media(Message message) {
		return ((UserMessage) message).getMedia();
	}

}
