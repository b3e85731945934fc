package dev.switchboard.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.switchboard.call.AttemptOutcome;
import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.catalog.CatalogLoader;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.observation.AttemptObservations;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.route.RouteTable;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MeteredCallTests {

	private static final ModelId MODEL = ModelId.parse("openai/gpt-4o");

	private static final CallContext CONTEXT = new CallContext(new Caller("ann", "team"), Map.of("app", "x"),
			CacheControl.DEFAULT, null, null);

	private final List<CallRecord> records = new ArrayList<>();

	private final List<Observation.Context> observed = new CopyOnWriteArrayList<>();

	private final TargetClients clients = TargetClients.builder().build();

	private RouteEngine engine;

	private long nanos;

	@BeforeEach
	void build() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onStop(Observation.Context context) {
				MeteredCallTests.this.observed.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		this.engine = RouteEngine.builder(new RouteTable(List.of(), null), this.clients)
			.catalog(CatalogLoader.load())
			.listeners(List.of(this.records::add))
			.attemptObservations(new AttemptObservations(observations))
			.clocks(() -> java.time.Instant.EPOCH, () -> this.nanos)
			.build();
	}

	@AfterEach
	void close() {
		this.engine.close();
		this.clients.close();
	}

	@Test
	void anEngineIsClosedWhenItsCallsHaveEnded() throws Exception {
		MeteredCall call = this.engine.meter(MODEL, CONTEXT, true, 100);
		Thread closing = new Thread(this.engine::close);
		closing.start();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> closing.getState() == Thread.State.TIMED_WAITING || !closing.isAlive());
		assertThat(closing.isAlive()).as("it waits for the record").isTrue();
		CallRecord record = call.answered(TokenUsage.of(10, 20), null, "stop");
		closing.join();
		assertThat(this.records).containsExactly(record);
	}

	@Test
	void anAnswerIsBookedLikeThatOfARoute() {
		MeteredCall call = this.engine.meter(MODEL, CONTEXT, true, 100);
		this.nanos = Duration.ofMillis(5).toNanos();
		call.passedOn(4);
		this.nanos = Duration.ofMillis(9).toNanos();

		CallRecord record = call.answered(TokenUsage.of(10, 20), "gpt-4o-2024", "stop");

		assertThat(this.records).containsExactly(record);
		assertThat(record.id()).isEqualTo(call.id());
		assertThat(record.requestedRoute()).hasToString("passthrough");
		assertThat(record.route()).hasToString("passthrough");
		assertThat(record.caller().name()).isEqualTo("ann");
		assertThat(record.tags()).containsEntry("app", "x");
		assertThat(record.streamed()).isTrue();
		assertThat(record.outcome().label()).isEqualTo("answered");
		assertThat(record.answeredBy()).isEqualTo(MODEL);
		assertThat(record.responseModel()).isEqualTo("gpt-4o-2024");
		assertThat(record.finishReason()).isEqualTo("stop");
		assertThat(record.usage()).isEqualTo(TokenUsage.of(10, 20));
		assertThat(record.cost()).isEqualTo(CatalogLoader.load().costOf(MODEL, TokenUsage.of(10, 20)));
		assertThat(record.latency()).isEqualTo(Duration.ofMillis(9));
		assertThat(record.timeToFirstToken()).isEqualTo(Duration.ofMillis(5));
		assertThat(record.attempts()).singleElement().satisfies((attempt) -> {
			assertThat(attempt.number()).isEqualTo(1);
			assertThat(attempt.usageEstimated()).isFalse();
			assertThat(attempt.timeToFirstToken()).isEqualTo(Duration.ofMillis(5));
		});
		assertThat(this.observed).singleElement()
			.satisfies((context) -> assertThat(context.getName()).isEqualTo("switchboard.attempt"));
	}

	@Test
	void onlyTheFirstEndCounts() {
		MeteredCall call = this.engine.meter(MODEL, CONTEXT, false, 0);
		CallRecord first = call.failed(Failure.of(FailureKind.CONNECTION_FAILED, "refused"), null);
		assertThat(call.answered(null, null, null)).isSameAs(first);
		assertThat(call.cancelled("left", null)).isSameAs(first);
		assertThat(first.outcome().label()).isEqualTo("connection-failed");
		assertThat(first.cost()).isEqualTo(Cost.ZERO);
		assertThat(this.records).containsExactly(first);
		assertThat(this.observed).hasSize(1);
	}

	@Test
	void aCallThatIsLeftIsEstimated() {
		MeteredCall call = this.engine.meter(MODEL, CONTEXT, true, 100);
		call.passedOn(40);
		CallRecord record = call.cancelled("the caller went away", null);
		assertThat(record.outcome().label()).isEqualTo("cancelled");
		assertThat(record.attempts().get(0).outcome()).isEqualTo(new AttemptOutcome.Cancelled("the caller went away"));
		assertThat(record.attempts().get(0).usage()).isEqualTo(TokenUsage.of(100, 10));
		assertThat(record.attempts().get(0).usageEstimated()).isTrue();
	}

	@Test
	void whatWasToldOfACallThatIsLeftIsKept() {
		MeteredCall call = this.engine.meter(MODEL, CONTEXT, true, 100);
		CallRecord record = call.cancelled("left", TokenUsage.of(7, 1));
		assertThat(record.attempts().get(0).usage()).isEqualTo(TokenUsage.of(7, 1));
		assertThat(record.attempts().get(0).usageEstimated()).isTrue();
	}

	@Test
	void whatNobodyCountedCostsNobodyKnowsHowMuch() {
		CallRecord record = this.engine.meter(MODEL, CONTEXT, false, 0).answered(null, null, null);
		assertThat(record.usage()).isNull();
		assertThat(record.cost()).isEqualTo(Cost.UNKNOWN);
	}

	@Test
	void failuresDoNotTouchTheHealthOfATarget() {
		for (int i = 0; i < 100; i++) {
			this.engine.meter(MODEL, CONTEXT, false, 0).failed(Failure.of(FailureKind.SERVER_ERROR, "broken"), null);
		}
		assertThat(this.engine.health().states()).isEmpty();
	}

}
