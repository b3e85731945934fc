package dev.switchboard.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.switchboard.call.AttemptStoppedException;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.RouteCallException;
import dev.switchboard.call.StreamInterruptedException;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.policy.Timeouts;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every fault on every wire, asked for whole and streamed, under three policies. The
 * route has a healthy second target that gives the same answer. The words of the table:
 * <ul>
 * <li>whole: the caller gets the right answer, all of it, once
 * <li>stopped: the caller is told of the first target's failure, as no other may answer
 * <li>broken: the caller has the beginning of the answer and is told that it is not whole
 * </ul>
 * Anthropic's answers always tell their usage; one that doesn't is none that its library
 * reads.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultMatrixTests {

	private static final String TABLE = """
			fault                    | fast call, standard, careful | fast stream, standard, careful | wires
			rate limited             | whole    whole    whole      | whole    whole    whole
			rate limited for long    | whole    whole    whole      | whole    whole    whole
			quota exhausted          | whole    whole    whole      | whole    whole    whole
			overloaded               | whole    whole    whole      | whole    whole    whole
			server error             | whole    whole    whole      | whole    whole    whole
			unauthorized             | whole    whole    stopped    | whole    whole    stopped
			model not found          | whole    whole    stopped    | whole    whole    stopped
			context window exceeded  | whole    whole    stopped    | whole    whole    stopped
			invalid request          | stopped  stopped  stopped    | stopped  stopped  stopped
			content filtered         | stopped  stopped  stopped    | stopped  stopped  stopped
			empty answer             | whole    whole    stopped    | whole    whole    stopped
			garbage                  | whole    whole    stopped    | whole    whole    stopped
			broken JSON              | whole    whole    stopped    | whole    whole    stopped
			reset before headers     | whole    whole    whole      | whole    whole    whole
			silence                  | whole    whole    whole      | whole    whole    whole
			slow first token         | whole    whole    whole      | whole    whole    whole
			stall after 3 tokens     | whole    whole    whole      | whole    whole    broken
			cut after 3 tokens       | whole    whole    whole      | whole    whole    broken
			end after 3 tokens       | whole    whole    stopped    | whole    whole    broken
			error event after 3      | whole    whole    whole      | whole    whole    broken
			malformed event after 3  | whole    whole    whole      | whole    whole    whole
			missing end marker       | whole    whole    whole      | whole    whole    whole
			without usage            | whole    whole    whole      | whole    whole    whole  | openai gemini
			without usage            | whole    whole    stopped    | whole    whole    stopped | anthropic
			drip                     | whole    whole    whole      | whole    whole    whole
			""";

	private static final Map<String, Supplier<Fault>> FAULTS = new LinkedHashMap<>();

	static {
		FAULTS.put("rate limited", Fault::rateLimited);
		FAULTS.put("rate limited for long", () -> Fault.rateLimited().retryAfter(Duration.ofMinutes(2)));
		FAULTS.put("quota exhausted", Fault::quotaExhausted);
		FAULTS.put("overloaded", Fault::overloaded);
		FAULTS.put("server error", Fault::serverError);
		FAULTS.put("unauthorized", Fault::unauthorized);
		FAULTS.put("model not found", Fault::modelNotFound);
		FAULTS.put("context window exceeded", Fault::contextWindowExceeded);
		FAULTS.put("invalid request", Fault::invalidRequest);
		FAULTS.put("content filtered", Fault::contentFiltered);
		FAULTS.put("empty answer", Fault::emptyAnswer);
		FAULTS.put("garbage", Fault::garbage);
		FAULTS.put("broken JSON", Fault::brokenJson);
		FAULTS.put("reset before headers", Fault::resetBeforeHeaders);
		FAULTS.put("silence", Fault::silence);
		FAULTS.put("slow first token", () -> Fault.slowFirstToken(Duration.ofSeconds(30)));
		FAULTS.put("stall after 3 tokens", () -> Fault.stallAfterTokens(3));
		FAULTS.put("cut after 3 tokens", () -> Fault.cutAfterTokens(3));
		FAULTS.put("end after 3 tokens", () -> Fault.endAfterTokens(3));
		FAULTS.put("error event after 3", () -> Fault.errorEventAfterTokens(3));
		FAULTS.put("malformed event after 3", () -> Fault.malformedEventAfterTokens(3));
		FAULTS.put("missing end marker", Fault::missingEndMarker);
		FAULTS.put("without usage", Fault::withoutUsage);
		FAULTS.put("drip", () -> Fault.drip(Duration.ofMillis(30)));
	}

	private static final String ANSWER = "Of all the things that can break, a promise is the one that no spare part "
			+ "will ever mend.";

	private static final Duration NEVER_LONGER = Duration.ofSeconds(90);

	private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(8), Duration.ofSeconds(5),
			Duration.ofSeconds(4), Duration.ofSeconds(60));

	private static Simulator simulator;

	@BeforeAll
	static void startSimulator() {
		simulator = Simulator.builder().logEntries(100_000).start();
	}

	@AfterAll
	static void stopSimulator() {
		simulator.close();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("cases")
	void eitherTheWholeRightAnswerOrOneClearError(Case theCase) {
		try (Routes routes = new Routes(simulator)) {
			routes.provider(theCase.provider("first"), theCase.wire())
				.answers(Answer.text(ANSWER).inChunksOf(5))
				.fails(FAULTS.get(theCase.fault()).get());
			routes.provider(theCase.provider("second"), Wire.OPENAI).answers(Answer.text(ANSWER).inChunksOf(4));
			ChatClient client = routes
				.route("route", theCase.policyWithTimeouts(), theCase.provider("first") + "/a",
						theCase.provider("second") + "/b")
				.client("route");

			Ending ending = theCase.streamed() ? stream(client) : call(client);

			assertThat(ending.word()).as("%s gave [%s] %s", theCase, ending.text(), ending.error())
				.isEqualTo(theCase.expected());
			assertThat(ANSWER).as("what the caller has").startsWith(ending.text());
			assertThat(ending.text().equals(ANSWER)).as("%s: whether it is whole", theCase)
				.isEqualTo(ending.error() == null);
			assertThat(routes.records()).as("records").hasSize(1);
			assertThat(routes.onlyRecord()).isEqualTo(ending.record());
		}
	}

	@Test
	void theTableNamesEveryFault() {
		assertThat(cases().map(Case::fault).distinct()).containsExactlyElementsOf(FAULTS.keySet());
	}

	private static Ending call(ChatClient client) {
		try {
			ChatResponse response = client.prompt("Hi").call().chatResponse();
			return new Ending(response.getResult().getOutput().getText(), null, CallRecord.of(response));
		}
		catch (RouteCallException ex) {
			return new Ending("", ex, ex.record());
		}
	}

	private static Ending stream(ChatClient client) {
		StringBuilder text = new StringBuilder();
		List<Throwable> errors = new CopyOnWriteArrayList<>();
		AtomicReference<CallRecord> record = new AtomicReference<>();
		client.prompt("Hi").stream().chatResponse().doOnNext((chunk) -> {
			String piece = chunk.getResult().getOutput().getText();
			text.append((piece != null) ? piece : "");
			record.set(CallRecord.of(chunk));
		}).doOnError(errors::add).onErrorComplete().blockLast(NEVER_LONGER);
		if (errors.isEmpty()) {
			return new Ending(text.toString(), null, record.get());
		}
		RouteCallException error = (RouteCallException) errors.get(0);
		return new Ending(text.toString(), error, error.record());
	}

	static Stream<Case> cases() {
		List<Case> cases = new ArrayList<>();
		TABLE.lines().skip(1).forEach((line) -> {
			String[] columns = line.split("\\|");
			List<Wire> wires = (columns.length > 3) ? Arrays.stream(columns[3].strip().split("\\s+"))
				.map((wire) -> Wire.valueOf(wire.toUpperCase(Locale.ROOT)))
				.toList() : List.of(Wire.values());
			addCases(cases, columns[0].strip(), wires, false, columns[1].strip().split("\\s+"));
			addCases(cases, columns[0].strip(), wires, true, columns[2].strip().split("\\s+"));
		});
		return cases.stream();
	}

	private static void addCases(List<Case> cases, String fault, List<Wire> wires, boolean streamed,
			String[] expected) {
		List<FallbackPolicy> policies = Arrays.asList(Policies.fast(), Policies.standard(), Policies.careful());
		for (Wire wire : wires) {
			for (int i = 0; i < policies.size(); i++) {
				cases.add(new Case(fault, wire, streamed, policies.get(i), expected[i]));
			}
		}
	}

	/**
	 * A cell of the table, on one wire.
	 *
	 * @param fault what the first target does
	 * @param wire what it speaks
	 * @param streamed whether the answer is streamed
	 * @param policy the route's policy
	 * @param expected the word in the cell
	 */
	record Case(String fault, Wire wire, boolean streamed, FallbackPolicy policy, String expected) {

		String provider(String position) {
			return (position + "-" + toString()).replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
		}

		FallbackPolicy policyWithTimeouts() {
			return this.policy.mutate().timeouts(TIMEOUTS).build();
		}

		@Override
		public String toString() {
			return this.fault + ", " + this.wire.name().toLowerCase(Locale.ROOT) + " "
					+ (this.streamed ? "stream" : "call") + ", " + this.policy.name() + ": " + this.expected;
		}

	}

	private record Ending(String text, RouteCallException error, CallRecord record) {

		String word() {
			if (this.error == null) {
				return "whole";
			}
			if (this.error instanceof StreamInterruptedException) {
				return "broken";
			}
			return (this.error instanceof AttemptStoppedException) ? "stopped" : "without any answer";
		}

	}

}
