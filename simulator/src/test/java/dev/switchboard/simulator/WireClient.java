package dev.switchboard.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.switchboard.simulator.chat.SimulatedWire;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to a simulated provider in plain HTTP, on any wire.
 */
final class WireClient {

	static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final SimulatedProvider provider;

	private final SimulatedWire wire;

	WireClient(SimulatedProvider provider, SimulatedWire wire) {
		this.provider = provider;
		this.wire = wire;
	}

	HttpResponse<String> ask(String text) throws IOException, InterruptedException {
		return send(request(text, false));
	}

	HttpResponse<Stream<String>> stream(String text) throws IOException, InterruptedException {
		return this.http.send(request(text, true), HttpResponse.BodyHandlers.ofLines());
	}

	/** The data of every event, as far as the stream came. */
	List<String> events(String text) throws IOException, InterruptedException {
		List<String> events = new ArrayList<>();
		collect(stream(text), events);
		return events;
	}

	static void collect(HttpResponse<Stream<String>> response, List<String> into) {
		response.body()
			.filter((line) -> line.startsWith("data: "))
			.map((line) -> line.substring("data: ".length()))
			.forEach(into::add);
	}

	HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.provider.baseUrl(this.wire) + path))
			.timeout(Duration.ofSeconds(10))
			.header("content-type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request.build());
	}

	HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.provider.baseUrl(this.wire) + path));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request.build());
	}

	HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return this.http.send(request, HttpResponse.BodyHandlers.ofString());
	}

	HttpClient http() {
		return this.http;
	}

	HttpRequest request(String text, boolean streamed) {
		return request(text, streamed, "user");
	}

	HttpRequest request(String text, boolean streamed, String lastRole) {
		HttpRequest.Builder request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(10));
		String quoted = JSON.writeValueAsString(text);
		switch (this.wire) {
			case OPENAI -> request.uri(uri("/chat/completions"))
				.header("authorization", "Bearer key")
				.POST(HttpRequest.BodyPublishers.ofString("""
						{"model":"m","stream":%s,"stream_options":{"include_usage":true},
						"messages":[{"role":"user","content":"hi"},{"role":"%s","content":%s}]}""".formatted(streamed,
						lastRole, quoted)));
			case OPENAI_RESPONSES -> request.uri(uri("/responses"))
				.header("authorization", "Bearer key")
				.POST(HttpRequest.BodyPublishers.ofString("""
						{"model":"m","stream":%s,"input":[{"role":"%s","content":%s}]}""".formatted(streamed, lastRole,
						quoted)));
			case ANTHROPIC -> request.uri(uri("/v1/messages"))
				.header("x-api-key", "key")
				.header("anthropic-version", "2023-06-01")
				.POST(HttpRequest.BodyPublishers.ofString("""
						{"model":"m","stream":%s,"max_tokens":1000,
						"messages":[{"role":"user","content":"hi"},{"role":"%s","content":%s}]}""".formatted(streamed,
						lastRole, quoted)));
			case GEMINI ->
				request.uri(uri("/v1beta/models/m:" + (streamed ? "streamGenerateContent?alt=sse" : "generateContent")))
					.header("x-goog-api-key", "key")
					.POST(HttpRequest.BodyPublishers.ofString("""
							{"contents":[{"role":"user","parts":[{"text":"hi"}]},
							{"role":"%s","parts":[{"text":%s}]}]}"""
						.formatted("assistant".equals(lastRole) ? "model" : "user", quoted)));
		}
		return request.header("content-type", "application/json").build();
	}

	private URI uri(String path) {
		return URI.create(this.provider.baseUrl(this.wire) + path);
	}

	/** The text of a whole answer. */
	String text(String body) {
		JsonNode json = JSON.readTree(body);
		return switch (this.wire) {
			case OPENAI -> json.at("/choices/0/message/content").asString("");
			case OPENAI_RESPONSES -> json.at("/output/0/content/0/text").asString("");
			case ANTHROPIC -> json.at("/content/0/text").asString("");
			case GEMINI -> json.at("/candidates/0/content/parts/0/text").asString("");
		};
	}

	/** The text of a streamed answer. */
	String streamedText(List<String> events) {
		StringBuilder text = new StringBuilder();
		for (String event : events) {
			if (!event.equals("[DONE]")) {
				JsonNode json = JSON.readTree(event);
				text.append(switch (this.wire) {
					case OPENAI -> json.at("/choices/0/delta/content").asString("");
					case OPENAI_RESPONSES -> json.path("delta").asString("");
					case ANTHROPIC -> json.at("/delta/text").asString("");
					case GEMINI -> json.at("/candidates/0/content/parts/0/text").asString("");
				});
			}
		}
		return text.toString();
	}

}
