package dev.switchboard.simulator;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;

import dev.switchboard.simulator.chat.SimulatedWire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a provider checks before it answers: signatures, tool results, and that it exists.
 */
class StrictnessTests {

	private static Simulator simulator;

	private final SimulatedProvider provider = simulator.provider("acme");

	private final WireClient anthropic = new WireClient(this.provider, SimulatedWire.ANTHROPIC);

	private final WireClient gemini = new WireClient(this.provider, SimulatedWire.GEMINI);

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
	@ValueSource(strings = { "summarized", "omitted" })
	void thinkingIsTakenBackUnchanged(String display) throws Exception {
		ObjectNode block = thinking(display);
		assertThat(sendBack(block).statusCode()).isEqualTo(200);
	}

	@Test
	void thinkingIsNotTakenBackChanged() throws Exception {
		ObjectNode block = thinking("summarized");
		block.put("thinking", block.path("thinking").asString() + "!");
		assertThat(sendBack(block).statusCode()).isEqualTo(400);
		assertThat(sendBack(block).body()).contains("Invalid `signature` in `thinking` block");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "c2lnbmF0dXJl", "not base64", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" })
	void foreignSignaturesAreNotTaken(String signature) throws Exception {
		ObjectNode block = thinking("omitted");
		block.put("signature", signature);
		assertThat(sendBack(block).statusCode()).isEqualTo(400);
	}

	private ObjectNode thinking(String display) throws Exception {
		HttpResponse<String> response = this.anthropic.post("/v1/messages", """
				{"model":"m","max_tokens":100,"thinking":{"type":"adaptive","display":"%s"},
				"messages":[{"role":"user","content":"hi"}]}""".formatted(display));
		return (ObjectNode) WireClient.JSON.readTree(response.body()).at("/content/0");
	}

	private HttpResponse<String> sendBack(JsonNode block) throws Exception {
		return this.anthropic.post("/v1/messages", """
				{"model":"m","max_tokens":100,"messages":[{"role":"user","content":"hi"},
				{"role":"assistant","content":[%s,{"type":"text","text":"hello"}]},
				{"role":"user","content":"and now?"}]}""".formatted(block));
	}

	@Test
	void aThreadIsDeclinedInTheWordsThatClientsKnow() throws Exception {
		HttpResponse<String> declined = this.anthropic.post("/v1/messages", """
				{"model":"m","max_tokens":100,"thread":{"type":"create"},
				"messages":[{"role":"user","content":"hi"}]}""");
		assertThat(declined.statusCode()).isEqualTo(400);
		assertThat(WireClient.JSON.readTree(declined.body()).at("/error/details/error_code").asString())
			.isEqualTo("thread_unsupported_request");
	}

	@Test
	void aToolResultNeedsItsCall() throws Exception {
		HttpResponse<String> anthropic = this.anthropic.post("/v1/messages", """
				{"model":"m","max_tokens":100,"messages":[{"role":"user","content":[
				{"type":"tool_result","tool_use_id":"toolu_x","content":"1"}]}]}""");
		assertThat(anthropic.statusCode()).isEqualTo(400);
		assertThat(anthropic.body()).contains("toolu_x");
		HttpResponse<String> openai = new WireClient(this.provider, SimulatedWire.OPENAI).post("/chat/completions", """
				{"model":"m","messages":[{"role":"tool","tool_call_id":"call_x","content":"1"}]}""");
		assertThat(openai.statusCode()).isEqualTo(400);
		HttpResponse<String> responses = new WireClient(this.provider, SimulatedWire.OPENAI_RESPONSES)
			.post("/responses", """
					{"model":"m","input":[{"type":"function_call_output","call_id":"call_x","output":"1"}]}""");
		assertThat(responses.statusCode()).isEqualTo(400);
		assertThat(responses.body()).contains("call_x");
	}

	@Test
	void aGeminiCallOfThisTurnNeedsItsSignature() throws Exception {
		String answered = this.gemini.post("/v1beta/models/gemini-3.1-pro:generateContent", """
				{"contents":[{"role":"user","parts":[{"text":"call now"}]}],
				"tools":[{"functionDeclarations":[{"name":"now"}]}]}""").body();
		JsonNode part = WireClient.JSON.readTree(answered).at("/candidates/0/content/parts/0");
		assertThat(turn("gemini-3.1-pro", part.toString()).statusCode()).isEqualTo(200);
		assertThat(turn("gemini-3.1-pro", "{\"functionCall\":{\"name\":\"now\",\"args\":{}}}").body())
			.contains("missing a thought_signature", "INVALID_ARGUMENT");
		assertThat(turn("gemini-2.5-pro", "{\"functionCall\":{\"name\":\"now\",\"args\":{}}}").statusCode())
			.isEqualTo(200);
		assertThat(turn("gemini-2.5-pro", signed("someone else's")).statusCode()).isEqualTo(400);
		assertThat(turn("gemini-3.1-pro", signed("skip_thought_signature_validator")).statusCode()).isEqualTo(200);
	}

	@Test
	void aGeminiCallOfAnEarlierTurnNeedsNone() throws Exception {
		assertThat(
				turn("gemini-3.1-pro", "{\"functionCall\":{\"name\":\"now\",\"args\":{}}}", "and then?").statusCode())
			.isEqualTo(200);
	}

	private static String signed(String signature) {
		return "{\"functionCall\":{\"name\":\"now\",\"args\":{}},\"thoughtSignature\":\""
				+ Base64.getEncoder().encodeToString(signature.getBytes()) + "\"}";
	}

	private HttpResponse<String> turn(String model, String part, String... more) throws Exception {
		String later = (more.length == 0) ? ""
				: ",{\"role\":\"user\",\"parts\":[{\"text\":\"%s\"}]}".formatted(more[0]);
		return this.gemini.post("/v1beta/models/" + model + ":generateContent", """
				{"contents":[{"role":"user","parts":[{"text":"call now"}]},{"role":"model","parts":[%s]},
				{"role":"user","parts":[{"functionResponse":{"name":"now","response":{"result":"noon"}}}]}%s]}"""
			.formatted(part, later));
	}

	@Test
	void aProviderThatNobodyAskedForIsNotFound() throws Exception {
		HttpResponse<String> response = this.anthropic
			.send(HttpRequest.newBuilder(URI.create(simulator.url() + "/v1/chat/completions"))
				.POST(HttpRequest.BodyPublishers.ofString("{}"))
				.build());
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).contains("This simulator has no provider 'v1', only [acme]");
		assertThat(simulator.requests()).hasSize(1);
		assertThat(this.provider.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a/b", "a b", "ä" })
	void aNameThatIsNoElementOfAPathIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> simulator.provider(name))
			.withMessageContaining("'" + name + "'");
	}

	@Test
	void aGeminiStreamWithoutSseIsAList() throws Exception {
		HttpResponse<String> response = this.gemini.post("/v1beta/models/m:streamGenerateContent",
				"{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}");
		JsonNode list = WireClient.JSON.readTree(response.body());
		assertThat(list.at("/0/candidates/0/content/parts/0/text").asString()).isEqualTo("acme/m says: hi");
	}

}
