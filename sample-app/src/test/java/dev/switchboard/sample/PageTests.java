package dev.switchboard.sample;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;

import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.Simulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@DemoTest
class PageTests {

	private static final String PROMPT = "Explain a circuit breaker to a new colleague.";

	private static final String GPT_OSS = "groq/openai/gpt-oss-20b";

	private static final String GPT_MINI = "openai/gpt-5.4-mini";

	private static final String OPUS = "anthropic/claude-opus-4-7";

	@LocalServerPort
	private int port;

	@Autowired
	private Simulator simulator;

	private Browser browser;

	@BeforeEach
	void allIsWell() {
		this.browser = new Browser(this.port);
		this.browser.post("/reset", "");
	}

	@Test
	void thePageShowsEveryRouteWithItsTargetsAndItsPolicy() {
		String page = this.browser.get("/");
		assertThat(page).contains("cheap-fast", "balanced", "best-quality", "long-context", "code", "research",
				"vision", "fallback", "auto");
		assertThat(page).contains("Classification and short rewriting", GPT_OSS, GPT_MINI, OPUS,
				"mistral/mistral-small", "careful", "everyday", "images &gt; 0 → vision",
				"remembers answers for 10 min");
		assertThat(page).contains("Simulated providers").doesNotContain("http://", "https://cdn");
	}

	@Test
	void everythingThatThePageLoadsIsInTheApplication() {
		assertThat(this.browser.get("/page.js")).contains("readEvents");
		assertThat(this.browser.get("/page.css")).contains("prefers-color-scheme");
		assertThat(this.browser.get("/switchboard.svg")).contains("<svg");
	}

	@Test
	void anAnswerComesInPiecesAndThenItsRecord() {
		Browser.Answer answer = this.browser.ask("cheap-fast", PROMPT);
		assertThat(answer.chunks()).hasSizeGreaterThan(10);
		assertThat(answer.text()).startsWith("A circuit breaker watches")
			.endsWith("— openai/gpt-oss-20b at groq, asked through the route cheap-fast");
		assertThat(answer.attempts()).containsExactlyInAnyOrder("asking " + GPT_OSS, "attempt " + GPT_OSS);
		assertThat(answer.end()).isEqualTo("done");
		assertThat(answer.call().path("answeredBy").asString()).isEqualTo(GPT_OSS);
		assertThat(answer.call().path("outputTokens").asInt()).isPositive();
		assertThat(answer.call().path("cost").asString()).startsWith("$0.0");
		assertThat(answer.call().path("timeToFirstToken").asInt()).isPositive()
			.isLessThanOrEqualTo(answer.call().path("latency").asInt());
		assertThat(answer.outcomes()).containsExactly(GPT_OSS + " answered");
	}

	@Test
	void aRememberedAnswerNeedsNoAttempt() {
		Map<String, Object> question = Browser.question("cheap-fast", "What is worth remembering?");
		question.put("fresh", false);
		Browser.Answer first = this.browser.ask(question);
		Browser.Answer second = this.browser.ask(question);
		assertThat(first.call().path("cache").asString()).isEqualTo("miss");
		assertThat(second.call().path("cache").asString()).isEqualTo("hit");
		assertThat(second.outcomes()).isEmpty();
		assertThat(second.text()).isEqualTo(first.text());
	}

	@Test
	void whenTheFirstProviderIsDownThenTheSecondTargetAnswers() {
		this.browser.behave("groq", "DOWN");
		Browser.Answer answer = this.browser.ask("cheap-fast", PROMPT);
		assertThat(answer.end()).isEqualTo("done");
		assertThat(answer.text()).endsWith("— gpt-5.4-mini at openai, asked through the route cheap-fast");
		assertThat(answer.outcomes()).containsExactly(GPT_OSS + " overloaded", GPT_MINI + " answered");
		assertThat(answer.call().path("attempts").get(0).path("status").asInt()).isEqualTo(503);
	}

	@Test
	void whenTheFirstProviderIsSilentThenTheSecondTargetAnswers() {
		this.browser.behave("groq", "SILENT");
		Browser.Answer answer = this.browser.ask("cheap-fast", PROMPT);
		assertThat(answer.outcomes()).containsExactly(GPT_OSS + " timed-out", GPT_MINI + " answered");
	}

	@Test
	void whenTheFirstProviderIsRateLimitedThenItIsSkippedUntilItIsBack() {
		this.browser.behave("groq", "RATE_LIMITED");
		Browser.Answer first = this.browser.ask("cheap-fast", PROMPT);
		assertThat(first.outcomes()).containsExactly(GPT_OSS + " rate-limited", GPT_MINI + " answered");
		Browser.Answer second = this.browser.ask("cheap-fast", PROMPT);
		assertThat(second.outcomes()).containsExactly(GPT_MINI + " answered");
		assertThat(second.call().path("skipped").get(0).path("target").asString()).isEqualTo(GPT_OSS);
		assertThat(second.call().path("skipped").get(0).path("reason").asString()).isEqualTo("cooling down");
		assertThat(this.browser.get("/board")).contains("data-state=\"cooling\"", "rate limited");
		this.browser.post("/reset", "");
		assertThat(this.browser.ask("cheap-fast", PROMPT).outcomes()).containsExactly(GPT_OSS + " answered");
		assertThat(this.browser.get("/board")).doesNotContain("data-state=\"cooling\"");
	}

	@Test
	void whenAStreamIsCutThenACasualRouteGoesOnWithTheNextTarget() {
		this.browser.behave("groq", "CUT");
		Browser.Answer answer = this.browser.ask("cheap-fast", PROMPT);
		assertThat(answer.outcomes()).containsExactly(GPT_OSS + " interrupted", GPT_MINI + " answered");
		assertThat(answer.text()).containsOnlyOnce("A circuit breaker watches")
			.endsWith("— gpt-5.4-mini at openai, asked through the route cheap-fast");
	}

	@Test
	void whenAStreamIsCutThenACarefulRouteSaysThatTheAnswerIsNotWhole() {
		this.browser.behave("anthropic", "CUT");
		Browser.Answer answer = this.browser.ask("best-quality", PROMPT);
		assertThat(answer.end()).isEqualTo("failed");
		assertThat(answer.data().path("kind").asString()).isEqualTo("interrupted");
		assertThat(answer.data().path("exception").asString()).isEqualTo("StreamInterruptedException");
		assertThat(answer.text()).startsWith("A circuit breaker watches").doesNotContain("—");
		assertThat(answer.outcomes()).containsExactly(OPUS + " interrupted");
	}

	@Test
	void aSlowProviderIsWaitedFor() {
		this.browser.behave("groq", "SLOW");
		Browser.Answer answer = this.browser.ask("cheap-fast", PROMPT);
		assertThat(answer.outcomes()).containsExactly(GPT_OSS + " answered");
		assertThat(answer.call().path("timeToFirstToken").asInt()).isGreaterThanOrEqualTo(1500);
	}

	@Test
	void whenNobodyAnswersThenACasualRouteFailsAndListsEachTarget() {
		for (String provider : new String[] { "groq", "openai", "google", "anthropic" }) {
			this.browser.behave(provider, "RATE_LIMITED");
		}
		Browser.Answer answer = this.browser.ask("cheap-fast", PROMPT);
		assertThat(answer.end()).isEqualTo("failed");
		assertThat(answer.data().path("kind").asString()).isEqualTo("exhausted");
		assertThat(answer.outcomes()).hasSize(4).allMatch((outcome) -> outcome.endsWith("rate-limited"));
	}

	@Test
	void whenNobodyAnswersThenACarefulRouteAsksTheUserWhatToDo() {
		for (String provider : new String[] { "openai", "google", "anthropic" }) {
			this.browser.behave(provider, "RATE_LIMITED");
		}
		Browser.Answer answer = this.browser.ask("best-quality", PROMPT);
		assertThat(answer.data().path("kind").asString()).isEqualTo("decision");
		assertThat(answer.data().path("choices").toString()).contains("cheap-fast", "fallback")
			.doesNotContain("best-quality");
		assertThat(this.browser.ask("fallback", PROMPT).call().path("answeredBy").asString()).startsWith("deepseek/");
	}

	@Test
	void whenNobodyAnswersThenAnEverydayRouteUsesTheFallbackRoute() {
		for (String provider : new String[] { "openai", "google", "anthropic" }) {
			this.browser.behave(provider, "RATE_LIMITED");
		}
		Browser.Answer answer = this.browser.ask("balanced", PROMPT);
		assertThat(answer.end()).isEqualTo("done");
		assertThat(answer.call().path("requestedRoute").asString()).isEqualTo("balanced");
		assertThat(answer.call().path("route").asString()).isEqualTo("fallback");
		assertThat(answer.call().path("answeredBy").asString()).startsWith("deepseek/");
	}

	@Test
	void theAutomaticRouteSendsPicturesToVisionAndEnterpriseUsersToBestQuality() {
		Map<String, Object> question = Browser.question("auto", "What do you see in this picture?");
		assertThat(this.browser.ask(question).call().path("route").asString()).isEqualTo("cheap-fast");
		question.put("enterprise", true);
		assertThat(this.browser.ask(question).call().path("route").asString()).isEqualTo("best-quality");
		question.put("picture", true);
		Browser.Answer answer = this.browser.ask(question);
		assertThat(answer.call().path("route").asString()).isEqualTo("vision");
		assertThat(answer.text()).startsWith("A low sun over a calm sea");
	}

	@Test
	void whoLeavesThePageEndsTheProvidersRequest() throws IOException {
		this.browser.behave("anthropic", "SILENT");
		try (InputStream answer = this.browser.open(Browser.question("best-quality", PROMPT))) {
			assertThat(answer.read()).isPositive();
			await().until(() -> !this.simulator.provider("anthropic").requests().isEmpty());
		}
		RecordedRequest request = this.simulator.provider("anthropic").requests().get(0);
		// Sooner than the timeout of the first token, 30 s here, which would also end it.
		assertThat(request.awaitOutcome(Duration.ofSeconds(20))).isEqualTo(RecordedRequest.Outcome.ABORTED);
		assertThat(this.simulator.provider("openai").requests()).isEmpty();
	}

	@Test
	void anUnknownRouteAndAnEmptyPromptAreTheCallersMistakes() {
		assertThat(this.browser.postQuestion(Browser.question("no-such-route", PROMPT)).statusCode()).isEqualTo(404);
		assertThat(this.browser.postQuestion(Browser.question("cheap-fast", " ")).statusCode()).isEqualTo(400);
		assertThat(this.browser.post("/providers/groq?behaviour=NONSENSE", "").statusCode()).isEqualTo(400);
		assertThat(this.browser.post("/providers/nobody?behaviour=DOWN", "").statusCode()).isEqualTo(404);
	}

	@Test
	void providersChangeOnlyByPost() {
		assertThat(this.browser.get("/providers/groq?behaviour=DOWN")).contains("405");
		assertThat(this.browser.ask("cheap-fast", PROMPT).outcomes()).containsExactly(GPT_OSS + " answered");
	}

}
