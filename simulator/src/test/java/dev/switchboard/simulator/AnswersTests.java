package dev.switchboard.simulator;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.Role;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.chat.ToolDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a provider answers when all goes well, on every wire.
 */
class AnswersTests {

	private static Simulator simulator;

	private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}";

	private static final Map<SimulatedWire, String> TOOLS = Map.of(SimulatedWire.OPENAI,
			"\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":" + SCHEMA + "}}]",
			SimulatedWire.OPENAI_RESPONSES,
			"\"tools\":[{\"type\":\"function\",\"name\":\"get_weather\",\"parameters\":" + SCHEMA + "}]",
			SimulatedWire.ANTHROPIC, "\"tools\":[{\"name\":\"get_weather\",\"input_schema\":" + SCHEMA + "}]",
			SimulatedWire.GEMINI,
			"\"tools\":[{\"functionDeclarations\":[{\"name\":\"get_weather\",\"parameters\":" + SCHEMA + "}]}]");

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
	}

	@ParameterizedTest
	@EnumSource
	void whenNothingIsScriptedThenTheAnswerEchoes(SimulatedWire wire) throws Exception {
		WireClient client = new WireClient(this.provider, wire);
		HttpResponse<String> response = client.ask("good morning");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
		assertThat(client.text(response.body())).isEqualTo("acme/m says: good morning");
	}

	@ParameterizedTest
	@EnumSource
	void aStreamCarriesTheSameTextAsAWholeAnswer(SimulatedWire wire) throws Exception {
		WireClient client = new WireClient(this.provider, wire);
		this.provider.answers("Grüße, 世界 🌍! This is long enough for several chunks.");
		String whole = client.text(client.ask("hi").body());
		List<String> events = client.events("hi");
		assertThat(client.streamedText(events)).isEqualTo(whole)
			.isEqualTo("Grüße, 世界 🌍! This is long enough for several chunks.");
		assertThat(events).hasSizeGreaterThan(12);
	}

	@ParameterizedTest
	@EnumSource
	void answersOfAModelGoBeforeAnswersOfItsProvider(SimulatedWire wire) throws Exception {
		WireClient client = new WireClient(this.provider, wire);
		this.provider.answers("from the provider");
		this.provider.model("other").answers("from another model");
		assertThat(client.text(client.ask("hi").body())).isEqualTo("from the provider");
		this.provider.model("m").answers("first", "second");
		assertThat(client.text(client.ask("hi").body())).isEqualTo("first");
		assertThat(client.text(client.ask("hi").body())).isEqualTo("second");
		assertThat(client.text(client.ask("hi").body())).isEqualTo("second");
	}

	@ParameterizedTest
	@EnumSource
	void theToolThatTheUserSpellsOutIsCalled(SimulatedWire wire) throws Exception {
		String body = whole(wire, "Please call get_weather {\"city\":\"Paris\"} now", TOOLS.get(wire));
		JsonNode json = WireClient.JSON.readTree(body);
		assertThat(body).contains("get_weather").doesNotContain("says");
		String arguments = switch (wire) {
			case OPENAI -> json.at("/choices/0/message/tool_calls/0/function/arguments").asString();
			case OPENAI_RESPONSES -> json.at("/output/0/arguments").asString();
			case ANTHROPIC -> json.at("/content/0/input").toString();
			case GEMINI -> json.at("/candidates/0/content/parts/0/functionCall/args").toString();
		};
		assertThat(arguments).isEqualTo("{\"city\":\"Paris\"}");
		assertThat(body).contains(switch (wire) {
			case OPENAI -> "\"finish_reason\":\"tool_calls\"";
			case OPENAI_RESPONSES -> "\"status\":\"completed\"";
			case ANTHROPIC -> "\"stop_reason\":\"tool_use\"";
			case GEMINI -> "\"finishReason\":\"STOP\"";
		});
	}

	@ParameterizedTest
	@EnumSource
	void toolsThatAreNotSpelledOutAreNotCalled(SimulatedWire wire) throws Exception {
		assertThat(whole(wire, "What is the weather?", TOOLS.get(wire))).contains("says: What is the weather?");
	}

	@ParameterizedTest
	@EnumSource
	void aDemandedToolIsCalledWithTheSmallestArguments(SimulatedWire wire) throws Exception {
		String demand = switch (wire) {
			case OPENAI -> "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}";
			case OPENAI_RESPONSES -> "\"tool_choice\":\"required\"";
			case ANTHROPIC -> "\"tool_choice\":{\"type\":\"any\"}";
			case GEMINI -> "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}}";
		};
		String body = whole(wire, "hi", TOOLS.get(wire) + "," + demand);
		assertThat(body).contains("get_weather");
		assertThat(body.replace("\\", "")).contains("{\"city\":\"text\"}");
	}

	@ParameterizedTest
	@EnumSource
	void aForbiddenToolIsNotCalled(SimulatedWire wire) throws Exception {
		String ban = switch (wire) {
			case OPENAI, OPENAI_RESPONSES -> "\"tool_choice\":\"none\"";
			case ANTHROPIC -> "\"tool_choice\":{\"type\":\"none\"}";
			case GEMINI -> "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"NONE\"}}";
		};
		assertThat(whole(wire, "call get_weather", TOOLS.get(wire) + "," + ban)).contains("says: call get_weather");
	}

	@ParameterizedTest
	@EnumSource
	void anAnswerMeetsTheSchemaThatWasAskedFor(SimulatedWire wire) throws Exception {
		String schema = "{\"type\":\"object\",\"properties\":{\"age\":{\"type\":\"integer\"}}}";
		String body = whole(wire, "hi", switch (wire) {
			case OPENAI -> "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":" + schema + "}}";
			case OPENAI_RESPONSES -> "\"text\":{\"format\":{\"type\":\"json_schema\",\"schema\":" + schema + "}}";
			case ANTHROPIC -> "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":" + schema + "}}";
			case GEMINI -> "\"generationConfig\":{\"responseMimeType\":\"application/json\",\"responseJsonSchema\":"
					+ schema + "}";
		});
		assertThat(new WireClient(this.provider, wire).text(body)).isEqualTo("{\"age\":1}");
	}

	@ParameterizedTest
	@EnumSource
	void theDefaultAnswerStopsAtTheLimitOfTokens(SimulatedWire wire) throws Exception {
		String body = whole(wire, "a long story", switch (wire) {
			case OPENAI -> "\"max_completion_tokens\":2";
			case OPENAI_RESPONSES -> "\"max_output_tokens\":2";
			case ANTHROPIC -> "\"max_tokens\":2";
			case GEMINI -> "\"generationConfig\":{\"maxOutputTokens\":2}";
		});
		assertThat(new WireClient(this.provider, wire).text(body)).isEqualTo("acme/m s");
		assertThat(body).containsAnyOf("\"finish_reason\":\"length\"", "\"reason\":\"max_output_tokens\"",
				"\"stop_reason\":\"max_tokens\"", "\"finishReason\":\"MAX_TOKENS\"");
	}

	@ParameterizedTest
	@EnumSource
	void tokensAreFourCharactersEach(SimulatedWire wire) throws Exception {
		this.provider.answers("12345678901");
		JsonNode json = WireClient.JSON.readTree(whole(wire, "123456789", "\"x\":1"));
		String[] pointers = switch (wire) {
			case OPENAI -> new String[] { "/usage/prompt_tokens", "/usage/completion_tokens" };
			case OPENAI_RESPONSES, ANTHROPIC -> new String[] { "/usage/input_tokens", "/usage/output_tokens" };
			case GEMINI -> new String[] { "/usageMetadata/promptTokenCount", "/usageMetadata/candidatesTokenCount" };
		};
		assertThat(json.at(pointers[0]).asInt()).isEqualTo(3);
		assertThat(json.at(pointers[1]).asInt()).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void anAnswerCanNameAnotherModel(SimulatedWire wire) throws Exception {
		this.provider.answers(Answer.text("hi").servedBy("m-2026-01-31"));
		assertThat(new WireClient(this.provider, wire).ask("hi").body()).contains("\"m-2026-01-31\"");
	}

	@ParameterizedTest
	@EnumSource(names = { "OPENAI", "OPENAI_RESPONSES" })
	void aRefusalHasAFieldOfItsOwn(SimulatedWire wire) throws Exception {
		this.provider.answers(Answer.refusal("I would rather not"));
		WireClient client = new WireClient(this.provider, wire);
		assertThat(client.ask("hi").body()).contains("\"refusal\":\"I would rather not\"");
		assertThat(String.join("", client.events("hi"))).contains("\"refusal").contains("rat");
	}

	@ParameterizedTest
	@EnumSource(names = "OPENAI")
	void severalChoicesAndLogprobsAreGivenIfAsked(SimulatedWire wire) throws Exception {
		JsonNode json = WireClient.JSON.readTree(whole(wire, "hi", "\"n\":2,\"logprobs\":true"));
		assertThat(json.path("choices")).extracting((choice) -> choice.path("index").asInt()).containsExactly(0, 1);
		assertThat(json.at("/choices/1/logprobs/content/0/token").asString()).isEqualTo("acme");
	}

	@ParameterizedTest
	@EnumSource(names = "ANTHROPIC")
	void thinkingIsShownOrOmittedAsAsked(SimulatedWire wire) throws Exception {
		JsonNode shown = WireClient.JSON.readTree(whole(wire, "hi", "\"thinking\":{\"type\":\"adaptive\"}"));
		JsonNode omitted = WireClient.JSON
			.readTree(whole(wire, "hi", "\"thinking\":{\"type\":\"enabled\",\"display\":\"omitted\"}"));
		assertThat(shown.at("/content/0/thinking").asString()).isEqualTo("Thinking about: hi");
		assertThat(omitted.at("/content/0/type").asString()).isEqualTo("thinking");
		assertThat(omitted.at("/content/0/thinking").asString()).isEmpty();
		assertThat(omitted.at("/content/0/signature")).isEqualTo(shown.at("/content/0/signature"));
		assertThat(shown.at("/content/0/signature").asString()).isNotEmpty();
		assertThat(whole(wire, "hi", "\"thinking\":{\"type\":\"disabled\"}")).doesNotContain("signature");
	}

	@ParameterizedTest
	@EnumSource
	void aFunctionSeesTheRequestAsItWasMeant(SimulatedWire wire) throws Exception {
		List<ChatRequest> seen = new CopyOnWriteArrayList<>();
		this.provider.answers((request) -> {
			seen.add(request);
			return Answer.text("seen");
		});
		whole(wire, "hello", TOOLS.get(wire));
		ChatRequest request = seen.get(0);
		assertThat(request.provider()).isEqualTo("acme");
		assertThat(request.model()).isEqualTo("m");
		assertThat(request.wire()).isEqualTo(wire);
		assertThat(request.streamed()).isFalse();
		assertThat(request.lastUserText()).isEqualTo("hello");
		assertThat(request.lastRole()).isEqualTo(Role.USER);
		assertThat(request.toolChoice()).isEqualTo(ChatRequest.AUTO);
		assertThat(request.tools()).extracting(ToolDefinition::name).containsExactly("get_weather");
		assertThat(request.toolResults()).isEmpty();
		assertThat(request.systemText()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "OPENAI", "ANTHROPIC" })
	void onlyAnthropicGoesOnFromItsOwnLastWords(SimulatedWire wire) throws Exception {
		this.provider.answers("The answer is 42");
		WireClient client = new WireClient(this.provider, wire);
		String answer = client.text(client.send(client.request("The answer", false, "assistant")).body());
		assertThat(answer).isEqualTo((wire == SimulatedWire.ANTHROPIC) ? " is 42" : "The answer is 42");
	}

	private String whole(SimulatedWire wire, String text, String fields) throws Exception {
		String quoted = WireClient.JSON.writeValueAsString(text);
		String start = switch (wire) {
			case OPENAI -> "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":" + quoted + "}]";
			case ANTHROPIC -> "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":" + quoted + "}]"
					+ (fields.contains("max_tokens") ? "" : ",\"max_tokens\":1000");
			case OPENAI_RESPONSES -> "\"model\":\"m\",\"input\":" + quoted;
			case GEMINI -> "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":" + quoted + "}]}]";
		};
		String path = switch (wire) {
			case OPENAI -> "/chat/completions";
			case OPENAI_RESPONSES -> "/responses";
			case ANTHROPIC -> "/v1/messages";
			case GEMINI -> "/v1beta/models/m:generateContent";
		};
		HttpResponse<String> response = new WireClient(this.provider, wire).post(path,
				"{" + start + "," + fields + "}");
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return response.body();
	}

}
