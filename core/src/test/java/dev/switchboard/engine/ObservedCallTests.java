package dev.switchboard.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.switchboard.catalog.CatalogLoader;
import dev.switchboard.observation.AttemptObservations;
import dev.switchboard.observation.CallMetrics;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.fault.Fault;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an operator sees of a call through a route: spans and metrics, from the real
 * engine and the real models.
 */
class ObservedCallTests {

	private static final String CLIENT = "spring.ai.chat.client";

	private static final String ATTEMPT = "switchboard.attempt";

	private static final String MODEL = "gen_ai.client.operation";

	private final ObservationRegistry observations = ObservationRegistry.create();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	private final Simulator simulator = Simulator.start();

	private final Routes routes = new Routes(this.simulator);

	@BeforeEach
	void observe() {
		this.observations.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onStop(Observation.Context context) {
				ObservedCallTests.this.stopped.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		}).observationHandler(new DefaultMeterObservationHandler(this.meters));
		this.routes.clients((clients) -> clients.observationRegistry(this.observations))
			.catalog(CatalogLoader.load())
			.with((engine) -> engine.attemptObservations(new AttemptObservations(this.observations))
				.listeners(List.of(new CallMetrics(this.meters))));
	}

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@Test
	void eachAttemptOfACallStandsBetweenTheClientAndItsModel() {
		client().prompt("Hi").call().content();

		assertSpansOfAFallback();
	}

	@Test
	void eachAttemptOfAStreamStandsBetweenTheClientAndItsModel() {
		client().prompt("Hi").stream().content().collectList().block();

		// The models of Spring AI end their observation after they have told the
		// subscriber.
		await().untilAsserted(this::assertSpansOfAFallback);
	}

	@Test
	void theModelOfAnApplicationStandsBelowItsAttemptToo() {
		this.routes.clients((clients) -> clients.model("corporate", new OwnModel()))
			.route("support", Policies.standard(), "corporate/any");

		observed("support").prompt("Hi").call().content();

		assertThat(spans(MODEL)).singleElement()
			.satisfies((span) -> assertThat(ancestors(span)).startsWith(ATTEMPT).contains(CLIENT));
	}

	@Test
	void metricsTellWhatCallsAndAttemptsTookAndCost() {
		client().prompt("Hi").stream().content().collectList().block();

		assertThat(this.meters.get("switchboard.call")
			.tags("switchboard.route", "support", "switchboard.target", "openai/gpt-4o", "switchboard.call.outcome",
					"answered", "switchboard.streamed", "true")
			.timer()
			.count()).isEqualTo(1);
		assertThat(this.meters.get(ATTEMPT)
			.tags("switchboard.target", "groq/llama-3.3-70b-versatile", "switchboard.attempt.outcome", "server-error")
			.timer()
			.count()).isEqualTo(1);
		assertThat(this.meters.get("switchboard.time-to-first-token").timer().count()).isEqualTo(1);
		assertThat(this.meters.get("switchboard.tokens")
			.tags("switchboard.target", "openai/gpt-4o", "switchboard.token.type", "output")
			.counter()
			.count()).isPositive();
		assertThat(this.meters.get("switchboard.cost").tag("switchboard.target", "openai/gpt-4o").counter().count())
			.isPositive();
	}

	private void assertSpansOfAFallback() {
		assertThat(spans(ATTEMPT))
			.extracting((span) -> span.getLowCardinalityKeyValue("switchboard.target").getValue() + " "
					+ span.getLowCardinalityKeyValue("switchboard.attempt.outcome").getValue())
			.containsExactly("groq/llama-3.3-70b-versatile server-error", "openai/gpt-4o answered");
		assertThat(spans(ATTEMPT))
			.allSatisfy((span) -> assertThat(ancestors(span)).contains(CLIENT).doesNotContain(ATTEMPT, MODEL));
		assertThat(spans(MODEL)).hasSize(2)
			.allSatisfy((span) -> assertThat(ancestors(span)).startsWith(ATTEMPT).contains(CLIENT))
			.extracting(Observation.Context::getParentObservation)
			.doesNotHaveDuplicates();
	}

	private ChatClient client() {
		SimulatedProvider broken = this.routes.provider("groq", Wire.OPENAI);
		broken.fails(Fault.serverError());
		this.routes.provider("openai", Wire.OPENAI).answers("Hello");
		this.routes.route("support", Policies.fast(), "groq/llama-3.3-70b-versatile", "openai/gpt-4o");
		return observed("support");
	}

	private ChatClient observed(String route) {
		return ChatClient.builder(this.routes.model(route), this.observations, null, null, null).build();
	}

	private List<Observation.Context> spans(String name) {
		return this.stopped.stream().filter((context) -> name.equals(context.getName())).toList();
	}

	/** The names of the observations above one, from near to far. */
	private static List<String> ancestors(Observation.Context span) {
		List<String> names = new ArrayList<>();
		ObservationView parent = span.getParentObservation();
		while (parent != null) {
			names.add(parent.getContextView().getName());
			parent = parent.getContextView().getParentObservation();
		}
		return names;
	}

	/** A model that observes itself and can't be cancelled. */
	private final class OwnModel implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			return Observation.createNotStarted(MODEL, ObservedCallTests.this.observations)
				.observe(() -> new ChatResponse(List.of(new Generation(new AssistantMessage("Hello")))));
		}

	}

}
