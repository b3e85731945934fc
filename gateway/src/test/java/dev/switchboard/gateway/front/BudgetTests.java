package dev.switchboard.gateway.front;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.switchboard.budget.Balance;
import dev.switchboard.budget.BudgetStore;
import dev.switchboard.call.BudgetNote;
import dev.switchboard.call.CallRecord;
import dev.switchboard.cost.Money;
import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.Usage;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What callers are told of budgets, and what they may spend of them. Every test has a
 * caller, so an account, of its own; 100 output tokens cost a thousandth of a dollar.
 */
class BudgetTests {

	private static final Money CENT = Money.ofUsd("0.01");

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		List<String> properties = new ArrayList<>(List.of("switchboard.routes.dear.targets=openai/gpt-5.4-mini",
				"switchboard.routes.cheap.targets=anthropic/claude-haiku-4-5",
				"switchboard.routes.unpriced.targets=openai/home-grown",
				"switchboard.catalog.models[0].model=openai/gpt-5.4-mini",
				"switchboard.catalog.models[0].price.input=0", "switchboard.catalog.models[0].price.output=10",
				"switchboard.catalog.models[1].model=anthropic/claude-haiku-4-5",
				"switchboard.catalog.models[1].price.input=0", "switchboard.catalog.models[1].price.output=1",
				"switchboard.budgets.cent.for.team=poor", "switchboard.budgets.cent.for.key=*",
				"switchboard.budgets.cent.limit=0.01", "switchboard.budgets.cent.per=day",
				"switchboard.budgets.cent.soft-limit=20%", "switchboard.budgets.saving.for.key=saver",
				"switchboard.budgets.saving.limit=0.001", "switchboard.budgets.saving.per=month",
				"switchboard.budgets.saving.on-limit=cheap", "switchboard.budgets.cut.for.key=*",
				"switchboard.budgets.cut.for.team=streaming", "switchboard.budgets.cut.limit=0.0015",
				"switchboard.budgets.cut.per=day", "switchboard.budgets.cut.on-stream=cut"));
		List.of("crowd", "chat", "responses", "messages", "soft", "soft-stream", "leaver", "past", "unknown")
			.forEach((key) -> {
				properties.add("switchboard.gateway.keys." + key + ".hash={noop}" + key + "-key");
				properties.add("switchboard.gateway.keys." + key + ".team=poor");
				properties.add("switchboard.gateway.keys." + key + ".passthrough=openai");
			});
		properties.add("switchboard.gateway.keys.saver.hash={noop}saver-key");
		for (int i = 1; i <= 4; i++) {
			properties.add("switchboard.gateway.keys.cut-" + i + ".hash={noop}cut-" + i + "-key");
			properties.add("switchboard.gateway.keys.cut-" + i + ".team=streaming");
		}
		gateway = RunningGateway.start(properties.toArray(String[]::new));
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
	void aKeyWithABudgetOfOneCentIsStoppedInTime() {
		gateway.provider("openai").answers((request) -> answer(70));
		List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			calls.add(gateway.client()
				.sendAsync(gateway.request("/v1/chat/completions")
					.header("x-api-key", "crowd-key")
					.header("Content-Type", "application/json")
					.POST(BodyPublishers.ofString(chat("dear", (i % 2 == 0) ? "\"stream\":true," : "")))
					.build(), BodyHandlers.ofString()));
		}
		List<Integer> statuses = calls.stream().map((call) -> call.join().statusCode()).toList();

		long answered = statuses.stream().filter((status) -> status == 200).count();
		assertThat(statuses).containsOnly(200, 429).hasSize(500);
		assertThat(answered).isBetween(10L, 14L).isEqualTo(gateway.provider("openai").requestCount());
		await().untilAsserted(() -> assertThat(balance("crowd").reserved()).isEqualTo(Money.ZERO));
		assertThat(balance("crowd").spent()).isEqualTo(new Money(answered * 700_000)).isLessThanOrEqualTo(CENT);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					chat      | /v1/chat/completions   | {"model":"dear","max_tokens":2000,"messages":[{"role":"user","content":"Hi"}]}
					responses | /v1/responses          | {"model":"dear","max_output_tokens":2000,"input":"Hi"}
					messages  | /anthropic/v1/messages | {"model":"dear","max_tokens":2000,"messages":[{"role":"user","content":"Hi"}]}
					""")
	void whoHasNotEnoughIsToldWhenHeWillHave(String key, String path, String body) {
		HttpResponse<String> response = gateway.post(path, body, "x-api-key", key + "-key");

		assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
		var error = RunningGateway.json(response).path("error");
		var details = key.equals("messages") ? error.path("details") : error;
		assertThat(details.path(key.equals("messages") ? "error_code" : "code").asString())
			.isEqualTo("budget_exceeded");
		assertThat(details.path("budget").asString()).isEqualTo("cent");
		Instant resetsAt = Instant.parse(details.path("resets_at").asString());
		long wait = Long.parseLong(response.headers().firstValue("Retry-After").orElseThrow());
		assertThat(Duration.between(Instant.now(), resetsAt)).isCloseTo(Duration.ofSeconds(wait),
				Duration.ofSeconds(10));
		assertThat(error.path("message").asString()).contains("Budget 'cent' of key=" + key);
		assertThat(response.headers().firstValue("X-Switchboard-Cost")).hasValue("0");
		assertThat(response.headers().firstValue("X-Switchboard-Budget"))
			.hasValue("cent; spent=0; limit=0.01; effect=refused");
		assertThat(gateway.provider("openai").requestCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whoHasPassedTheSoftLimitIsToldWithEveryAnswer(boolean streamed) {
		String key = streamed ? "soft-stream" : "soft";
		gateway.provider("openai").answers((request) -> answer(250));
		HttpResponse<String> first = ask(key, "dear", streamed);
		assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
		await().untilAsserted(() -> assertThat(balance(key).reserved()).isEqualTo(Money.ZERO));

		HttpResponse<String> second = ask(key, "dear", streamed);
		assertThat(second.statusCode()).as(second.body()).isEqualTo(200);

		// Of a stream it may be told what was spent before it.
		assertThat(second.headers().firstValue("X-Switchboard-Budget")).get(InstanceOfAssertFactories.STRING)
			.matches("cent; spent=" + (streamed ? "0\\.00(25|5)" : "0\\.005") + "; limit=0\\.01");
	}

	@Test
	void whoHasSpentAllGoesOnWithACheaperRoute() {
		gateway.provider("openai").answers((request) -> answer(100));
		gateway.provider("anthropic").answers((request) -> answer(100));
		assertThat(ask("saver", "dear", false).headers().firstValue("X-Switchboard-Budget")).isEmpty();

		HttpResponse<String> degraded = ask("saver", "dear", false);

		assertThat(degraded.statusCode()).as(degraded.body()).isEqualTo(200);
		assertThat(degraded.headers().firstValue("X-Switchboard-Route")).hasValue("cheap");
		assertThat(degraded.headers().firstValue("X-Switchboard-Budget"))
			.hasValue("saving; spent=0.001; limit=0.001; effect=degraded");
		assertThat(gateway.records().get(1).requestedRoute()).hasToString("dear");
	}

	@Test
	void aCallerWhoLeavesPaysForWhatHeGot() {
		gateway.provider("openai").answers(Answer.text("x".repeat(4000)).inChunksOf(40).paced(Duration.ofMillis(50)));
		CompletableFuture<HttpResponse<java.io.InputStream>> call = gateway.client()
			.sendAsync(gateway.request("/v1/chat/completions")
				.header("x-api-key", "leaver-key")
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(chat("dear", "\"stream\":true,")))
				.build(), BodyHandlers.ofInputStream());
		assertThat(call).succeedsWithin(Duration.ofSeconds(30));
		try (java.io.InputStream body = call.join().body()) {
			assertThat(body.read()).isPositive();
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}

		CallRecord record = gateway.onlyRecord();
		assertThat(record.outcome().label()).isEqualTo("cancelled");
		assertThat(balance("leaver").reserved()).isEqualTo(Money.ZERO);
		assertThat(balance("leaver").spent()).isEqualTo(record.cost().amount());
	}

	@ParameterizedTest
	@CsvSource({ "cut-1, /v1/chat/completions, dear", "cut-2, /v1/chat/completions, cheap",
			"cut-3, /anthropic/v1/messages, cheap", "cut-4, /anthropic/v1/messages, dear" })
	void aStreamThatCostsMoreThanIsLeftEndsAsIfItWereLongEnough(String key, String path, String route) {
		List.of("openai", "anthropic")
			.forEach((name) -> gateway.provider(name)
				.answers(Answer.text("x".repeat(400_000)).inChunksOf(200).paced(Duration.ofMillis(5))));

		HttpResponse<String> response = gateway.post(path, chat(route, "\"stream\":true,"), "x-api-key", key + "-key");

		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(response.body()).hasSizeLessThan(200_000);
		if (path.endsWith("completions")) {
			assertThat(response.body()).containsOnlyOnce("\"finish_reason\":\"length\"");
			assertThat(RunningGateway.data(response)).last().isEqualTo("[DONE]");
		}
		else {
			assertThat(response.body()).containsOnlyOnce("\"stop_reason\":\"max_tokens\"")
				.contains("event: content_block_stop")
				.contains("event: message_stop");
		}
		CallRecord record = gateway.onlyRecord();
		assertThat(record.budgets()).singleElement()
			.satisfies((note) -> assertThat(note.effect()).isEqualTo(BudgetNote.Effect.CUT));
		// What came at once, as on a busy machine, is paid for at once; the whole answer
		// costs 1 and 0.1.
		assertThat(record.cost().amount()).isBetween(Money.ofUsd("0.001"),
				Money.ofUsd(route.equals("dear") ? "0.25" : "0.025"));
	}

	@Test
	void thereIsNoWayPastABudget() {
		gateway.provider("openai").answers((request) -> answer(900));
		String body = "{\"model\":\"gpt-5.4-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
		HttpResponse<String> refused = gateway.post("/passthrough/openai/v1/chat/completions", body, "x-api-key",
				"past-key");
		assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
		assertThat(RunningGateway.json(refused).at("/error/code").asString()).isEqualTo("budget_exceeded");
		assertThat(gateway.provider("openai").requestCount()).isZero();
		HttpResponse<String> free = gateway.get("/passthrough/openai/v1/models", "x-api-key", "past-key");
		assertThat(free.statusCode()).as(free.body()).isEqualTo(200);
	}

	@Test
	void whatNobodyCanCountIsRefusedForGood() {
		HttpResponse<String> response = ask("unknown", "unpriced", false);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
		assertThat(RunningGateway.json(response).at("/error/code").asString()).isEqualTo("price_unknown");
		assertThat(response.body()).contains("switchboard.catalog.models");
		assertThat(response.headers().firstValue("Retry-After")).isEmpty();
	}

	private static HttpResponse<String> ask(String key, String route, boolean streamed) {
		return gateway.post("/v1/chat/completions", chat(route, streamed ? "\"stream\":true," : ""), "x-api-key",
				key + "-key");
	}

	private static String chat(String route, String more) {
		return "{\"model\":\"" + route + "\"," + more
				+ "\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
	}

	private static Answer answer(int tokens) {
		return Answer.text("An answer").withUsage(Usage.of(5, tokens));
	}

	private static Balance balance(String key) {
		return gateway.context()
			.getBean(BudgetStore.class)
			.balances("cent")
			.stream()
			.filter((balance) -> balance.account().holder().startsWith("key=" + key + ","))
			.findFirst()
			.orElseThrow();
	}

}
