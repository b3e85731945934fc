package dev.switchboard.engine;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.switchboard.call.CallRecord;
import dev.switchboard.call.TargetsExhaustedException;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.Price;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HedgeTests {

	private static final String ANSWER = "An answer of some length, in more than one chunk.";

	private final Simulator simulator = Simulator.start();

	private final Routes routes = new Routes(this.simulator);

	private final SimulatedProvider first = this.routes.provider("first", Wire.OPENAI);

	private final SimulatedProvider second = this.routes.provider("second", Wire.OPENAI);

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aSlowTargetLosesAgainstTheSecondAndItsRequestIsAbortedAndBooked(boolean streamed) {
		this.first.fails(Fault.silence());
		this.second.answers(ANSWER);

		CallRecord record = record(client(Duration.ofMillis(200)), streamed);

		assertThat(record.answeredBy()).hasToString("second/b");
		assertThat(record.latency()).isLessThan(Policies.QUICK.firstToken());
		assertThat(this.first.requests().get(0).awaitOutcome(Duration.ofSeconds(30)))
			.isEqualTo(RecordedRequest.Outcome.ABORTED);
		assertThat(this.routes.onlyRecord().attempts())
			.filteredOn((attempt) -> attempt.target().provider().equals("first"))
			.singleElement()
			.satisfies((attempt) -> assertThat(attempt.outcome().label()).isEqualTo("cancelled"))
			.satisfies((attempt) -> assertThat(attempt.usageEstimated()).isTrue())
			.satisfies((attempt) -> assertThat(attempt.cost().amount()).isGreaterThan(Money.ZERO));
		assertThat(record.cost()).isNotEqualTo(Cost.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aQuickTargetNeedsNoSecond(boolean streamed) {
		this.first.answers(ANSWER);

		CallRecord record = record(client(Duration.ofSeconds(30)), streamed);

		assertThat(record.answeredBy()).hasToString("first/a");
		assertThat(this.second.requestCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aTargetThatFailsIsFollowedAtOnce(boolean streamed) {
		this.first.fails(Fault.serverError());
		this.second.answers(ANSWER);

		CallRecord record = record(client(Duration.ofSeconds(60)), streamed);

		assertThat(record.answeredBy()).hasToString("second/b");
		assertThat(record.latency()).isLessThan(Duration.ofSeconds(30));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenBothFailTheCallIsExhausted(boolean streamed) {
		this.first.fails(Fault.slowFirstToken(Duration.ofMillis(400)).and(Fault.serverError()));
		this.second.fails(Fault.overloaded());

		assertThatExceptionOfType(TargetsExhaustedException.class)
			.isThrownBy(() -> record(client(Duration.ofMillis(100)), streamed))
			.satisfies((ex) -> assertThat(ex.record().attempts()).hasSize(2));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theSlowTargetWinsIfTheSecondIsSlowerStill(boolean streamed) {
		this.first.answers(Answer.text(ANSWER).after(Duration.ofMillis(1500)));
		this.second.fails(Fault.silence());

		CallRecord record = record(client(Duration.ofMillis(100)), streamed);

		assertThat(record.answeredBy()).hasToString("first/a");
		assertThat(this.second.requests().get(0).awaitOutcome(Duration.ofSeconds(30)))
			.isEqualTo(RecordedRequest.Outcome.ABORTED);
	}

	private CallRecord record(ChatClient client, boolean streamed) {
		if (!streamed) {
			ChatResponse response = client.prompt("Hi").call().chatResponse();
			assertThat(response.getResult().getOutput().getText()).isEqualTo(ANSWER);
			return CallRecord.of(response);
		}
		var chunks = client.prompt("Hi").stream().chatResponse().collectList().block();
		assertThat(
				chunks.stream().map((chunk) -> chunk.getResult().getOutput().getText()).collect(Collectors.joining()))
			.isEqualTo(ANSWER);
		return CallRecord.of(chunks.get(chunks.size() - 1));
	}

	private ChatClient client(Duration hedgeAfter) {
		FallbackPolicy policy = Policies.fast().mutate().hedgeAfter(hedgeAfter).build();
		Price price = new Price(Money.ofUsd("1"), Money.ofUsd("1"), Money.ofUsd("1"), Money.ofUsd("2"));
		ModelCard card = new ModelCard(null, null, Set.of(Modality.TEXT), true, true, false, false, price, "test",
				LocalDate.EPOCH);
		this.routes.catalog(new ModelCatalog(Map.of(ModelId.parse("first/a"), card, ModelId.parse("second/b"), card)));
		return this.routes.route("hedged", policy, "first/a", "second/b").client("hedged");
	}

}
