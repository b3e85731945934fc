package dev.switchboard.gateway.front;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.Usage;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What callers are told of limits. Every test has a caller, so a bucket, of its own;
 * nothing comes back within the time of a test.
 */
class LimitTests {

	private static final String SAY_HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		List<String> properties = new ArrayList<>(List.of("switchboard.routes.relayed.targets=openai/gpt-5.4-mini",
				"switchboard.routes.translated.targets=anthropic/claude-haiku-4-5",
				"switchboard.routes.remembered.targets=openai/gpt-5.4-mini",
				"switchboard.routes.remembered.cache.ttl=10m",
				"switchboard.routes.vectors.targets=openai/text-embedding-3-small",
				"switchboard.limits.crowd.for.key=crowd", "switchboard.limits.crowd.requests=50",
				"switchboard.limits.crowd.per=hour", "switchboard.limits.one.for.key=*",
				"switchboard.limits.one.for.team=one", "switchboard.limits.one.requests=1",
				"switchboard.limits.one.per=hour", "switchboard.limits.tokens.for.key=*",
				"switchboard.limits.tokens.for.team=tokens", "switchboard.limits.tokens.requests=10",
				"switchboard.limits.tokens.input-tokens=1000", "switchboard.limits.tokens.output-tokens=200",
				"switchboard.limits.tokens.per=hour", "switchboard.limits.daily.for.team=daily",
				"switchboard.limits.daily.requests=5", "switchboard.limits.daily.per=day"));
		List.of("chat", "responses", "messages", "embeddings", "direct", "past", "s-chat", "s-responses", "s-messages")
			.forEach((key) -> properties.addAll(key(key, "one")));
		List.of("headers", "debts", "late", "large", "large-messages", "counting", "provider", "memory", "s-memory")
			.forEach((key) -> properties.addAll(key(key, "tokens")));
		properties.addAll(key("quota", "daily"));
		properties.addAll(key("crowd", "crowd"));
		properties.addAll(key("free", "free"));
		gateway = RunningGateway.start(properties.toArray(String[]::new));
	}

	private static List<String> key(String name, String team) {
		String prefix = "switchboard.gateway.keys." + name;
		return List.of(prefix + ".hash={noop}" + name + "-key", prefix + ".team=" + team, prefix + ".models=*",
				prefix + ".passthrough=openai");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	@Test
	void ofFiveHundredAtOnceExactlyAsManyAreAnsweredAsMayBe() {
		List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			String body = "{\"model\":\"relayed\"," + ((i % 2 == 0) ? "\"stream\":true," : "") + SAY_HI;
			calls.add(gateway.client()
				.sendAsync(gateway.request("/v1/chat/completions")
					.header("x-api-key", "crowd-key")
					.header("Content-Type", "application/json")
					.POST(BodyPublishers.ofString(body))
					.build(), BodyHandlers.ofString()));
		}
		List<Integer> statuses = calls.stream().map((call) -> call.join().statusCode()).toList();

		assertThat(statuses).containsOnly(200, 429).hasSize(500);
		assertThat(statuses.stream().filter((status) -> status == 200)).hasSize(50);
		assertThat(gateway.provider("openai").requestCount()).isEqualTo(50);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			chat        | /v1/chat/completions   | {"model":"relayed",
			s-chat      | /v1/chat/completions   | {"model":"translated","stream":true,
			responses   | /v1/responses          | {"model":"translated","input":"Hi"}
			s-responses | /v1/responses          | {"model":"translated","stream":true,"input":"Hi"}
			messages    | /anthropic/v1/messages | {"model":"relayed","max_tokens":50,
			s-messages  | /anthropic/v1/messages | {"model":"translated","stream":true,"max_tokens":50,
			embeddings  | /v1/embeddings         | {"model":"vectors","input":"Hi"}
			direct      | /v1/chat/completions   | {"model":"openai/gpt-5.4-mini",
			past        | /passthrough/openai/v1/chat/completions | {"model":"gpt-5.4-mini",
			""")
	void whoFindsNoRoomIsToldWhenThereWillBe(String key, String path, String begun) {
		String body = begun.endsWith("}") ? begun : begun + SAY_HI;
		HttpResponse<String> answered = gateway.post(path, body, "x-api-key", key + "-key");
		assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
		assertThat(header(answered, "RateLimit-Limit")).isEqualTo("1");
		assertThat(header(answered, "RateLimit-Remaining")).isEqualTo("0");
		assertThat(Long.parseLong(header(answered, "RateLimit-Reset"))).isBetween(3500L, 3600L);
		assertThat(header(answered, "RateLimit-Policy")).isEqualTo("1;w=3600;name=\"one\";unit=\"requests\"");
		gateway.onlyRecord();

		HttpResponse<String> refused = gateway.post(path, body, "x-api-key", key + "-key");

		assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
		JsonNode error = RunningGateway.json(refused).path("error");
		boolean anthropic = path.startsWith("/anthropic");
		JsonNode details = anthropic ? error.path("details") : error;
		assertThat(error.path("type").asString()).isEqualTo("rate_limit_error");
		assertThat(details.path(anthropic ? "error_code" : "code").asString()).isEqualTo("rate_limited");
		assertThat(details.path("limit").asString()).isEqualTo("one");
		assertThat(details.path("limit_unit").asString()).isEqualTo("requests");
		assertThat(error.path("message").asString())
			.contains("Limit 'one' of key=" + key + ",team=one has 0 of its 1 requests per hour left");
		long wait = Long.parseLong(header(refused, "Retry-After"));
		assertThat(Duration.between(Instant.now(), Instant.parse(details.path("available_at").asString())))
			.isCloseTo(Duration.ofSeconds(wait), Duration.ofSeconds(10));
		assertThat(header(refused, "RateLimit-Remaining")).isEqualTo("0");
		assertThat(Long.parseLong(header(refused, "RateLimit-Reset"))).isBetween(wait - 10, wait + 10);
		assertThat(header(refused, "RateLimit-Policy")).isEqualTo("1;w=3600;name=\"one\";unit=\"requests\"");
		assertThat(gateway.provider("openai").requestCount() + gateway.provider("anthropic").requestCount())
			.isEqualTo(1);
		await().untilAsserted(() -> assertThat(gateway.records()).extracting((record) -> record.outcome().label())
			.containsExactly("answered", "limit-exceeded"));
	}

	@Test
	void theHeadersAreThoseOfTheLimitThatIsNearestToItsEnd() {
		gateway.provider("openai").answers(answer(100, 20), answer(800, 20));

		HttpResponse<String> first = ask("headers", "relayed", false);
		// One of ten requests is as much as a hundred of a thousand tokens.
		assertThat(header(first, "RateLimit-Limit")).isEqualTo("10");
		assertThat(header(first, "RateLimit-Remaining")).isEqualTo("9");
		assertThat(header(first, "RateLimit-Policy")).isEqualTo(
				"10;w=3600;name=\"tokens\";unit=\"requests\", " + "1000;w=3600;name=\"tokens\";unit=\"input-tokens\", "
						+ "200;w=3600;name=\"tokens\";unit=\"output-tokens\"");

		HttpResponse<String> second = ask("headers", "relayed", false);
		assertThat(header(second, "RateLimit-Limit")).isEqualTo("1000");
		assertThat(Long.parseLong(header(second, "RateLimit-Remaining"))).isBetween(100L, 130L);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatAnAnswerTookBeyondItsLimitIsWaitedFor(boolean streamed) {
		String key = streamed ? "late" : "debts";
		gateway.provider("openai").answers((request) -> answer(5, 300));
		assertThat(ask(key, "relayed", streamed).statusCode()).isEqualTo(200);
		gateway.onlyRecord();

		HttpResponse<String> refused = ask(key, "relayed", streamed);
		assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
		assertThat(RunningGateway.json(refused).at("/error/limit_unit").asString()).isEqualTo("output-tokens");
		// A hundred and one of two hundred that come back in an hour.
		assertThat(Long.parseLong(header(refused, "Retry-After"))).isBetween(1700L, 1818L);
	}

	@Test
	void aRequestThatNeverFitsIsRefusedForGood() {
		String text = "\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(2000)
				+ "\"}]}";
		HttpResponse<String> chat = gateway.post("/v1/chat/completions", "{\"model\":\"relayed\"," + text, "x-api-key",
				"large-key");
		assertThat(chat.statusCode()).as(chat.body()).isEqualTo(413);
		assertThat(RunningGateway.json(chat).at("/error/code").asString()).isEqualTo("request_exceeds_limit");
		assertThat(chat.headers().firstValue("Retry-After")).isEmpty();
		HttpResponse<String> messages = gateway.post("/anthropic/v1/messages", "{\"model\":\"relayed\"," + text,
				"x-api-key", "large-messages-key");
		assertThat(messages.statusCode()).as(messages.body()).isEqualTo(413);
		assertThat(RunningGateway.json(messages).at("/error/type").asString()).isEqualTo("request_too_large");
		assertThat(gateway.provider("openai").requestCount()).isZero();
		assertThat(header(ask("large", "relayed", false), "RateLimit-Remaining")).isEqualTo("9");
	}

	@Test
	void countingAndListingAreNoCalls() {
		for (int i = 0; i < 12; i++) {
			assertThat(gateway.get("/v1/models", "x-api-key", "counting-key").statusCode()).isEqualTo(200);
			assertThat(gateway.get("/passthrough/openai/v1/models", "x-api-key", "counting-key").statusCode())
				.isEqualTo(200);
			HttpResponse<String> counted = gateway.post("/anthropic/v1/messages/count_tokens",
					"{\"model\":\"relayed\"," + SAY_HI, "x-api-key", "counting-key");
			assertThat(counted.statusCode()).as(counted.body()).isEqualTo(200);
			assertThat(counted.headers().map()).doesNotContainKey("ratelimit-limit");
		}
		assertThat(header(ask("counting", "relayed", false), "RateLimit-Remaining")).isEqualTo("9");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatIsRememberedTakesARequestAndNoTokens(boolean streamed) {
		String key = streamed ? "s-memory" : "memory";
		gateway.provider("openai").answers((request) -> answer(900, 5));
		assertThat(ask(key, "remembered", streamed).statusCode()).isEqualTo(200);
		gateway.onlyRecord();
		for (int i = 0; i < 3; i++) {
			HttpResponse<String> response = ask(key, "remembered", streamed);
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			assertThat(header(response, "X-Switchboard-Cache")).isEqualTo("hit");
			assertThat(header(response, "RateLimit-Limit")).isEqualTo("10");
			assertThat(header(response, "RateLimit-Remaining")).isEqualTo(Integer.toString(8 - i));
		}
	}

	@Test
	void theLimitOfAProviderIsNotOneOfOurs() {
		gateway.provider("openai").fails(Fault.rateLimited().retryAfter(Duration.ofSeconds(30)));
		HttpResponse<String> response = ask("provider", "relayed", false);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
		assertThat(RunningGateway.json(response).at("/error/code").asString()).isEqualTo("provider_rate_limited");
		assertThat(header(response, "RateLimit-Limit")).isEqualTo("10");
		assertThat(header(response, "RateLimit-Remaining")).isEqualTo("9");
	}

	@Test
	void aQuotaLastsUntilMidnight() {
		HttpResponse<String> response = ask("quota", "relayed", false);
		assertThat(header(response, "RateLimit-Policy")).isEqualTo("5;w=86400;name=\"daily\";unit=\"requests\"");
		assertThat(Long.parseLong(header(response, "RateLimit-Reset"))).isBetween(0L, 86_400L);
	}

	@Test
	void whoHasNoLimitIsToldNothing() {
		HttpResponse<String> response = ask("free", "relayed", false);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().map().keySet()).noneMatch((name) -> name.toLowerCase().startsWith("ratelimit"));
	}

	private static HttpResponse<String> ask(String key, String route, boolean streamed) {
		return gateway.post("/v1/chat/completions",
				"{\"model\":\"" + route + "\"," + (streamed ? "\"stream\":true," : "") + SAY_HI, "x-api-key",
				key + "-key");
	}

	private static String header(HttpResponse<String> response, String name) {
		return response.headers()
			.firstValue(name)
			.orElseThrow(() -> new AssertionError(name + " is missing of " + response.headers().map()));
	}

	private static Answer answer(int input, int output) {
		return Answer.text("An answer").withUsage(Usage.of(input, output));
	}

}
