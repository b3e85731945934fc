package dev.switchboard.gateway.front;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.CallOutcome;
import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.fault.Fault;
import dev.switchboard.simulator.test.SimulatorAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a call through the front door is, whichever way it is answered: what its model may
 * name, what its headers say, how it fails.
 */
class CallTests {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("switchboard.routes.relayed.targets=openai/gpt-5.4-mini",
				"switchboard.routes.translated.targets=anthropic/claude-sonnet-4-6",
				"switchboard.routes.pair.targets=openai/gpt-5.4-mini,groq/llama-3.3-70b-versatile",
				"switchboard.routes.pair.policy=fast", "switchboard.routes.remembered.targets=openai/gpt-5.4-mini",
				"switchboard.routes.remembered.cache.ttl=10m",
				"switchboard.routes.tuned.targets[0].model=openai/gpt-5.4-mini",
				"switchboard.routes.tuned.targets[0].options.temperature=0.25",
				"switchboard.routes.by-group.rules[0].when=caller.group == 'enterprise'",
				"switchboard.routes.by-group.rules[0].route=translated",
				"switchboard.routes.by-group.rules[1].route=relayed", "switchboard.gateway.aliases.[gpt-4o]=translated",
				"switchboard.gateway.aliases.[claude-*]=relayed", "switchboard.gateway.keys.open.hash={noop}open-key",
				"switchboard.gateway.keys.open.models=*", "switchboard.gateway.keys.open.team=enterprise",
				"switchboard.gateway.keys.narrow.hash={noop}narrow-key",
				"switchboard.gateway.keys.narrow.routes=relayed,remembered,by-group");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	private static HttpResponse<String> ask(String model, String more, String... headers) {
		String[] all = new String[headers.length + 2];
		all[0] = "Authorization";
		all[1] = "Bearer open-key";
		System.arraycopy(headers, 0, all, 2, headers.length);
		return gateway.post("/v1/chat/completions",
				"{\"model\":\"" + model + "\"," + more + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", all);
	}

	private static String content(HttpResponse<String> response) {
		return RunningGateway.json(response).at("/choices/0/message/content").asString("");
	}

	private static String code(HttpResponse<String> response) {
		return RunningGateway.json(response).at("/error/code").asString("");
	}

	@ParameterizedTest
	@ValueSource(strings = { "relayed", "translated" })
	void aRefusalIsAnAnswerThatSaysSo(String route) {
		List.of("openai", "anthropic").forEach((name) -> gateway.provider(name).fails(Fault.contentFiltered()));

		HttpResponse<String> response = ask(route, "");

		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(RunningGateway.json(response).at("/choices/0/finish_reason").asString()).isEqualTo("content_filter");
		assertThat(gateway.onlyRecord().outcome()).isInstanceOf(CallOutcome.Failed.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "relayed", "translated" })
	void aRefusalInAStreamIsAnEndThatSaysSo(String route) {
		List.of("openai", "anthropic").forEach((name) -> gateway.provider(name).fails(Fault.contentFiltered()));

		HttpResponse<String> response = ask(route, "\"stream\":true,");

		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(RunningGateway.data(response)).last().isEqualTo("[DONE]");
		assertThat(response.body()).containsOnlyOnce("\"content_filter\"");
	}

	@Test
	void aModelNamedPastTheRoutesIsAskedOnce() {
		gateway.provider("openai").fails(Fault.serverError());

		HttpResponse<String> response = ask("openai/gpt-5.4-nano", "");

		assertThat(response.statusCode()).isEqualTo(502);
		SimulatorAssertions.assertThat(gateway.provider("openai")).received(1);
		gateway.provider("openai").recovers();
		assertThat(ask("openai/gpt-5.4-nano", "").headers().firstValue("X-Switchboard-Target"))
			.hasValue("openai/gpt-5.4-nano");
	}

	@Test
	void aKeyReachesOnlyWhatItIsAllowed() {
		String json = "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
		HttpResponse<String> hidden = gateway.post("/v1/chat/completions", json.formatted("translated"), "x-api-key",
				"narrow-key");
		HttpResponse<String> unknown = gateway.post("/v1/chat/completions", json.formatted("nobody"), "x-api-key",
				"narrow-key");
		HttpResponse<String> model = gateway.post("/v1/chat/completions", json.formatted("openai/gpt-5.4"), "x-api-key",
				"narrow-key");

		assertThat(hidden.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(404);
		assertThat(hidden.body().replaceAll("[0-9a-f]{16}", "").replace("translated", "nobody"))
			.isEqualTo(unknown.body().replaceAll("[0-9a-f]{16}", ""));
		assertThat(model.statusCode()).isEqualTo(403);
		assertThat(code(model)).isEqualTo("model_not_allowed");
		assertThat(gateway.records()).isEmpty();
		assertThat(gateway.get("/v1/models", "x-api-key", "narrow-key").body()).contains("\"relayed\"")
			.doesNotContain("translated", "openai/");
	}

	@Test
	void withoutAKeyNobodyIsLetIn() {
		HttpResponse<String> response = gateway.post("/v1/chat/completions", "{}");

		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(code(response)).isEqualTo("key_required");
	}

	@Test
	void aliasesStandForRoutes() {
		gateway.provider("anthropic").answers("From Anthropic.");
		gateway.provider("openai").answers("From OpenAI.");

		assertThat(content(ask("gpt-4o", ""))).isEqualTo("From Anthropic.");
		assertThat(content(ask("claude-opus-4-7", ""))).isEqualTo("From OpenAI.");
	}

	@Test
	void theCallerIsKnownToRulesAndRecords() {
		gateway.provider("anthropic").answers("From Anthropic.");

		HttpResponse<String> response = ask("by-group", "", "X-Switchboard-Tags", "feature=search, user=42");

		assertThat(content(response)).isEqualTo("From Anthropic.");
		assertThat(gateway.onlyRecord().caller().name()).isEqualTo("open");
		assertThat(gateway.onlyRecord().caller().group()).isEqualTo("enterprise");
		assertThat(gateway.onlyRecord().tags()).isEqualTo(Map.of("feature", "search", "user", "42"));
		assertThat(gateway.onlyRecord().route().value()).isEqualTo("translated");
	}

	@Test
	void aRememberedAnswerIsGivenAgainToTheSameCallerOnly() {
		gateway.provider("openai").answers("First.", "Second.");

		HttpResponse<String> first = ask("remembered", "");
		HttpResponse<String> again = ask("remembered", "");
		HttpResponse<String> other = gateway.post("/v1/chat/completions",
				"{\"model\":\"remembered\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", "x-api-key",
				"narrow-key");

		assertThat(first.headers().firstValue("X-Switchboard-Cache")).hasValue("miss");
		assertThat(again.headers().firstValue("X-Switchboard-Cache")).hasValue("hit");
		assertThat(again.headers().firstValue("X-Switchboard-Attempts")).hasValue("0");
		assertThat(again.headers().firstValue("X-Switchboard-Target")).hasValue("openai/gpt-5.4-mini");
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(content(other)).isEqualTo("Second.");
		assertThat(ask("remembered", "", "Cache-Control", "no-store").headers().firstValue("X-Switchboard-Cache"))
			.hasValue("bypass");
	}

	@Test
	void aRememberedStreamIsReplayedAsAStream() {
		gateway.provider("openai").answers("The quick brown fox.", "Another.");

		HttpResponse<String> first = ask("remembered", "\"stream\":true,\"seed\":7,");
		HttpResponse<String> again = ask("remembered", "\"stream\":true,\"seed\":7,");

		assertThat(again.headers().firstValue("X-Switchboard-Cache")).hasValue("hit");
		assertThat(again.headers().firstValue("X-Switchboard-Target")).hasValue("openai/gpt-5.4-mini");
		assertThat(again.body()).isEqualTo(first.body());
	}

	@Test
	void theTargetsOptionsHoldWhereTheCallerSaysNothing() {
		ask("tuned", "");
		ask("tuned", "\"temperature\":0.75,");

		assertThat(gateway.provider("openai").requests().get(0).body()).contains("\"temperature\":0.25");
		assertThat(gateway.provider("openai").requests().get(1).body()).contains("\"temperature\":0.75")
			.doesNotContain("0.25");
	}

	@Test
	void aCallersOwnFallbacksAreTriedInTheirOrder() {
		gateway.provider("openai").fails(Fault.unauthorized());
		gateway.provider("anthropic").fails(Fault.unauthorized());
		gateway.provider("groq").answers("From Groq.");

		HttpResponse<String> response = ask("relayed",
				"\"fallbacks\":[\"translated\",\"groq/llama-3.3-70b-versatile\"],");

		assertThat(content(response)).isEqualTo("From Groq.");
		assertThat(gateway.provider("groq").requests().get(0).body()).doesNotContain("fallbacks");
	}

	@Test
	void theProvidersOwnWordsReachTheCallerWhoErred() {
		gateway.provider("openai").fails(Fault.invalidRequest());

		HttpResponse<String> response = ask("relayed", "");

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.headers().firstValue("X-Switchboard-Call")).isPresent();
		assertThat(RunningGateway.json(response).at("/error/message").asString()).isNotBlank();
	}

	@Test
	void aProvidersComplaintAboutOurKeyIsNotTheCallers() {
		gateway.provider("openai").fails(Fault.unauthorized());

		HttpResponse<String> first = ask("relayed", "");
		HttpResponse<String> second = ask("relayed", "");

		assertThat(gateway.provider("openai").requests()).as("the second one is not sent").hasSize(1);
		assertThat(List.of(first, second)).allSatisfy((response) -> {
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(code(response)).isEqualTo("targets_exhausted");
		});
		assertThat(RunningGateway.json(second).at("/error/message").asString())
			.contains("cooling down after unauthorized until");
	}

	@Test
	void whoComesWhileALimitLastsIsToldOfTheLimit() {
		gateway.provider("openai").fails(Fault.rateLimited().retryAfter(Duration.ofSeconds(30)));

		ask("relayed", "");
		HttpResponse<String> second = ask("relayed", "");

		assertThat(gateway.provider("openai").requests()).hasSize(1);
		assertThat(second.statusCode()).isEqualTo(429);
		assertThat(code(second)).isEqualTo("provider_rate_limited");
		assertThat(Long.parseLong(second.headers().firstValue("Retry-After").orElseThrow())).isBetween(20L, 30L);
	}

	@Test
	void whenEveryTargetIsRateLimitedTheCallerIsToldHowLong() {
		List.of("openai", "groq")
			.forEach((name) -> gateway.provider(name).fails(Fault.rateLimited().retryAfter(Duration.ofSeconds(30))));

		HttpResponse<String> response = ask("pair", "");

		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(code(response)).isEqualTo("provider_rate_limited");
		assertThat(Long.parseLong(response.headers().firstValue("Retry-After").orElseThrow())).isBetween(20L, 30L);
	}

	@Test
	void aStreamThatBreaksEndsInAnErrorAndNotInDone() {
		gateway.provider("openai")
			.answers(Answer.text("The quick brown fox jumps over the lazy dog.").inChunksOf(2))
			.fails(Fault.cutAfterTokens(4));

		HttpResponse<String> response = ask("relayed", "\"stream\":true,", "X-Switchboard-Policy", "strict");

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(RunningGateway.data(response)).doesNotContain("[DONE]")
			.last()
			.asString()
			.contains("stream_interrupted");
	}

	@Test
	void aBrokenStreamGoesOnInTheSameWords() {
		gateway.provider("openai")
			.answers(Answer.text("The quick brown fox jumps over the lazy dog.").inChunksOf(2))
			.fails(Fault.cutAfterTokens(4));
		gateway.provider("groq").answers(Answer.text("The quick brown fox jumps over the lazy dog.").inChunksOf(2));

		HttpResponse<String> response = ask("pair", "\"stream\":true,");

		assertThat(RunningGateway.data(response)).last().isEqualTo("[DONE]");
		StringBuilder text = new StringBuilder();
		RunningGateway.data(response)
			.stream()
			.filter((data) -> data.startsWith("{"))
			.forEach((data) -> text.append(MAPPER.readTree(data).at("/choices/0/delta/content").asString("")));
		assertThat(text).hasToString("The quick brown fox jumps over the lazy dog.");
	}

	@Test
	void wishesThatCannotBeReadAreRefused() {
		assertThat(code(ask("relayed", "", "X-Switchboard-Policy", "nobodys"))).isEqualTo("invalid_request");
		assertThat(ask("relayed", "", "X-Switchboard-Deadline", "soon").statusCode()).isEqualTo(400);
		assertThat(ask("relayed", "", "X-Switchboard-Tags", "no tag").statusCode()).isEqualTo(400);
		assertThat(gateway.records()).isEmpty();
	}

	@Test
	void theDeadlineOfACallIsTheCallersWhereItIsShorter() {
		gateway.provider("openai").fails(Fault.silence());

		HttpResponse<String> response = ask("relayed", "", "X-Switchboard-Deadline", "700ms");

		assertThat(response.statusCode()).isEqualTo(504);
		SimulatorAssertions.assertThat(gateway.provider("openai")).wasAborted();
	}

}
