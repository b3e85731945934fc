package dev.switchboard.gateway.security;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import dev.switchboard.call.Caller;
import dev.switchboard.gateway.access.Allowed;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.access.VirtualKey;
import dev.switchboard.gateway.access.VirtualKeys;
import dev.switchboard.gateway.security.TestGateway.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class KeyedCallersTests {

	private static final String KEY = "sk-gateway-0123456789";

	private static final String OTHER_KEY = "sk-other";

	private static final String OLD_KEY = "sk-old";

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		Instant now = Instant.parse("2026-03-01T12:00:00Z");
		VirtualKeys keys = new VirtualKeys(List.of(
				VirtualKey.of("ci", "{sha256}d16cc76b3583097eec09994829ec6dc8788d1890ec9ddc45929352dd3ee62187",
						access("ci"), null),
				VirtualKey.of("laptop", "{noop}" + OTHER_KEY, access("laptop"), null),
				VirtualKey.of("old", "{noop}" + OLD_KEY, access("old"), now)), InstantSource.fixed(now));
		gateway = TestGateway.start((context) -> context.registerBean(VirtualKeys.class, () -> keys),
				"logging.level.org.springframework.security=TRACE", "logging.level.org.springframework.web=TRACE",
				"logging.level.dev.switchboard=TRACE");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization: Bearer " + KEY, "authorization: bearer " + KEY,
			"Authorization: BEARER   " + KEY + " ", "x-api-key: " + KEY, "X-Api-Key:  " + KEY + " ",
			"x-goog-api-key: " + KEY })
	void aKeyInEitherHeaderTellsWhoCalls(String header) {
		Answer answer = gateway.send("POST /v1/chat/completions", header);

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).contains("Caller[name=ci, group=team]")
			.contains("routes=[cheap-fast]")
			.contains("known to Spring as ci");
	}

	@Test
	void whereBothHeadersAreThereTheApiKeyCounts() {
		String other = "Authorization: Bearer " + OTHER_KEY;

		assertThat(gateway.send("GET /v1/models", other, "x-api-key: " + KEY).body()).contains("name=ci");
		assertThat(gateway.send("GET /v1/models", other, "x-api-key: wrong").status()).isEqualTo(401);
	}

	@Test
	void aKeyInTheUrlIsNotRead() {
		Answer answer = gateway.send("GET /v1/models?key=" + KEY);

		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.body()).contains("x-goog-api-key")
			.contains("a key in the URL is not read")
			.doesNotContain(KEY);
	}

	@Test
	void anEmptyApiKeyIsNone() {
		assertThat(gateway.send("GET /v1/models", "Authorization: Bearer " + OTHER_KEY, "x-api-key: ").body())
			.contains("name=laptop");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "x-api-key" })
	void aWrongKeyIsRefusedByTheHeaderItStandsIn(String header) {
		String value = header.equals("Authorization") ? "Bearer sk-wrong" : "sk-wrong";

		Answer answer = gateway.send("GET /v1/models", header + ": " + value);

		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
		assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
		assertThat(answer.body()).contains("\"code\":\"key_invalid\"")
			.contains("header '" + header + "'")
			.contains("\"id\":\"req-1\"");
		assertThat(answer.text()).doesNotContain("sk-wrong");
	}

	@Test
	void whatLooksLikeATokenIsAnUnknownKeyWhereNoTokensAreRead() {
		assertThat(gateway.send("GET /v1/models", "Authorization: Bearer aaa.bbb.ccc").body())
			.contains("\"code\":\"key_invalid\"");
	}

	@Test
	void anExpiredKeyIsToldSo() {
		Answer answer = gateway.send("GET /v1/models", "x-api-key: " + OLD_KEY);

		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.body()).contains("\"code\":\"key_invalid\"").contains("has expired");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Accept: */*", "Authorization: Basic dXNlcjpwYXNz", "Authorization: Bearer",
			"Authorization: Bearer ", "Authorization: Bearer" + KEY, "x-api-key: ", "api-key: " + KEY,
			"Cookie: x-api-key=" + KEY })
	void withoutAKeyOneIsAskedFor(String header) {
		Answer answer = gateway.send("POST /v1/chat/completions", header);

		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
		assertThat(answer.body()).contains("\"code\":\"key_required\"");
	}

	@Test
	void aKeyInTheQueryIsNone() {
		assertThat(gateway.send("GET /v1/models?key=" + KEY + "&access_token=" + KEY).body())
			.contains("\"code\":\"key_required\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /v1/models/", "GET /v1/models/anything", "GET /v1/responses/anything",
			"DELETE /v1/models", "HEAD /v1/models", "OPTIONS /v1/chat/completions", "POST /anthropic/v1/messages",
			"PUT /passthrough/openai/v1/files", "GET /%76%31/models", "GET /v%31/models" })
	void noPathOfTheGatewayIsOpen(String line) {
		Answer answer = gateway.send(line);

		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("WWW-Authenticate")).as("not refused by the application").isEqualTo("Bearer");
	}

	@Test
	void whatTheGatewayDoesNotHaveBelongsToTheApplication() {
		Answer answer = gateway.send("GET /v1/orders");

		assertThat(answer.status()).as("by the application's own chain").isEqualTo(401);
		assertThat(answer.header("WWW-Authenticate")).isNotEqualTo("Bearer");
	}

	@Test
	void theAnswerToHeadHasNoBody() {
		assertThat(gateway.send("HEAD /v1/models").body()).isEmpty();
		assertThat(gateway.send("HEAD /v1/models", "x-api-key: " + KEY).status()).isEqualTo(200);
	}

	@Test
	void errorsHaveTheShapeOfTheEndpoint() {
		assertThat(gateway.send("POST /anthropic/v1/messages").body()).contains("\"shape\":\"anthropic\"");
		assertThat(gateway.send("POST /v1/chat/completions").body()).contains("\"shape\":\"openai\"");
	}

	@Test
	void nothingOfASessionIsKept() {
		assertThat(gateway.send("GET /v1/models", "x-api-key: " + KEY).header("Set-Cookie")).isNull();
		assertThat(gateway.send("GET /v1/models").header("Set-Cookie")).isNull();
	}

	@Test
	void anAnswerThatComesLaterIsOfTheSameCaller() {
		assertThat(gateway.send("GET /v1/models/later", "x-api-key: " + KEY).body()).contains("name=ci")
			.contains("known to Spring as ci");
	}

	@Test
	void nobodyIsKnownToTheNextRequestOnTheSameThread() {
		gateway.send("GET /v1/models", "x-api-key: " + KEY);

		assertThat(gateway.send("GET /page").status()).isEqualTo(401);
	}

	@Test
	void noLogShowsAKey(CapturedOutput output) {
		gateway.send("GET /v1/models", "x-api-key: " + KEY);
		gateway.send("GET /v1/models", "Authorization: Bearer " + OTHER_KEY);
		gateway.send("GET /v1/models", "x-api-key: " + OLD_KEY);
		gateway.send("GET /v1/models", "Authorization: Bearer sk-wrong");

		assertThat(output).contains("Securing GET /v1/models")
			.doesNotContain(KEY)
			.doesNotContain(OTHER_KEY)
			.doesNotContain(OLD_KEY)
			.doesNotContain("sk-wrong");
	}

	private static CallerAccess access(String name) {
		return new CallerAccess(new Caller(name, "team"), new Allowed(List.of("cheap-fast")), Allowed.NOTHING,
				Allowed.NOTHING);
	}

}
