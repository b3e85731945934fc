package dev.switchboard.gateway.front;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

import dev.switchboard.gateway.RawCaller;
import dev.switchboard.gateway.RunningGateway;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Requests that are wrong in every way: each gets a clear answer of its wire, or is
 * served, and none a 500.
 */
@Isolated("it measures how slowly a caller may send")
class HostileRequestsTests {

	private static final String HI = "[{\"role\":\"user\",\"content\":\"Hi\"}]";

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("switchboard.routes.one.targets=openai/gpt-5.4-mini",
				"switchboard.routes.other.targets=anthropic/claude-sonnet-4-6",
				"switchboard.routes.third.targets=google/gemini-3.1-flash-lite",
				"switchboard.routes.both.targets=openai/gpt-5.4-mini,anthropic/claude-sonnet-4-6",
				"switchboard.gateway.max-request-size=4MB", "switchboard.gateway.request-timeout=1s");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	static Stream<Arguments> wrong() {
		String deep = "[".repeat(5000) + "]".repeat(5000);
		return Stream.of(arguments("nothing", ""), arguments("no object", "[]"), arguments("a word", "hello"),
				arguments("half an object", "{\"model\":\"one\""),
				arguments("two objects", "{\"model\":\"one\",\"messages\":" + HI + "} {}"),
				arguments("no model", "{\"messages\":" + HI + "}"),
				arguments("a model that is a number", "{\"model\":5,\"messages\":" + HI + "}"),
				arguments("a blank model", "{\"model\":\" \",\"messages\":" + HI + "}"),
				arguments("two models", "{\"model\":\"one\",\"model\":\"other\",\"messages\":" + HI + "}"),
				arguments("no messages", "{\"model\":\"one\"}"),
				arguments("messages that are none", "{\"model\":\"one\",\"messages\":{}}"),
				arguments("empty messages", "{\"model\":\"one\",\"messages\":[ ]}"),
				arguments("a stream that is a word", "{\"model\":\"one\",\"stream\":\"yes\",\"messages\":" + HI + "}"),
				arguments("deep nesting", "{\"model\":\"one\",\"messages\":" + HI + ",\"deep\":" + deep + "}"),
				arguments("a message that is a number", "{\"model\":\"third\",\"max_tokens\":5,\"messages\":[5]}"),
				arguments("a role that is none",
						"{\"model\":\"third\",\"max_tokens\":5,\"messages\":[{\"role\":\"king\",\"content\":\"Hi\"}]}"),
				arguments("a temperature that is a word",
						"{\"model\":\"third\",\"max_tokens\":5,\"temperature\":\"hot\",\"messages\":" + HI + "}"),
				arguments("a line break in the model", "{\"model\":\"one\\r\\nX-Evil: 1\",\"messages\":" + HI + "}"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrong")
	void whatIsWrongIsToldInTheWiresShape(String what, String body) {
		for (String path : new String[] { "/v1/chat/completions", "/anthropic/v1/messages" }) {
			HttpResponse<String> response = gateway.post(path, body);

			assertThat(response.statusCode()).as(path + " " + response.body()).isBetween(400, 499);
			assertThat(RunningGateway.json(response).at("/error/message").asString()).as(path).isNotBlank();
			assertThat(response.body()).doesNotContain("Exception", "\tat ");
			assertThat(response.headers().firstValue("X-Evil")).isEmpty();
			assertThat(response.headers().firstValue("X-Switchboard-Call")).isPresent();
		}
		assertThat(gateway.provider("openai").requests()).isEmpty();
	}

	@Test
	void textThatIsNotUtf8IsRefused() {
		HttpResponse<String> response = gateway.send(gateway.request("/v1/chat/completions")
			.header("Content-Type", "application/json")
			.POST(BodyPublishers
				.ofByteArray(("{\"model\":\"one\",\"messages\":" + HI + "}").getBytes(StandardCharsets.UTF_16LE)))
			.build());

		assertThat(response.statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "application/json;charset=utf-16" })
	void otherTypesAreRefused(String type) {
		HttpResponse<String> response = gateway.send(gateway.request("/v1/chat/completions")
			.header("Content-Type", type)
			.POST(BodyPublishers.ofString("{\"model\":\"one\",\"messages\":" + HI + "}"))
			.build());

		assertThat(response.statusCode()).isEqualTo(415);
	}

	@Test
	void aBodyThatSaysItIsTooLongIsNotRead() {
		try (RawCaller caller = new RawCaller(gateway.port())) {
			caller.send(RawCaller.head("/v1/chat/completions") + "Content-Length: 52428800\r\n\r\n{\"model\":");

			assertThat(caller.readAnswer()).startsWith("HTTP/1.1 413").contains("request_too_large");
		}
	}

	@Test
	void aBodyThatTurnsOutTooLongIsNotReadOn() {
		HttpResponse<String> response = gateway.send(gateway.request("/v1/chat/completions")
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[5 * 1024 * 1024])))
			.build());

		assertThat(response.statusCode()).isEqualTo(413);
	}

	@Test
	void whoSendsTooSlowlyIsToldSo() {
		try (RawCaller caller = new RawCaller(gateway.port())) {
			caller.send(RawCaller.head("/v1/chat/completions") + "Content-Length: 1000\r\n\r\n");
			long begin = System.nanoTime();
			Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(200)).until(() -> {
				caller.send(" ");
				return System.nanoTime() - begin > Duration.ofMillis(1800).toNanos();
			});

			assertThat(caller.readAnswer()).startsWith("HTTP/1.1 408").contains("request_timeout");
		}
	}

	@Test
	void aBodyThatEndsEarlyIsRefused() {
		try (RawCaller caller = new RawCaller(gateway.port())) {
			caller.send(RawCaller.head("/v1/chat/completions") + "Content-Length: 1000\r\n\r\n{\"model\":\"one\"")
				.sayNoMore();

			assertThat(caller.readUntil("\r\n\r\n")).satisfiesAnyOf((answer) -> assertThat(answer).isEmpty(),
					(answer) -> assertThat(answer).startsWith("HTTP/1.1 400"));
		}
		assertThat(gateway.provider("openai").requests()).isEmpty();
	}

	@Test
	void aRequestWithTwoLengthsIsRefused() {
		try (RawCaller caller = new RawCaller(gateway.port())) {
			String json = "{\"model\":\"one\",\"messages\":" + HI + "}";
			caller.send(RawCaller.head("/v1/chat/completions") + "Content-Length: " + json.length()
					+ "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + RawCaller.post("/v1/chat/completions", json));

			assertThat(caller.readUntil("\r\n")).startsWith("HTTP/1.1 400");
		}
		assertThat(gateway.provider("openai").requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "one", "other", "both" })
	void tenThousandMessagesAreServed(String route) {
		StringBuilder messages = new StringBuilder("[");
		for (int i = 0; i < 5000; i++) {
			messages.append("{\"role\":\"user\",\"content\":\"Question ")
				.append(i)
				.append("\"},{\"role\":\"assistant\",\"content\":\"Answer\"},");
		}
		messages.append("{\"role\":\"user\",\"content\":\"Last\"}]");
		gateway.provider("openai").answers("Yes.");
		gateway.provider("anthropic").answers("Yes.");

		HttpResponse<String> response = gateway.post("/v1/chat/completions",
				"{\"model\":\"" + route + "\",\"messages\":" + messages + "}");

		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
	}

	@Test
	void hugeHeadersAreRefused() {
		try (RawCaller caller = new RawCaller(gateway.port())) {
			caller.send(RawCaller.post("/v1/chat/completions", "{}", "X-Huge: " + "x".repeat(100_000)));

			assertThat(caller.readUntil("\r\n")).matches("HTTP/1.1 4\\d\\d[^\r]*\r\n");
		}
	}

	@Test
	void chunkedRequestsAreServed() {
		gateway.provider("openai").answers("Yes.");
		HttpResponse<String> response = gateway.send(gateway.request("/v1/chat/completions")
			.header("Content-Type", "application/json; charset=utf-8")
			.POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("{\"model\":\"one\",\"messages\":" + HI + "}")))
			.build());

		assertThat(response.statusCode()).isEqualTo(200);
	}

	@Test
	void otherMethodsAreToldWhatIsTaken() {
		HttpResponse<String> response = gateway.get("/v1/chat/completions");

		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(response.headers().firstValue("Allow")).hasValue("POST");
		assertThat(gateway.get("/anthropic/api/hello").statusCode()).isEqualTo(404);
	}

}
