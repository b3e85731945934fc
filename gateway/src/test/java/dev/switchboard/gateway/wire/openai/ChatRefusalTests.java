package dev.switchboard.gateway.wire.openai;

import java.util.List;

import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is refused, and where it is said to stand. */
class ChatRefusalTests {

	private static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"n":2 | n
			"n":0 | n
			"logprobs":true | logprobs
			"top_logprobs":3 | top_logprobs
			"logit_bias":{"50256":-100} | logit_bias
			"modalities":["text","audio"] | modalities
			"audio":{"voice":"alloy","format":"mp3"} | audio
			"web_search_options":{} | web_search_options
			"moderation":{} | moderation
			"functions":[{"name":"f"}] | functions
			"function_call":{"name":"f"} | function_call
			"tools":[{"type":"web_search"}] | tools[0].type
			"tools":[{"type":"custom","custom":{"name":"c"}}] | tools[0].type
			"response_format":{"type":"grammar"} | response_format.type
			""")
	void whatCanNotBeTranslatedIsRefusedByItsName(String field, String param) {
		assertThatExceptionOfType(RefusedRequestException.class)
			.isThrownBy(() -> read("{\"messages\":[" + HI + "]," + field + "}"))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo("unsupported_parameter");
				assertThat(ex.param()).isEqualTo(param);
				assertThat(ex.status()).isEqualTo(400);
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"temperature":"hot" | temperature
			"max_tokens":0 | max_tokens
			"max_completion_tokens":1.5 | max_completion_tokens
			"stop":["a","b","c","d","e"] | stop
			"stop":[1] | stop
			"seed":1.5 | seed
			"stream":"yes" | stream
			"stream_options":{"include_usage":1} | stream_options.include_usage
			"reasoning_effort":"huge" | reasoning_effort
			"reasoning":{"effort":3} | reasoning.effort
			"response_format":{"type":"json_schema"} | response_format.json_schema
			"response_format":{"type":"json_schema","json_schema":{"name":"n"}} | response_format.json_schema.schema
			"response_format":"json_object" | response_format
			"tools":{} | tools
			"tools":[{"type":"function"}] | tools[0].function
			"tools":[{"type":"function","function":{}}] | tools[0].function.name
			"tools":[{"type":"function","function":{"name":"f","parameters":"{}"}}] | tools[0].function.parameters
			"tools":[{"function":{"name":"f"}},{"function":{"name":"f"}}] | tools[1].function.name
			"tool_choice":"required" | tool_choice
			"tool_choice":"any" | tool_choice
			"tool_choice":{"type":"function","function":{"name":"f"}} | tool_choice.function.name
			"parallel_tool_calls":"no" | parallel_tool_calls
			""")
	void aFieldOfAWrongTypeIsRefusedByItsPath(String field, String param) {
		assertInvalid("{\"messages\":[" + HI + "]," + field + "}", param);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"content":"hi"} | messages[0].role
					{"role":"robot","content":"hi"} | messages[0].role
					{"role":"user"} | messages[0].content
					{"role":"user","content":null} | messages[0].content
					{"role":"user","content":7} | messages[0].content
					{"role":"user","content":[]} | messages[0].content
					{"role":"user","content":["hi"]} | messages[0].content[0]
					{"role":"user","content":[{"text":"hi"}]} | messages[0].content[0].type
					{"role":"user","content":[{"type":"text"}]} | messages[0].content[0].text
					{"role":"user","content":[{"type":"image_url","image_url":{"url":"file:///etc/passwd"}}]} | messages[0].content[0].image_url.url
					{"role":"user","content":[{"type":"image_url","image_url":"x"}]} | messages[0].content[0].image_url
					{"role":"user","content":[{"type":"file","file":{"filename":"a"}}]} | messages[0].content[0].file.file_data
					{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"?","format":"wav"}}]} | messages[0].content[0].input_audio.data
					{"role":"system"} | messages[0].content
					{"role":"system","content":""} | messages
					{"role":"assistant"} | messages[0].content
					{"role":"assistant","tool_calls":[{"function":{"name":"f"}}]} | messages[0].tool_calls[0].id
					{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":{}}}]} | messages[0].tool_calls[0].function.arguments
					{"role":"tool","content":"r"} | messages[0].tool_call_id
					{"role":"tool","tool_call_id":"c","content":"r"} | messages[0].tool_call_id
					"hi" | messages[0]
					""")
	void aMessageThatCanNotBeReadIsRefusedByItsPath(String message, String param) {
		assertInvalid("{\"messages\":[" + message + "]}", param);
	}

	@Test
	void aRequestWithoutMessagesIsRefused() {
		assertInvalid("{}", "messages");
		assertInvalid("{\"messages\":[]}", "messages");
		assertInvalid("{\"messages\":\"hi\"}", "messages");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"role":"user","content":[{"type":"file","file":{"file_id":"file-1"}}]} | messages[0].content[0].file.file_id
					{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AQID","format":"flac"}}]} | messages[0].content[0].input_audio.format
					{"role":"user","content":[{"type":"video_url"}]} | messages[0].content[0].type
					{"role":"assistant","audio":{"id":"a"}} | messages[0].audio
					{"role":"assistant","function_call":{"name":"f","arguments":"{}"}} | messages[0].function_call
					{"role":"assistant","tool_calls":[{"id":"c","type":"custom"}]} | messages[0].tool_calls[0].type
					{"role":"function","name":"f","content":"r"} | messages[0].role
					{"role":"system","content":[{"type":"image_url"}]} | messages[0].content[0].type
					""")
	void aMessageThatCanNotBeTranslatedIsRefusedByItsPath(String message, String param) {
		assertThatExceptionOfType(RefusedRequestException.class)
			.isThrownBy(() -> read("{\"messages\":[" + message + "]}"))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo("unsupported_parameter");
				assertThat(ex.param()).isEqualTo(param);
			});
	}

	@Test
	void noRefusalTellsWhatTheCallerSaid() {
		String secret = "my password is 1234";
		for (String message : List.of("{\"role\":\"" + secret + "\",\"content\":\"x\"}",
				"{\"role\":\"tool\",\"tool_call_id\":\"" + secret + "\",\"content\":\"x\"}",
				"{\"role\":\"user\",\"content\":[{\"type\":\"" + secret + "\"}]}")) {
			assertThatExceptionOfType(RefusedRequestException.class)
				.isThrownBy(() -> read("{\"messages\":[" + message + "]}"))
				.withMessageNotContaining("1234");
		}
	}

	private static void assertInvalid(String json, String param) {
		assertThatExceptionOfType(RefusedRequestException.class).isThrownBy(() -> read(json)).satisfies((ex) -> {
			assertThat(ex.code()).isEqualTo("invalid_request");
			assertThat(ex.param()).isEqualTo(param);
		});
	}

	private static void read(String json) {
		new OpenAiChatWire().read((ObjectNode) JsonMapper.shared().readTree(json), ToolCallMemory.NONE);
	}

}
