package dev.switchboard.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import dev.switchboard.Route;
import dev.switchboard.call.CallRecord;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole application, with nothing but properties and two injected clients, over real
 * HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		classes = { SwitchboardApplicationTests.Application.class, SwitchboardApplicationTests.Assistant.class },
		properties = { "switchboard.simulator.enabled=true", "switchboard.default-route=cheap-fast",
				"switchboard.routes.cheap-fast.targets=groq/llama-3.3-70b-versatile,openai/gpt-5.4-mini",
				"switchboard.routes.cheap-fast.policy=fast",
				"switchboard.routes.best-quality.targets[0].model=openai/gpt-5.4",
				"switchboard.routes.best-quality.targets[0].options.temperature=0.2",
				"spring.ai.model.audio.speech=none", "spring.ai.model.audio.transcription=none",
				"spring.ai.model.chat=none", "spring.ai.model.embedding=none", "spring.ai.model.image=none",
				"spring.ai.model.moderation=none", "management.endpoints.web.exposure.include=health,switchboard",
				"management.endpoint.health.show-components=always" })
class SwitchboardApplicationTests {

	@Autowired
	private Assistant assistant;

	@Autowired
	private Simulator simulator;

	@LocalServerPort
	private int port;

	@AfterEach
	void reset() throws Exception {
		this.simulator.reset();
		send("POST", "/switchboard", "{\"reset\": \"groq/llama-3.3-70b-versatile\"}");
		send("DELETE", "/switchboard/cheap-fast", "");
	}

	@Test
	void bothClientsAnswerEachFromItsOwnTarget() {
		this.simulator.provider("groq").answers("From Groq");
		this.simulator.provider("openai").answers("From OpenAI");
		assertThat(this.assistant.cheapFast().prompt("Hello").call().content()).isEqualTo("From Groq");
		assertThat(this.assistant.bestQuality().prompt("Hello").call().content()).isEqualTo("From OpenAI");
		assertThat(this.simulator.provider("openai").requests().get(0).json().path("temperature").asDouble())
			.isEqualTo(0.2);
	}

	@Test
	void whenTheFirstTargetIsRateLimitedThenTheNextAnswers() {
		this.simulator.provider("groq").fails(Fault.rateLimited());
		this.simulator.provider("openai").answers("From OpenAI");
		ChatResponse response = this.assistant.cheapFast().prompt("Hello").call().chatResponse();
		assertThat(response.getResult().getOutput().getText()).isEqualTo("From OpenAI");
		CallRecord record = CallRecord.of(response);
		assertThat(record).isNotNull();
		assertThat(record.attempts()).extracting((attempt) -> attempt.target().toString())
			.containsExactly("groq/llama-3.3-70b-versatile", "openai/gpt-5.4-mini");
	}

	@Test
	void aStreamFallsBackUnseen() {
		this.simulator.provider("groq").fails(Fault.overloaded());
		this.simulator.provider("openai").answers("From OpenAI, in pieces");
		List<String> pieces = this.assistant.cheapFast().prompt("Hello").stream().content().collectList().block();
		assertThat(pieces).isNotNull();
		assertThat(String.join("", pieces)).isEqualTo("From OpenAI, in pieces");
	}

	@Test
	void theEndpointShowsWhoCoolsDown() throws Exception {
		this.simulator.provider("groq").fails(Fault.rateLimited());
		this.assistant.cheapFast().prompt("Hello").call().content();
		JsonNode report = json(send("GET", "/switchboard", ""));
		assertThat(report.path("routes").path(0).path("name").asString()).isEqualTo("cheap-fast");
		assertThat(report.path("targets").path(0).path("target").asString()).isEqualTo("groq/llama-3.3-70b-versatile");
		assertThat(report.path("targets").path(0).path("usable").asBoolean()).isFalse();
	}

	@Test
	void theEndpointChangesTargets() throws Exception {
		this.simulator.provider("openai").answers("From OpenAI");
		HttpResponse<String> changed = send("POST", "/switchboard/cheap-fast",
				"{\"targets\": \"openai/gpt-5.4-mini, groq/llama-3.3-70b-versatile\"}");
		assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
		assertThat(this.assistant.cheapFast().prompt("Hello").call().content()).isEqualTo("From OpenAI");
	}

	@Test
	void theEndpointSaysWhatIsWrongWithOtherTargets() throws Exception {
		HttpResponse<String> refused = send("POST", "/switchboard/cheap-fast", "{\"targets\": \"opnai/gpt-5.4\"}");
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.body()).contains("names provider 'opnai'");
		assertThat(send("POST", "/switchboard/no-such", "{\"targets\": \"openai/gpt-5.4\"}").statusCode())
			.isEqualTo(404);
	}

	@Test
	void theHealthOfEveryRouteIsShown() throws Exception {
		JsonNode health = json(send("GET", "/health/switchboard", ""));
		assertThat(health.path("status").asString()).isEqualTo("UP");
		assertThat(health.path("components").propertyNames()).containsExactlyInAnyOrder("cheap-fast", "best-quality");
	}

	private static JsonNode json(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private HttpResponse<String> send(String method, String path, String body)
			throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/actuator" + path))
			.header("Content-Type", "application/json")
			.method(method, BodyPublishers.ofString(body))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Service
	record Assistant(@Route("cheap-fast") ChatClient cheapFast, @Route("best-quality") ChatClient bestQuality) {

	}

}
