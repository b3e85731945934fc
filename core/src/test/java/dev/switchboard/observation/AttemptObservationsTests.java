package dev.switchboard.observation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.switchboard.call.Attempt;
import dev.switchboard.call.AttemptOutcome;
import dev.switchboard.cost.Cost;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptObservationsTests {

	private static final String ATTEMPT = "switchboard.attempt";

	private static final String MODEL = "gen_ai.client.operation";

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final AttemptObservations observations = new AttemptObservations(this.registry);

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	@BeforeEach
	void listen() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onStop(Observation.Context context) {
				AttemptObservationsTests.this.stopped.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
	}

	@Test
	void anAnsweredAttemptCarriesItsKeys() {
		start(2).ended(Calls.answered(2, Calls.GEMINI));
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo(ATTEMPT)
			.hasContextualNameEqualTo("attempt google/gemini-3-flash")
			.hasBeenStarted()
			.hasBeenStopped()
			.doesNotHaveError()
			.hasLowCardinalityKeyValue("switchboard.route", "support")
			.hasLowCardinalityKeyValue("switchboard.target", "google/gemini-3-flash")
			.hasLowCardinalityKeyValue("switchboard.attempt.outcome", "answered")
			.hasLowCardinalityKeyValue("gen_ai.operation.name", "chat")
			.hasLowCardinalityKeyValue("gen_ai.provider.name", "gcp.gemini")
			.hasLowCardinalityKeyValue("gen_ai.request.model", "gemini-3-flash")
			.hasHighCardinalityKeyValue("switchboard.call", "call-1")
			.hasHighCardinalityKeyValue("switchboard.attempt.number", "2")
			.hasHighCardinalityKeyValue("gen_ai.response.model", "gpt-5.4-2026-03-05")
			.hasHighCardinalityKeyValue("switchboard.attempt.time-to-first-token", "30")
			.hasHighCardinalityKeyValue("switchboard.attempt.cost", "0.0025")
			.hasHighCardinalityKeyValue("switchboard.attempt.input-tokens", "100")
			.hasHighCardinalityKeyValue("switchboard.attempt.cached-input-tokens", "60")
			.hasHighCardinalityKeyValue("switchboard.attempt.output-tokens", "7")
			.doesNotHaveHighCardinalityKeyValueWithKey("http.response.status_code");
	}

	@Test
	void aFailedAttemptIsAnErrorWithoutTheProvidersWords() {
		start(1).ended(Calls.failed(1, Calls.GEMINI));
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasLowCardinalityKeyValue("switchboard.attempt.outcome", "rate-limited")
			.hasHighCardinalityKeyValue("http.response.status_code", "429")
			.doesNotHaveHighCardinalityKeyValueWithKey("gen_ai.response.model");
		Throwable error = this.stopped.get(0).getError();
		assertThat(error).hasMessageContaining("rate-limited").hasMessageNotContaining("private").hasNoCause();
	}

	@Test
	void aCancelledAttemptIsNoError() {
		start(1).ended(new Attempt(1, Calls.GEMINI, new AttemptOutcome.Cancelled("the caller went away"), Duration.ZERO,
				null, null, false, Cost.UNKNOWN, null));
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.doesNotHaveError()
			.hasLowCardinalityKeyValue("switchboard.attempt.outcome", "cancelled")
			.hasHighCardinalityKeyValue("switchboard.attempt.cost", "unknown");
	}

	@Test
	void anAttemptEndsOnce() {
		AttemptObservation attempt = start(1);
		attempt.ended(Calls.answered(1, Calls.GEMINI));
		attempt.ended(Calls.failed(1, Calls.GEMINI));
		assertThat(this.stopped).singleElement().satisfies((context) -> assertThat(context.getError()).isNull());
	}

	@Test
	void itsTimerHasTheSameKeysForEveryOutcome() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		start(1).ended(Calls.failed(1, Calls.GEMINI));
		start(2).ended(Calls.answered(2, Calls.GEMINI));
		assertThat(meters.get(ATTEMPT).timers()).hasSize(2)
			.allSatisfy((timer) -> assertThat(timer.getId().getTags()).extracting("key")
				.containsExactlyInAnyOrder("switchboard.route", "switchboard.target", "switchboard.attempt.outcome",
						"gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "error"));
	}

	@Test
	void anotherConventionRenames() {
		AttemptObservationConvention convention = new DefaultAttemptObservationConvention() {

			@Override
			public String getName() {
				return "acme.attempt";
			}

			@Override
			public KeyValues getLowCardinalityKeyValues(AttemptObservationContext context) {
				return KeyValues.of(KeyValue.of("acme.target", context.target().toString()));
			}

		};
		new AttemptObservations(this.registry, convention).start("call-1", Calls.ROUTE, Calls.GEMINI, 1, null)
			.ended(Calls.answered(1, Calls.GEMINI));
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo("acme.attempt")
			.hasLowCardinalityKeyValue("acme.target", "google/gemini-3-flash")
			.doesNotHaveLowCardinalityKeyValueWithKey("switchboard.route");
	}

	@Test
	void whereNobodyObservesNothingIsMade() {
		AttemptObservation first = AttemptObservations.NOOP.start("call-1", Calls.ROUTE, Calls.GEMINI, 1, null);
		AttemptObservation second = new AttemptObservations(ObservationRegistry.NOOP).start("call-2", Calls.ROUTE,
				Calls.OPENAI, 2, null);
		assertThat(first).isSameAs(second);
		assertThat(first.observation()).isSameAs(Observation.NOOP);
		Context subscriber = Context.of("a", "b");
		assertThat(first.putInto(subscriber)).isSameAs(subscriber);
		first.ended(Calls.answered(1, Calls.GEMINI));
	}

	@Test
	void whereItIsSwitchedOffByNameTheModelStandsBelowTheClient() {
		this.registry.observationConfig().observationPredicate((name, context) -> !name.startsWith("switchboard."));
		client().prompt("hello").call().content();
		assertThat(this.stopped).extracting(Observation.Context::getName).contains(MODEL).doesNotContain(ATTEMPT);
		assertThat(ancestors(MODEL)).doesNotContain(ATTEMPT).contains("spring.ai.chat.client");
	}

	@Test
	void inACallItStandsBetweenTheClientAndTheModel() {
		client().prompt("hello").call().content();
		assertThat(ancestors(MODEL)).startsWith(ATTEMPT).contains("spring.ai.chat.client");
		assertThat(this.registry.getCurrentObservation()).isNull();
	}

	@Test
	void inAStreamItStandsBetweenTheClientAndTheModel() {
		client().prompt("hello").stream().content().subscribeOn(Schedulers.boundedElastic()).collectList().block();
		// An observation of a stream may stop a moment after its last chunk is there.
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.stopped.stream().anyMatch((context) -> MODEL.equals(context.getName())));
		assertThat(ancestors(MODEL)).startsWith(ATTEMPT).contains("spring.ai.chat.client");
	}

	@Test
	void aParentFromAnotherThreadIsTaken() {
		Observation parent = Observation.start("parent", this.registry);
		this.observations.start("call-1", Calls.ROUTE, Calls.GEMINI, 1, parent).ended(Calls.answered(1, Calls.GEMINI));
		parent.stop();
		assertThat(ancestors(ATTEMPT)).containsExactly("parent");
	}

	@Test
	void theCurrentObservationCanBeCarriedToAnotherThread() {
		assertThat(this.observations.current()).isNull();
		assertThat(AttemptObservations.NOOP.current()).isNull();
		Observation outer = Observation.start("outer", this.registry);
		try (Observation.Scope scope = outer.openScope()) {
			assertThat(scope).isNotNull();
			assertThat(this.observations.current()).isSameAs(outer);
		}
		outer.stop();
	}

	private AttemptObservation start(int number) {
		return this.observations.start("call-1", Calls.ROUTE, Calls.GEMINI, number, null);
	}

	private ChatClient client() {
		return ChatClient.builder(new RouteLikeModel(), this.registry, null, null, null).build();
	}

	/** The names of the observations above the only one of a name, from near to far. */
	private List<String> ancestors(String name) {
		Observation.Context context = this.stopped.stream()
			.filter((candidate) -> name.equals(candidate.getName()))
			.reduce((one, other) -> {
				throw new AssertionError("Two observations are named " + name);
			})
			.orElseThrow();
		List<String> names = new ArrayList<>();
		ObservationView parent = context.getParentObservation();
		while (parent != null) {
			names.add(parent.getContextView().getName());
			parent = parent.getContextView().getParentObservation();
		}
		return names;
	}

	/** Makes one attempt, in the way the engine does. */
	private final class RouteLikeModel implements ChatModel {

		private final ChatModel target = new ObservedModel();

		@Override
		public ChatResponse call(Prompt prompt) {
			AttemptObservation attempt = AttemptObservationsTests.this.observations.start("call-1", Calls.ROUTE,
					Calls.GEMINI, 1, null);
			try (Observation.Scope scope = attempt.openScope()) {
				assertThat(scope).isNotNull();
				return this.target.call(prompt);
			}
			finally {
				attempt.ended(Calls.answered(1, Calls.GEMINI));
			}
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.deferContextual((subscriber) -> {
				AttemptObservation attempt = AttemptObservationsTests.this.observations.start("call-1", Calls.ROUTE,
						Calls.GEMINI, 1, AttemptObservations.parentIn(subscriber));
				return this.target.stream(prompt)
					.doFinally((signal) -> attempt.ended(Calls.answered(1, Calls.GEMINI)))
					.contextWrite(attempt::putInto);
			});
		}

	}

	/** Observes itself, in the way Spring AI's models do. */
	private final class ObservedModel implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			return Observation.createNotStarted(MODEL, AttemptObservationsTests.this.registry)
				.observe(AttemptObservationsTests::answer);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.deferContextual((subscriber) -> {
				@Nullable Observation parent = AttemptObservations.parentIn(subscriber);
				Observation own = Observation.createNotStarted(MODEL, AttemptObservationsTests.this.registry)
					.parentObservation(parent)
					.start();
				return Flux.just(answer()).doFinally((signal) -> own.stop());
			});
		}

	}

	private static ChatResponse answer() {
		return new ChatResponse(List.of(new Generation(new AssistantMessage("hello"))));
	}

}
