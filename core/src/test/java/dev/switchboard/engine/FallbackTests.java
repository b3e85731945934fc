package dev.switchboard.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.AttemptStoppedException;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.SkippedTarget;
import dev.switchboard.call.TargetsExhaustedException;
import dev.switchboard.call.UserDecisionRequiredException;
import dev.switchboard.cost.ModelId;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.policy.OnExhausted;
import dev.switchboard.policy.Reaction;
import dev.switchboard.policy.Timeouts;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.RoutingRule;
import dev.switchboard.route.RulesRoute;
import dev.switchboard.route.UnknownRouteException;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FallbackTests {

	private final Simulator simulator = Simulator.start();

	private final Routes routes = new Routes(this.simulator);

	private final SimulatedProvider openai = this.routes.provider("openai", Wire.OPENAI);

	private final SimulatedProvider anthropic = this.routes.provider("anthropic", Wire.ANTHROPIC);

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@Test
	void theFirstTargetAnswersAndTheRecordSaysSo() {
		this.openai.answers("Hello");

		ChatResponse response = client(Policies.standard()).prompt("Hi").call().chatResponse();

		assertThat(response.getResult().getOutput().getText()).isEqualTo("Hello");
		CallRecord record = CallRecord.of(response);
		assertThat(record.route()).hasToString("support");
		assertThat(record.answeredBy()).isEqualTo(ModelId.parse("openai/gpt-5.4"));
		assertThat(record.attempts()).singleElement()
			.satisfies((attempt) -> assertThat(attempt.outcome().label()).isEqualTo("answered"));
		assertThat(record.usage().outputTokens()).isPositive();
		assertThat(record.finishReason()).isEqualToIgnoringCase("stop");
		assertThat(this.anthropic.requestCount()).isZero();
		assertThat(this.routes.onlyRecord()).isEqualTo(record);
	}

	@Test
	void retryThenFallback() {
		this.openai.fails(Fault.serverError());
		this.anthropic.answers("Hello from the other side");

		ChatResponse response = client(Policies.standard()).prompt("Hi").call().chatResponse();

		assertThat(response.getResult().getOutput().getText()).isEqualTo("Hello from the other side");
		assertThat(CallRecord.of(response).attempts())
			.extracting((attempt) -> attempt.number() + " " + attempt.target() + " " + attempt.outcome().label())
			.containsExactly("1 openai/gpt-5.4 server-error", "2 openai/gpt-5.4 server-error",
					"3 anthropic/claude-opus-4.7 answered");
	}

	@Test
	void aRetryThatSucceedsNeedsNoFallback() {
		this.openai.answers("Hello").fails(Fault.overloaded().times(1));

		assertThat(client(Policies.standard()).prompt("Hi").call().content()).isEqualTo("Hello");
		assertThat(this.openai.requestCount()).isEqualTo(2);
		assertThat(this.anthropic.requestCount()).isZero();
	}

	@Test
	void aShortRateLimitIsWaitedForOnTheSameTarget() {
		this.openai.answers("Hello").fails(Fault.rateLimited().retryAfter(Duration.ofSeconds(1)).times(1));

		CallRecord record = CallRecord.of(client(Policies.standard()).prompt("Hi").call().chatResponse());

		assertThat(record.answeredBy()).isEqualTo(ModelId.parse("openai/gpt-5.4"));
		assertThat(record.attempts()).hasSize(2);
		assertThat(record.latency()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void rateLimitThenCooldownThenTheTargetIsSkippedByTheNextCall() {
		this.openai.fails(Fault.rateLimited().retryAfter(Duration.ofSeconds(60)));
		this.anthropic.answers("Hello");
		ChatClient client = client(Policies.standard());

		client.prompt("Hi").call().content();
		CallRecord second = CallRecord.of(client.prompt("Hi again").call().chatResponse());

		assertThat(this.openai.requestCount()).isEqualTo(1);
		assertThat(second.attempts()).hasSize(1);
		assertThat(second.skipped()).singleElement()
			.satisfies((skipped) -> assertThat(skipped.reason()).isEqualTo(SkippedTarget.Reason.COOLING_DOWN))
			.satisfies((skipped) -> assertThat(skipped.until()).isAfter(second.time().plusSeconds(30)));
	}

	@Test
	void anInvalidRequestStopsWithTheProvidersOwnWords() {
		this.openai.fails(Fault.invalidRequest().message("temperature must be at most 2"));

		assertThatExceptionOfType(AttemptStoppedException.class)
			.isThrownBy(() -> client(Policies.standard()).prompt("Hi").call().content())
			.withMessageContaining("temperature must be at most 2")
			.satisfies((ex) -> assertThat(ex.stoppedAt().kind()).isEqualTo(FailureKind.INVALID_REQUEST))
			.satisfies((ex) -> assertThat(ex.stoppedAt().status()).isEqualTo(400));
		assertThat(this.anthropic.requestCount()).isZero();
	}

	@Test
	void aRefusalStopsUnlessThePolicySaysFallback() {
		this.openai.fails(Fault.contentFiltered());
		this.anthropic.answers("I may");
		FallbackPolicy lenient = Policies.standard()
			.withReactions(Map.of(FailureKind.CONTENT_REFUSED, Reaction.FALLBACK));
		this.routes.route("lenient", lenient, "openai/gpt-5.4", "anthropic/claude-opus-4.7");

		assertThatExceptionOfType(AttemptStoppedException.class)
			.isThrownBy(() -> client(Policies.standard()).prompt("Hi").call().content())
			.satisfies((ex) -> assertThat(ex.stoppedAt().kind()).isEqualTo(FailureKind.CONTENT_REFUSED));
		assertThat(this.routes.client("lenient").prompt("Hi").call().content()).isEqualTo("I may");
	}

	@Test
	void whenAllFailEachIsListedAndTheFirstFailureIsTold() {
		this.openai.fails(Fault.serverError().message("the first trouble"));
		this.anthropic.fails(Fault.unauthorized().message("the second trouble"));

		assertThatExceptionOfType(TargetsExhaustedException.class)
			.isThrownBy(() -> client(Policies.fast()).prompt("Hi").call().content())
			.withMessageContaining("openai/gpt-5.4 server-error status=500")
			.withMessageContaining("anthropic/claude-opus-4.7 unauthorized status=401")
			.withMessageContaining("The first failure says: the first trouble")
			.withMessageNotContaining("the second trouble");
		assertThat(this.routes.onlyRecord().outcome().label()).isEqualTo("exhausted");
	}

	@Test
	void careful() {
		this.openai.fails(Fault.overloaded());
		this.anthropic.fails(Fault.overloaded());
		this.routes.route("other", Policies.fast(), "openai/gpt-5.4");

		UserDecisionRequiredException ex = catchThrowableOfType(UserDecisionRequiredException.class,
				() -> client(Policies.careful()).prompt("Hi").call().content());

		assertThat(ex.record().attempts()).hasSize(6);
		assertThat(ex.choices()).extracting(Object::toString).containsExactly("other");
	}

	@Test
	void strictNeverLeavesItsFirstTarget() {
		this.openai.fails(Fault.serverError());

		assertThatExceptionOfType(TargetsExhaustedException.class)
			.isThrownBy(() -> client(Policies.strict()).prompt("Hi").call().content());
		assertThat(this.openai.requestCount()).isEqualTo(2);
		assertThat(this.anthropic.requestCount()).isZero();
	}

	@Test
	void anExhaustedRouteHandsOverToTheOneThatItsPolicyNames() {
		this.openai.fails(Fault.serverError());
		this.anthropic.answers("Last resort");
		FallbackPolicy handsOver = Policies.fast().mutate().onExhausted(new OnExhausted.UseRoute("fallback")).build();
		this.routes.route("first", handsOver, "openai/gpt-5.4")
			.route("fallback", Policies.fast(), "anthropic/claude-opus-4.7");

		CallRecord record = CallRecord.of(this.routes.client("first").prompt("Hi").call().chatResponse());

		assertThat(record.requestedRoute()).hasToString("first");
		assertThat(record.route()).hasToString("fallback");
		assertThat(record.attempts()).hasSize(2);
	}

	@Test
	void itMayHandOverToARouteWithRulesToo() {
		this.openai.fails(Fault.serverError());
		this.anthropic.answers("Last resort");
		FallbackPolicy handsOver = Policies.fast().mutate().onExhausted(new OnExhausted.UseRoute("auto")).build();
		this.routes.route("first", handsOver, "openai/gpt-5.4")
			.route("last", Policies.fast(), "anthropic/claude-opus-4.7")
			.route(new RulesRoute(new RouteName("auto"), "",
					List.of(new RoutingRule("images > 0", new RouteName("first")),
							new RoutingRule(null, new RouteName("last")))));

		CallRecord record = CallRecord.of(this.routes.client("first").prompt("Hi").call().chatResponse());

		assertThat(record.route()).hasToString("last");
	}

	@Test
	void aSilentProviderIsLeftAtTheAttemptTimeoutAndItsRequestAborted() {
		this.openai.fails(Fault.silence());
		this.anthropic.answers("Here");

		CallRecord record = CallRecord.of(client(Policies.standard()).prompt("Hi").call().chatResponse());

		assertThat(record.attempts()).extracting((attempt) -> attempt.outcome().label())
			.containsExactly("timed-out", "answered");
		assertThat(this.openai.requests()).singleElement()
			.satisfies((request) -> assertThat(request.awaitOutcome(Duration.ofSeconds(30)))
				.isEqualTo(dev.switchboard.simulator.RecordedRequest.Outcome.ABORTED));
	}

	@Test
	void theDeadlineEndsEverything() {
		this.openai.fails(Fault.silence());
		this.anthropic.fails(Fault.silence());
		FallbackPolicy patient = Policies.standard()
			.mutate()
			.timeouts(new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30),
					Duration.ofMillis(700)))
			.build();

		TargetsExhaustedException ex = catchThrowableOfType(TargetsExhaustedException.class,
				() -> client(patient).prompt("Hi").call().content());

		assertThat(ex).hasMessageContaining("its deadline passed");
		assertThat(ex.record().latency()).isBetween(Duration.ofMillis(700), Duration.ofSeconds(10));
		assertThat(ex.record().attempts()).hasSize(1);
	}

	@Test
	void aCallerMayShortenTheDeadlineButNotLengthenIt() {
		this.openai.fails(Fault.silence());
		RouteChatOptions.Builder hurried = RouteChatOptions.builder().deadline(Duration.ofMillis(300));

		TargetsExhaustedException ex = catchThrowableOfType(TargetsExhaustedException.class,
				() -> client(Policies.standard()).prompt("Hi").options(hurried).call().content());

		assertThat(ex.record().latency()).isBetween(Duration.ofMillis(300), Policies.QUICK.attempt().minusMillis(500));
	}

	@Test
	void aCallMayNameAnotherPolicy() {
		this.openai.fails(Fault.serverError());

		assertThatExceptionOfType(TargetsExhaustedException.class)
			.isThrownBy(() -> client(Policies.standard()).prompt("Hi")
				.options(RouteChatOptions.builder().policy("strict"))
				.call()
				.content());
		assertThat(this.anthropic.requestCount()).isZero();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.routes.client("support")
				.prompt("Hi")
				.options(RouteChatOptions.builder().policy("lax"))
				.call()
				.content())
			.withMessageContaining("'lax'")
			.withMessageContaining("[careful, fast, standard, strict]");
	}

	@Test
	void nothingToAskIsSaidClearly() {
		RouteChatModel model = model(Policies.standard());

		assertThatIllegalArgumentException().isThrownBy(() -> model.call((Prompt) null))
			.withMessage("Route 'support' was called without a prompt");
		assertThatIllegalArgumentException().isThrownBy(() -> model.call(new Prompt(List.<Message>of())))
			.withMessage("Route 'support' was called with a prompt that has no messages");
		assertThatExceptionOfType(UnknownRouteException.class).isThrownBy(() -> this.routes.model("nowhere"));
	}

	private ChatClient client(FallbackPolicy policy) {
		return ChatClient.create(model(policy));
	}

	private RouteChatModel model(FallbackPolicy policy) {
		return this.routes.route("support", policy, "openai/gpt-5.4", "anthropic/claude-opus-4.7").model("support");
	}

}
