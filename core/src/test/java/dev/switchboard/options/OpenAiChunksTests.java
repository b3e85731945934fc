package dev.switchboard.options;

import java.util.List;

import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice.Delta.ToolCall;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OpenAiChunksTests {

	@Test
	void aSoundChunkIsLeftAlone() throws Exception {
		for (String delta : List.of("{\"content\":\"hi\"}", "{\"role\":\"assistant\",\"content\":\"\"}",
				"{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"w\",\"arguments\":\"\"}}]}",
				"{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}",
				"{\"reasoning_content\":\"\"}")) {
			ChatCompletionChunk chunk = chunk(delta);
			assertThat(OpenAiChunks.repair(chunk)).isSameAs(chunk);
		}
	}

	@Test
	void thoughtsAreShownBesideTheChoices() throws Exception {
		for (String name : List.of("reasoning_content", "reasoning")) {
			ChatCompletionChunk repaired = OpenAiChunks.repair(chunk("{\"" + name + "\":\"hm\"}"));
			assertThat(repaired._additionalProperties().get("reasoning_content").asString()).hasValue("hm");
		}
	}

	@Test
	void anEmptyListOfToolCallsIsNone() throws Exception {
		ChatCompletionChunk repaired = OpenAiChunks.repair(chunk("{\"content\":\"hi\",\"tool_calls\":[]}"));
		assertThat(repaired.choices().get(0).delta().toolCalls()).isEmpty();
		assertThat(repaired.choices().get(0).delta().content()).hasValue("hi");
	}

	@Test
	void anEmptyIdIsNoneInAPieceOfACallAndANewOneWhereACallBegins() throws Exception {
		assertThat(toolCall("{\"index\":0,\"id\":\"\",\"function\":{\"arguments\":\"{}\"}}").id()).isEmpty();
		assertThat(toolCall("{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"w\",\"arguments\":\"{}\"}}").id())
			.hasValueSatisfying((id) -> assertThat(id).hasSize(9));
	}

	@Test
	void aCallWithoutArgumentsHasEmptyOnes() throws Exception {
		assertThat(toolCall("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"w\"}}").function().get().arguments())
			.hasValue("");
	}

	@Test
	void aChunkWithoutChoicesIdOrModelHasEmptyOnes() throws Exception {
		ChatCompletionChunk repaired = OpenAiChunks.repair(read("{\"object\":\"chat.completion.chunk\"}"));
		assertThat(repaired.choices()).isEmpty();
		assertThat(repaired.id()).isEmpty();
		assertThat(repaired.model()).isEmpty();
	}

	private static ToolCall toolCall(String call) throws Exception {
		return OpenAiChunks.repair(chunk("{\"tool_calls\":[" + call + "]}"))
			.choices()
			.get(0)
			.delta()
			.toolCalls()
			.get()
			.get(0);
	}

	private static ChatCompletionChunk chunk(String delta) throws Exception {
		return read("{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
				+ "[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}");
	}

	private static ChatCompletionChunk read(String json) throws Exception {
		return ObjectMappers.jsonMapper().readValue(json, ChatCompletionChunk.class);
	}

}
