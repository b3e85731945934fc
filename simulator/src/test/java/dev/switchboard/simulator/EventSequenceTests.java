package dev.switchboard.simulator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.chat.Usage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams have every event that a client waits for, in its order.
 */
class EventSequenceTests {

	private static final Answer EVERYTHING = Answer.text("It is sunny")
		.withReasoning("Let me look")
		.withToolCalls(ToolCall.of("weather", "{\"city\":\"Paris\"}").withId("call_a"), ToolCall.of("time", "{}"))
		.withUsage(new Usage(100, 50, 40, 10));

	private static Simulator simulator;

	private final SimulatedProvider provider = simulator.provider("acme");

	@BeforeAll
	static void start() {
		simulator = Simulator.start();
	}

	@AfterAll
	static void stop() {
		simulator.close();
	}

	@BeforeEach
	void reset() {
		simulator.reset();
		this.provider.answers(EVERYTHING);
	}

	@Test
	void chatCompletions() throws Exception {
		List<String> events = new WireClient(this.provider, SimulatedWire.OPENAI).events("hi");
		assertThat(events.get(events.size() - 1)).isEqualTo("[DONE]");
		List<JsonNode> chunks = parsed(events);
		assertThat(chunks).allSatisfy((chunk) -> {
			assertThat(chunk.path("object").asString()).isEqualTo("chat.completion.chunk");
			assertThat(chunk.path("id").asString()).isEqualTo(chunks.get(0).path("id").asString());
			assertThat(chunk.path("model").asString()).isEqualTo("m");
		});
		assertThat(chunks.get(0).at("/choices/0/delta/role").asString()).isEqualTo("assistant");
		List<JsonNode> calls = chunks.stream()
			.map((chunk) -> chunk.at("/choices/0/delta/tool_calls/0"))
			.filter(JsonNode::isObject)
			.toList();
		assertThat(calls.get(0).path("id").asString()).isEqualTo("call_a");
		assertThat(calls.get(0).path("type").asString()).isEqualTo("function");
		assertThat(calls.get(0).at("/function/name").asString()).isEqualTo("weather");
		assertThat(joined(calls.stream().filter((call) -> call.path("index").asInt() == 0).toList(),
				"/function/arguments"))
			.isEqualTo("{\"city\":\"Paris\"}");
		assertThat(joined(calls.stream().filter((call) -> call.path("index").asInt() == 1).toList(),
				"/function/arguments"))
			.isEqualTo("{}");
		assertThat(joined(chunks, "/choices/0/delta/reasoning_content")).isEqualTo("Let me look");
		assertThat(joined(chunks, "/choices/0/finish_reason")).isEqualTo("tool_calls");
		JsonNode usage = chunks.get(chunks.size() - 1);
		assertThat(usage.path("choices")).isEmpty();
		assertThat(usage.at("/usage/prompt_tokens").asInt()).isEqualTo(100);
		assertThat(usage.at("/usage/completion_tokens").asInt()).isEqualTo(50);
		assertThat(usage.at("/usage/total_tokens").asInt()).isEqualTo(150);
		assertThat(usage.at("/usage/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(40);
		assertThat(usage.at("/usage/completion_tokens_details/reasoning_tokens").asInt()).isEqualTo(10);
	}

	@Test
	void usageOfChatCompletionsIsStreamedOnlyIfAsked() throws Exception {
		WireClient client = new WireClient(this.provider, SimulatedWire.OPENAI);
		String body = client
			.post("/chat/completions",
					"{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
			.body();
		assertThat(body).contains("data: [DONE]").doesNotContain("usage");
	}

	@Test
	void messages() throws Exception {
		List<JsonNode> events = parsed(new WireClient(this.provider, SimulatedWire.ANTHROPIC).events("hi"));
		assertThat(kinds(events, "type")).containsExactly("message_start", "ping", "content_block_start",
				"content_block_delta", "content_block_stop", "message_delta", "message_stop");
		List<JsonNode> starts = events.stream().filter((event) -> is(event, "content_block_start")).toList();
		assertThat(starts).extracting((event) -> event.path("index").asInt()).containsExactly(0, 1, 2, 3);
		assertThat(starts).extracting((event) -> event.at("/content_block/type").asString())
			.containsExactly("thinking", "text", "tool_use", "tool_use");
		assertThat(events.stream().filter((event) -> is(event, "content_block_stop"))).hasSize(4);
		assertThat(starts.get(2).at("/content_block/id").asString()).isEqualTo("call_a");
		assertThat(starts.get(2).at("/content_block/input").isObject()).isTrue();
		assertThat(joined(ofBlock(events, 0), "/delta/thinking")).isEqualTo("Let me look");
		assertThat(joined(ofBlock(events, 0), "/delta/signature")).hasSizeGreaterThan(20);
		assertThat(joined(ofBlock(events, 2), "/delta/partial_json")).isEqualTo("{\"city\":\"Paris\"}");
		JsonNode start = events.get(0).path("message");
		assertThat(start.path("content")).isEmpty();
		assertThat(start.path("stop_reason").isNull()).isTrue();
		assertThat(start.at("/usage/input_tokens").asInt()).isEqualTo(60);
		assertThat(start.at("/usage/cache_read_input_tokens").asInt()).isEqualTo(40);
		JsonNode delta = events.get(events.size() - 2);
		assertThat(delta.at("/delta/stop_reason").asString()).isEqualTo("tool_use");
		assertThat(delta.at("/usage/output_tokens").asInt()).isEqualTo(50);
	}

	@Test
	void everyEventOfMessagesIsNamed() throws Exception {
		List<String> lines = new WireClient(this.provider, SimulatedWire.ANTHROPIC).stream("hi").body().toList();
		for (int i = 0; i + 2 < lines.size(); i += 3) {
			String type = WireClient.JSON.readTree(lines.get(i + 1).substring("data: ".length()))
				.path("type")
				.asString();
			assertThat(lines.get(i)).isEqualTo("event: " + type);
			assertThat(lines.get(i + 2)).isEmpty();
		}
	}

	@Test
	void geminiContent() throws Exception {
		List<JsonNode> chunks = parsed(new WireClient(this.provider, SimulatedWire.GEMINI).events("hi"));
		assertThat(joined(chunks.stream()
			.filter((chunk) -> chunk.at("/candidates/0/content/parts/0/thought").asBoolean(false))
			.toList(), "/candidates/0/content/parts/0/text")).isEqualTo("Let me look");
		List<JsonNode> calls = chunks.stream()
			.map((chunk) -> chunk.at("/candidates/0/content/parts/0"))
			.filter((part) -> part.has("functionCall"))
			.toList();
		assertThat(calls).extracting((part) -> part.at("/functionCall/name").asString())
			.containsExactly("weather", "time");
		assertThat(calls.get(0).at("/functionCall/args/city").asString()).isEqualTo("Paris");
		assertThat(calls.get(0).path("thoughtSignature").asString()).isNotEmpty();
		assertThat(joined(chunks, "/candidates/0/finishReason")).isEqualTo("STOP");
		JsonNode usage = chunks.get(chunks.size() - 1).path("usageMetadata");
		assertThat(usage.path("promptTokenCount").asInt()).isEqualTo(100);
		assertThat(usage.path("candidatesTokenCount").asInt()).isEqualTo(40);
		assertThat(usage.path("thoughtsTokenCount").asInt()).isEqualTo(10);
		assertThat(usage.path("cachedContentTokenCount").asInt()).isEqualTo(40);
		assertThat(usage.path("totalTokenCount").asInt()).isEqualTo(150);
	}

	@Test
	void responses() throws Exception {
		List<JsonNode> events = parsed(new WireClient(this.provider, SimulatedWire.OPENAI_RESPONSES).events("hi"));
		assertThat(kinds(events, "type")).containsExactly("response.created", "response.in_progress",
				"response.output_item.added", "response.reasoning_summary_part.added",
				"response.reasoning_summary_text.delta", "response.reasoning_summary_text.done",
				"response.reasoning_summary_part.done", "response.output_item.done", "response.content_part.added",
				"response.output_text.delta", "response.output_text.done", "response.content_part.done",
				"response.function_call_arguments.delta", "response.function_call_arguments.done",
				"response.completed");
		assertThat(events).extracting((event) -> event.path("sequence_number").asInt())
			.isEqualTo(IntStream.range(0, events.size()).boxed().toList());
		List<JsonNode> done = events.stream()
			.filter((event) -> is(event, "response.output_item.done"))
			.map((event) -> event.path("item"))
			.toList();
		assertThat(done).extracting((item) -> item.path("type").asString())
			.containsExactly("reasoning", "message", "function_call", "function_call");
		assertThat(done.get(2).path("call_id").asString()).isEqualTo("call_a");
		assertThat(done.get(2).path("arguments").asString()).isEqualTo("{\"city\":\"Paris\"}");
		JsonNode completed = events.get(events.size() - 1).path("response");
		assertThat(completed.path("status").asString()).isEqualTo("completed");
		assertThat(List.copyOf(completed.path("output").values())).isEqualTo(done);
		assertThat(completed.at("/usage/input_tokens").asInt()).isEqualTo(100);
		assertThat(completed.at("/usage/output_tokens_details/reasoning_tokens").asInt()).isEqualTo(10);
	}

	private static List<JsonNode> parsed(List<String> events) {
		return events.stream().filter((event) -> !event.equals("[DONE]")).map(WireClient.JSON::readTree).toList();
	}

	private static boolean is(JsonNode event, String type) {
		return event.path("type").asString().equals(type);
	}

	private static List<String> kinds(List<JsonNode> events, String field) {
		LinkedHashSet<String> kinds = new LinkedHashSet<>();
		events.forEach((event) -> kinds.add(event.path(field).asString()));
		return new ArrayList<>(kinds);
	}

	private static List<JsonNode> ofBlock(List<JsonNode> events, int index) {
		return events.stream().filter((event) -> event.path("index").asInt(-1) == index).toList();
	}

	private static String joined(List<JsonNode> nodes, String pointer) {
		StringBuilder text = new StringBuilder();
		nodes.forEach((node) -> text.append(node.at(pointer).asString("")));
		return text.toString();
	}

}
