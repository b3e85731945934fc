package dev.switchboard.gateway.admin;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.gateway.access.KeyHash;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class KeyLifeTests {

	private static RunningGateway gateway;

	private static Desk desk;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("switchboard.routes.one.targets=openai/gpt-5.4-mini",
				"switchboard.routes.two.targets=openai/gpt-5.4", "switchboard.gateway.keys.root.hash={noop}root-key",
				"switchboard.gateway.keys.root.admin=true", "switchboard.gateway.keys.root.team=platform",
				"switchboard.gateway.keys.ann.hash={noop}ann-key", "logging.level.dev.switchboard=TRACE",
				"logging.level.org.springframework.web=DEBUG");
		desk = new Desk(gateway, "root-key");
	}

	@AfterAll
	static void close() {
		gateway.close();
	}

	private static List<String> audit(String name) {
		return StreamSupport.stream(desk.get("/audit?name=" + name).get("entries").spliterator(), false)
			.map((entry) -> entry.get("who").asString() + " " + entry.get("what").asString() + " "
					+ entry.get("details"))
			.toList();
	}

	private static String code(int status, String method, String path, String json) {
		return desk.ask(status, method, path, json).at("/error/code").asString();
	}

	@Test
	void aKeyLivesFromItsMakingToItsEnd() {
		String spec = "{\"routes\":[\"one\"],\"models\":[\"openai/*\"]}";
		JsonNode made = desk.ask(201, "PUT", "/keys/life", spec);
		String key = made.get("key").asString();
		assertThat(key).matches("sk-switchboard-[A-Za-z0-9_-]{43}");
		assertThat(desk.call(key)).isEmpty();

		JsonNode again = desk.ask(200, "PUT", "/keys/life", spec);
		assertThat(again.has("key")).isFalse();
		assertThat(again.get("changed")).isEqualTo(made.get("changed"));

		assertThat(desk.post("/keys/life/block").get("state").asString()).isEqualTo("blocked");
		assertThat(desk.call(key)).startsWith("401 key_invalid").contains("is blocked");
		desk.ask(200, "PUT", "/keys/life", spec);
		assertThat(desk.call(key)).as("a script that runs again lets nobody in").contains("is blocked");
		desk.post("/keys/life/block");
		desk.post("/keys/life/unblock");
		assertThat(desk.call(key)).isEmpty();

		desk.post("/keys/life/expire");
		assertThat(desk.call(key)).startsWith("401 key_invalid").contains("has expired");
		desk.ask(200, "PUT", "/keys/life", spec);
		assertThat(desk.call(key)).isEmpty();

		assertThat(desk.ask(200, "DELETE", "/keys/life", null).get("deleted").asBoolean()).isTrue();
		assertThat(desk.call(key)).startsWith("401 key_invalid").contains("none that this gateway knows");
		assertThat(desk.ask(200, "DELETE", "/keys/life", null).get("deleted").asBoolean()).isFalse();

		assertThat(audit("life")).extracting((line) -> line.split(" ")[1])
			.containsExactly("created", "blocked", "unblocked", "expired", "updated", "deleted");
		assertThat(audit("life")).allMatch((line) -> line.startsWith("root "));
		assertThat(audit("life").get(0)).contains("\"routes\":[\"one\"]");
	}

	@Test
	void aKeyIsReplacedWithoutAGap() {
		String old = desk.make("turning", "{}");
		JsonNode rotated = desk.ask(200, "POST", "/keys/turning/rotate", "{\"overlap\":\"10m\"}");
		String next = rotated.get("key").asString();
		assertThat(next).isNotEqualTo(old);
		assertThat(Instant.parse(rotated.get("previous_until").asString())).isAfter(Instant.now().plusSeconds(500));
		assertThat(desk.call(old)).isEmpty();
		assertThat(desk.call(next)).isEmpty();

		String last = desk.post("/keys/turning/rotate").get("key").asString();
		assertThat(desk.call(old)).contains("none that this gateway knows");
		assertThat(desk.call(next)).startsWith("401 key_invalid").contains("was replaced by a new one");
		assertThat(desk.call(last)).isEmpty();
		assertThat(desk.get("/keys/turning").get("previous_until").isNull()).isTrue();
	}

	@Test
	void aBlockedKeyIsBlockedUnderBothItsSecrets() {
		String old = desk.make("both", "{}");
		String next = desk.ask(200, "POST", "/keys/both/rotate", "{\"overlap\":\"PT1H\"}").get("key").asString();
		desk.post("/keys/both/block");
		assertThat(desk.call(old)).contains("is blocked");
		assertThat(desk.call(next)).contains("is blocked");
	}

	@Test
	void aKeyReachesWhatItIsMadeFor() {
		String key = desk.make("narrow", "{\"routes\":[\"two\"]}");
		assertThat(desk.call(key)).startsWith("404 unknown_route");
		desk.ask(200, "PUT", "/keys/narrow", "{}");
		assertThat(desk.call(key)).isEmpty();
		assertThat(audit("narrow").get(1)).contains("\"routes\":{\"from\":[\"two\"],\"to\":[\"*\"]}");
		assertThat(new Desk(gateway, key).send("GET", "/keys", null).statusCode()).isEqualTo(403);
	}

	@Test
	void aKeyIsTheCallerInTheLedger() {
		gateway.reset();
		desk.ask(201, "PUT", "/teams/readers", "{}");
		assertThat(desk.call(desk.make("reader", "{\"team\":\"readers\"}"))).isEmpty();
		assertThat(gateway.onlyRecord().caller().name()).isEqualTo("reader");
		assertThat(gateway.onlyRecord().caller().group()).isEqualTo("readers");
	}

	@Test
	void keysOfTheConfigurationAreListedAndStayAsTheyAre() {
		JsonNode root = desk.get("/keys/root");
		assertThat(root.get("source").asString()).isEqualTo("configuration");
		assertThat(root.get("admin").asBoolean()).isTrue();
		for (String change : List.of("POST /keys/root/block", "POST /keys/root/unblock", "POST /keys/root/expire",
				"POST /keys/root/rotate", "DELETE /keys/root", "PUT /keys/ann")) {
			String[] words = change.split(" ");
			assertThat(code(409, words[0], words[1], null)).as(change).isEqualTo("key_is_configured");
		}
		assertThat(desk.call("ann-key")).isEmpty();
	}

	@Test
	void keysAreListedPageByPage() {
		desk.ask(201, "PUT", "/teams/pages", "{}");
		for (int i = 0; i < 5; i++) {
			desk.make("page-" + i, "{\"team\":\"pages\"}");
		}
		desk.post("/keys/page-3/block");
		List<String> names = new ArrayList<>();
		String next = "";
		while (next != null) {
			JsonNode page = desk.get("/keys?team=pages&limit=2" + next);
			page.get("keys").forEach((key) -> names.add(key.get("name").asString()));
			next = page.get("next").isString() ? "&after=" + page.get("next").asString() : null;
		}
		assertThat(names).containsExactly("page-0", "page-1", "page-2", "page-3", "page-4");
		assertThat(desk.get("/keys?team=pages&blocked=true").get("keys")).hasSize(1);
		assertThat(desk.get("/keys?team=pages&blocked=false").get("keys")).hasSize(4);
	}

	@Test
	void manyWhoMakeTheSameKeyAtOnceMakeOne() throws Exception {
		int threads = 12;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			CountDownLatch all = new CountDownLatch(threads);
			List<Future<Integer>> answers = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				answers.add(executor.submit(() -> {
					all.countDown();
					all.await(10, TimeUnit.SECONDS);
					return desk.send("PUT", "/keys/rush", "{}").statusCode();
				}));
			}
			List<Integer> statuses = new ArrayList<>();
			for (Future<Integer> answer : answers) {
				statuses.add(answer.get(60, TimeUnit.SECONDS));
			}
			assertThat(statuses).containsOnlyOnce(201).containsOnly(200, 201);
			assertThat(audit("rush")).hasSize(1);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"team":"nobody"}                       | team
			{"team":7}                              | team
			{"routes":["onne"]}                     | routes
			{"routes":"one"}                        | routes
			{"routes":[""]}                         | routes
			{"models":["a b"]}                      | models
			{"passthrough":[1]}                     | passthrough
			{"admin":"yes"}                         | admin
			{"expires":"tomorrow"}                  | expires
			{"expires":"2020-01-01T00:00:00Z"}      | expires
			{"blocked":true}                        | blocked
			{"hash":"{noop}x"}                      | hash
			""")
	void aMistakeInAKeyIsTold(String json, String param) {
		JsonNode error = desk.ask(400, "PUT", "/keys/mistake", json).get("error");
		assertThat(error.get("param").asString()).isEqualTo(param);
		assertThat(desk.send("GET", "/keys/mistake", null).statusCode()).isEqualTo(404);
	}

	@Test
	void aRouteThatIsMisspeltIsToldWithTheNearestOne() {
		assertThat(desk.ask(400, "PUT", "/keys/mistake", "{\"routes\":[\"onne\"]}").at("/error/message").asString())
			.contains("did you mean 'one'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-ci", "a%20b", "%C3%A4", "local", "anonymous", "a%22b", ".x" })
	void aNameIsPrintableAndNobodyElses(String name) {
		assertThat(desk.ask(400, "PUT", "/keys/" + name, "{}").at("/error/param").asString()).isEqualTo("name");
		assertThat(desk.ask(400, "PUT", "/teams/" + name, "{}").at("/error/param").asString()).isEqualTo("name");
	}

	@Test
	void aNameIsBounded() {
		assertThat(desk.send("PUT", "/keys/" + "x".repeat(129), "{}").statusCode()).isEqualTo(400);
		assertThat(desk.send("PUT", "/keys/" + "x".repeat(128), "{}").statusCode()).isEqualTo(201);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			POST   | /keys/ann2/rotate      | {"overlap":"long"}
			POST   | /keys/ann2/rotate      | {"overlap":"-10m"}
			POST   | /keys/ann2/rotate      | {"overlap":"365d"}
			POST   | /keys/ann2/rotate      | {"overlap":600}
			POST   | /keys/ann2/rotate      | {"at":"2027-01-01T00:00:00Z"}
			POST   | /keys/ann2/expire      | {"at":"soon"}
			POST   | /keys/ann2/block       | {"why":"so"}
			POST   | /keys/ann2/block?x=1   |
			POST   | /keys/ann2/rotate?force=true |
			DELETE | /keys/ann2?force=maybe |
			GET    | /keys?colour=red       |
			GET    | /keys?blocked=perhaps  |
			GET    | /keys?limit=0          |
			GET    | /audit?after=x         |
			GET    | /audit?from=yesterday  |
			PUT    | /keys/ann2             | {"admin":true
			PUT    | /keys/ann2             | [1]
			PUT    | /keys/ann2             | {"admin":true,"admin":false}
			""")
	void aMistakeInARequestIsTold(String method, String path, String json) {
		assertThat(desk.send(method, path, json).statusCode()).isEqualTo(400);
	}

	@Test
	void whatIsNotThereIsTold() {
		assertThat(code(404, "GET", "/keys/nobody", null)).isEqualTo("unknown_key");
		assertThat(code(404, "POST", "/keys/nobody/block", null)).isEqualTo("unknown_key");
		assertThat(code(404, "POST", "/teams/nobody/block", null)).isEqualTo("unknown_team");
		assertThat(code(404, "GET", "/keys/nobody/anything", null)).isEqualTo("not_found");
		assertThat(desk.send("PATCH", "/keys/nobody", "{}").headers().firstValue("Allow"))
			.hasValue("DELETE, GET, HEAD, PUT");
	}

	@Test
	void aBodyIsSmallAndJson() {
		assertThat(code(413, "PUT", "/keys/large", "{\"team\":\"" + "x".repeat(200_000) + "\"}"))
			.isEqualTo("request_too_large");
		assertThat(gateway
			.send(gateway.request("/switchboard/admin/keys/form")
				.PUT(BodyPublishers.ofString("admin=true"))
				.header("Authorization", "Bearer root-key")
				.header("Content-Type", "application/x-www-form-urlencoded")
				.build())
			.statusCode()).isEqualTo(415);
	}

	@Test
	void aKeyIsShownOnceAndNowhereElse(CapturedOutput output) {
		String key = desk.make("secret", "{}");
		String next = desk.ask(200, "POST", "/keys/secret/rotate", "{\"overlap\":\"1m\"}").get("key").asString();
		desk.call(key);
		desk.call(next);
		desk.call(next + "x");
		for (String path : List.of("/keys/secret", "/keys", "/audit?name=secret")) {
			String body = desk.send("GET", path, null).body();
			assertThat(body).contains("secret");
			for (String secret : List.of(key, next)) {
				assertThat(body).doesNotContain(secret).doesNotContain(KeyHash.of(secret).hex());
			}
		}
		assertThat(output.getAll()).contains("call=").doesNotContain(key).doesNotContain(next);
	}

}
