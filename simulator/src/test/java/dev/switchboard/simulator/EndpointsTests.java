package dev.switchboard.simulator;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

import dev.switchboard.simulator.chat.SimulatedWire;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoints beside chat, and HTTP itself.
 */
class EndpointsTests {

	private static Simulator simulator;

	private final SimulatedProvider provider = simulator.provider("acme");

	private final WireClient openai = new WireClient(this.provider, SimulatedWire.OPENAI);

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
		this.provider.offers("small", "large");
	}

	@Test
	void modelsAreListedAsOpenAiListsThem() throws Exception {
		JsonNode list = json(this.openai.get("/models"));
		assertThat(list.path("object").asString()).isEqualTo("list");
		assertThat(list.path("data")).extracting((model) -> model.path("id").asString())
			.containsExactly("small", "large");
		JsonNode model = json(this.openai.get("/models/small"));
		assertThat(model.path("id").asString()).isEqualTo("small");
		assertThat(model.path("object").asString()).isEqualTo("model");
		assertThat(this.openai.get("/models/none").statusCode()).isEqualTo(404);
	}

	@Test
	void modelsAreListedAsAnthropicListsThem() throws Exception {
		JsonNode list = json(this.anthropic.get("/v1/models?limit=1000", "anthropic-version", "2023-06-01"));
		assertThat(list.path("has_more").asBoolean()).isFalse();
		assertThat(list.path("first_id").asString()).isEqualTo("small");
		assertThat(list.path("last_id").asString()).isEqualTo("large");
		assertThat(list.at("/data/0/type").asString()).isEqualTo("model");
	}

	@Test
	void modelsAreListedAsGeminiListsThem() throws Exception {
		assertThat(json(this.gemini.get("/v1beta/models")).at("/models/1/name").asString()).isEqualTo("models/large");
		assertThat(json(this.gemini.get("/v1beta/models/small")).path("name").asString()).isEqualTo("models/small");
	}

	@Test
	void embeddingsDependOnTheTextAlone() throws Exception {
		JsonNode body = json(this.openai.post("/embeddings",
				"{\"model\":\"small\",\"input\":[\"one\",\"two\",\"one\"],\"dimensions\":8}"));
		assertThat(body.path("data")).hasSize(3);
		JsonNode first = body.at("/data/0/embedding");
		assertThat(first).hasSize(8).isEqualTo(body.at("/data/2/embedding")).isNotEqualTo(body.at("/data/1/embedding"));
		double squares = 0;
		for (JsonNode value : first) {
			squares += value.asDouble() * value.asDouble();
		}
		assertThat(squares).isCloseTo(1, Offset.offset(1e-4));
		assertThat(body.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
	}

	@Test
	void embeddingsInBase64AreTheSameNumbers() throws Exception {
		JsonNode plain = json(this.openai.post("/embeddings", "{\"model\":\"small\",\"input\":\"one\"}"));
		JsonNode packed = json(this.openai.post("/embeddings",
				"{\"model\":\"small\",\"input\":\"one\",\"encoding_format\":\"base64\"}"));
		ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(packed.at("/data/0/embedding").asString()))
			.order(ByteOrder.LITTLE_ENDIAN);
		for (JsonNode value : plain.at("/data/0/embedding")) {
			assertThat(bytes.getFloat()).isEqualTo((float) value.asDouble());
		}
		assertThat(bytes.hasRemaining()).isFalse();
	}

	@Test
	void geminiEmbedsOneOrMany() throws Exception {
		String content = "{\"content\":{\"parts\":[{\"text\":\"one\"}]}}";
		JsonNode one = json(this.gemini.post("/v1beta/models/small:embedContent", content));
		JsonNode many = json(this.gemini.post("/v1beta/models/small:batchEmbedContents",
				"{\"requests\":[" + content + "," + content + "]}"));
		assertThat(many.path("embeddings")).hasSize(2);
		assertThat(many.at("/embeddings/1/values")).isEqualTo(one.at("/embedding/values")).isNotEmpty();
	}

	@Test
	void tokensAreCountedAsTheyAreBilled() throws Exception {
		String messages = "\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"0123456789\"}]";
		JsonNode count = json(this.anthropic.post("/v1/messages/count_tokens", "{" + messages + "}"));
		JsonNode answer = json(this.anthropic.post("/v1/messages", "{\"max_tokens\":100," + messages + "}"));
		assertThat(count.path("input_tokens").asInt()).isEqualTo(3).isEqualTo(answer.at("/usage/input_tokens").asInt());
		JsonNode gemini = json(this.gemini.post("/v1beta/models/small:countTokens",
				"{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"0123456789\"}]}]}"));
		assertThat(gemini.path("totalTokens").asInt()).isEqualTo(3);
	}

	@Test
	void aRequestIsRecordedAsItCame() throws Exception {
		HttpResponse<String> response = this.anthropic.post("/v1/messages?beta=true",
				"{\"model\": \"small\" , \"ä\":1}", "X-Custom", "one", "anthropic-beta", "a", "anthropic-beta", "b");
		assertThat(response.statusCode()).isEqualTo(400);
		RecordedRequest request = this.provider.requests().get(0);
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.path()).isEqualTo("/acme/v1/messages");
		assertThat(request.query()).isEqualTo("beta=true");
		assertThat(request.body()).isEqualTo("{\"model\": \"small\" , \"ä\":1}");
		assertThat(request.bytes()).isEqualTo(request.body().getBytes(StandardCharsets.UTF_8));
		assertThat(request.json().path("ä").asInt()).isEqualTo(1);
		assertThat(request.model()).isEqualTo("small");
		assertThat(request.wire()).isEqualTo(SimulatedWire.ANTHROPIC);
		assertThat(request.header("x-custom")).isEqualTo("one");
		assertThat(request.headers().get("anthropic-beta")).containsExactly("a", "b");
		assertThat(request.completed()).isTrue();
		assertThat(request).hasToString(
				"#" + request.number() + " POST /acme/v1/messages?beta=true model=small bytes=27 outcome=COMPLETED");
	}

	@Test
	void aCompressedBodyIsRead() throws Exception {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
			gzip.write("{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
				.getBytes(StandardCharsets.UTF_8));
		}
		HttpRequest request = HttpRequest
			.newBuilder(URI.create(this.provider.baseUrl(SimulatedWire.OPENAI) + "/chat/completions"))
			.header("content-encoding", "gzip")
			.POST(HttpRequest.BodyPublishers.ofByteArray(compressed.toByteArray()))
			.build();
		assertThat(this.openai.text(this.openai.send(request).body())).isEqualTo("acme/small says: hi");
	}

	@Test
	void headIsAnsweredWithoutABody() throws Exception {
		HttpResponse<String> response = this.openai
			.send(HttpRequest.newBuilder(URI.create(simulator.url() + "/acme/api/hello"))
				.method("HEAD", HttpRequest.BodyPublishers.noBody())
				.build());
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).isEmpty();
		assertThat(this.openai.get("/models").statusCode()).isEqualTo(200);
	}

	@Test
	void aBodyBeyondTheBoundIsRefused() throws Exception {
		try (Simulator small = Simulator.builder().maxBodyBytes(1000).start()) {
			WireClient client = new WireClient(small.provider("acme"), SimulatedWire.OPENAI);
			assertThat(client.ask("x".repeat(2000)).statusCode()).isEqualTo(413);
		}
	}

	private static JsonNode json(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		return WireClient.JSON.readTree(response.body());
	}

}
