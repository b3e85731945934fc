package dev.switchboard.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what the page's script does, over real HTTP.
 */
final class Browser {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient client = HttpClient.newHttpClient();

	private final String base;

	Browser(int port) {
		this.base = "http://localhost:" + port;
	}

	String get(String path) {
		return send(HttpRequest.newBuilder(URI.create(this.base + path)).build(), BodyHandlers.ofString()).body();
	}

	HttpResponse<String> post(String path, String text) {
		return send(HttpRequest.newBuilder(URI.create(this.base + path))
			.header("Content-Type", "text/plain;charset=UTF-8")
			.POST(BodyPublishers.ofString(text))
			.build(), BodyHandlers.ofString());
	}

	HttpResponse<String> postQuestion(Map<String, Object> question) {
		return send(request(question), BodyHandlers.ofString());
	}

	/** An answer that can be left before it ends. */
	InputStream open(Map<String, Object> question) {
		return send(request(question), BodyHandlers.ofInputStream()).body();
	}

	private HttpRequest request(Map<String, Object> question) {
		return HttpRequest.newBuilder(URI.create(this.base + "/ask"))
			.header("Content-Type", "application/json")
			.header("Accept", "text/event-stream")
			.POST(BodyPublishers.ofString(JSON.writeValueAsString(question)))
			.build();
	}

	Answer ask(String route, String prompt) {
		return ask(question(route, prompt));
	}

	Answer ask(Map<String, Object> question) {
		return Answer.of(postQuestion(question).body());
	}

	static Map<String, Object> question(String route, String prompt) {
		Map<String, Object> question = new LinkedHashMap<>();
		question.put("route", route);
		question.put("prompt", prompt);
		question.put("enterprise", false);
		question.put("fresh", true);
		question.put("picture", false);
		return question;
	}

	void behave(String provider, String behaviour) {
		post("/providers/" + provider + "?behaviour=" + behaviour, "");
	}

	static JsonNode json(String text) {
		return JSON.readTree(text);
	}

	private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
		try {
			return this.client.send(request, body);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What came of a question.
	 *
	 * @param chunks the pieces of text
	 * @param attempts what was told of the attempts while they were under way
	 * @param end the last event
	 * @param data its data
	 */
	record Answer(List<String> chunks, List<String> attempts, String end, JsonNode data) {

		static Answer of(String body) {
			List<String> chunks = new ArrayList<>();
			List<String> attempts = new ArrayList<>();
			String end = "";
			JsonNode last = JSON.nullNode();
			for (String event : body.split("\n\n")) {
				String name = field(event, "event:");
				if (name.isEmpty()) {
					continue;
				}
				JsonNode data = json(field(event, "data:"));
				switch (name) {
					case "text" -> chunks.add(data.path("text").asString());
					case "asking", "attempt" -> attempts.add(name + " " + data.path("target").asString());
					default -> {
						end = name;
						last = data;
					}
				}
			}
			return new Answer(chunks, attempts, end, last);
		}

		private static String field(String event, String name) {
			return event.lines()
				.filter((line) -> line.startsWith(name))
				.map((line) -> line.substring(name.length()))
				.findFirst()
				.orElse("");
		}

		String text() {
			return String.join("", this.chunks);
		}

		/** The call, whether it ended well or not. */
		JsonNode call() {
			return "failed".equals(this.end) ? this.data.path("call") : this.data;
		}

		/** Each attempt as target and outcome. */
		List<String> outcomes() {
			List<String> outcomes = new ArrayList<>();
			call().path("attempts")
				.forEach((attempt) -> outcomes
					.add(attempt.path("target").asString() + " " + attempt.path("outcome").asString()));
			return outcomes;
		}

	}

}
