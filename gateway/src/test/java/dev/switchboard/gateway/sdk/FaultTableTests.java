package dev.switchboard.gateway.sdk;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.switchboard.call.CallRecord;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.Route;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.RouteTable;
import dev.switchboard.route.Target;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.fault.Fault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every fault of a target of every wire, through every endpoint, asked for whole and
 * streamed; with a route to that target alone, and with one that has a second, healthy
 * target of another wire, which gives the same answer. The words of the table:
 * <ul>
 * <li>whole: the caller gets the right answer, all of it, once
 * <li>a status: the caller gets an error of that status, and nothing before it
 * <li>broken: the caller has the beginning of the answer, then one error and no mark that
 * ends an answer
 * <li>withheld: the caller gets an answer that says it was withheld
 * </ul>
 * A row with words at its end is for the ways only that all of them fit, or for all but
 * those: what the target speaks, where the caller asks, and whether it is relayed.
 * <p>
 * Anthropic's answers always tell their usage; one that doesn't is none that its library
 * reads, and that library finds nothing at all in a call's answer to a blocked prompt. A
 * response that was not completed can't be completed here, as it has everything once more
 * in its last event.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultTableTests {

	private static final String TABLE = """
			fault                    | call: one target, two | stream: one target, two | where
			rate limited             | 429       whole       | 429       whole         |
			rate limited for long    | 429       whole       | 429       whole         |
			quota exhausted          | 429       whole       | 429       whole         |
			overloaded               | 503       whole       | 503       whole         |
			server error             | 503       whole       | 503       whole         |
			unauthorized             | 503       whole       | 503       whole         |
			model not found          | 503       whole       | 503       whole         |
			context window exceeded  | 400       whole       | 400       whole         |
			invalid request          | 400       400         | 400       400           |
			content filtered         | withheld  withheld    | withheld  withheld      |
			prompt blocked           | 400       400         | 400       400           | but anthropic
			prompt blocked           | withheld  withheld    | withheld  withheld      | anthropic
			empty answer             | 503       whole       | 503       whole         |
			garbage                  | 503       whole       | 503       whole         |
			broken JSON              | 503       whole       | 503       whole         |
			reset before headers     | 503       whole       | 503       whole         |
			silence                  | 503       whole       | 503       whole         |
			slow first token         | 503       whole       | 503       whole         |
			stall after 3 tokens     | 503       whole       | broken    whole         |
			cut after 3 tokens       | 503       whole       | broken    whole         |
			end after 3 tokens       | 503       whole       | broken    whole         |
			error event after 3      | 503       whole       | broken    whole         |
			malformed event after 3  | whole     whole       | whole     whole         |
			missing end marker       | whole     whole       | whole     whole         | but responses relayed
			missing end marker       | whole     whole       | broken    whole         | responses relayed
			without usage            | whole     whole       | whole     whole         | but anthropic translated
			without usage            | 503       whole       | 503       whole         | anthropic translated
			drip                     | whole     whole       | whole     whole         |
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
		FAULTS.put("prompt blocked", Fault::promptBlocked);
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

	private static RunningGateway gateway;

	private static FallbackPolicy policy;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("logging.level.dev.switchboard=error",
				"switchboard.routes.openai.targets=openai/a", "switchboard.routes.anthropic.targets=anthropic/b",
				"switchboard.routes.gemini.targets=google/c", "switchboard.routes.any.targets=openai/a",
				"switchboard.routes.any.policy=table", "switchboard.policies.table.extends=standard",
				"switchboard.policies.table.max-retries=0", "switchboard.policies.table.rate-limit-patience=0s",
				"switchboard.policies.table.attempt-timeout=8s", "switchboard.policies.table.first-token-timeout=5s",
				"switchboard.policies.table.idle-timeout=4s", "switchboard.policies.table.deadline=50s");
		RouteEngine engine = gateway.context().getBean(RouteEngine.class);
		policy = engine.routes()
			.routes()
			.stream()
			.map((route) -> ((ModelRoute) route).policy())
			.filter((candidate) -> candidate.name().equals("table"))
			.findFirst()
			.orElseThrow();
		warmUp();
		engine.replaceRoutes(new RouteTable(cases().map(Case::routeOf).toList(), null));
	}

	/** The first call through a library takes long where much else goes on. */
	private static void warmUp() {
		for (TargetWire wire : TargetWire.values()) {
			for (CallerEndpoint endpoint : CallerEndpoint.values()) {
				gateway.post(endpoint.path(), endpoint.request(wire.route(), false));
				gateway.post(endpoint.path(), endpoint.request(wire.route(), true));
			}
		}
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("cases")
	void eitherTheWholeRightAnswerOrOneClearError(Case theCase) {
		theCase.wire()
			.provider(gateway)
			.model(theCase.route())
			.answers(Answer.text(ANSWER).inChunksOf(5))
			.fails(FAULTS.get(theCase.fault()).get());
		theCase.otherWire().provider(gateway).model(theCase.route() + "-2").answers(Answer.text(ANSWER).inChunksOf(4));

		HttpResponse<String> response = gateway.post(theCase.endpoint().path(),
				theCase.endpoint().request(theCase.route(), theCase.streamed()));

		assertThat(word(theCase, response)).as("%s gave %s", theCase, response.body()).isEqualTo(theCase.expected());
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !records(theCase).isEmpty());
		assertThat(records(theCase)).hasSize(1);
	}

	private static List<CallRecord> records(Case theCase) {
		return gateway.records().stream().filter((record) -> record.route().value().equals(theCase.route())).toList();
	}

	private static String word(Case theCase, HttpResponse<String> response) {
		String type = response.headers().firstValue("Content-Type").orElseThrow();
		if (response.statusCode() == 200 && theCase.streamed()) {
			assertThat(type).startsWith("text/event-stream");
			return wordOfStream(theCase.endpoint(), RunningGateway.data(response));
		}
		assertThat(type).startsWith("application/json");
		JsonNode body = RunningGateway.json(response);
		if (response.statusCode() == 200) {
			return wordOfAnswer(theCase.endpoint().text(body), theCase.endpoint().finish(body));
		}
		assertThat(theCase.endpoint().message(body, false)).as(response.body()).isNotEmpty();
		if (response.statusCode() != 400) {
			// What the provider says of the caller's own request is told as it is.
			assertThat(theCase.endpoint().code(body, false)).as(response.body()).isNotEmpty();
		}
		return Integer.toString(response.statusCode());
	}

	private static String wordOfStream(CallerEndpoint endpoint, List<String> events) {
		StringBuilder text = new StringBuilder();
		String finish = "";
		for (int i = 0; i < events.size(); i++) {
			boolean last = i == events.size() - 1;
			boolean end = endpoint.isEnd(events.get(i));
			assertThat(end && !last).as("an end before the end").isFalse();
			if (end && !events.get(i).startsWith("{")) {
				return wordOfAnswer(text.toString(), finish);
			}
			JsonNode event = JsonMapper.shared().readTree(events.get(i));
			text.append(endpoint.text(event));
			finish = endpoint.finish(event).isEmpty() ? finish : endpoint.finish(event);
			if (end) {
				return wordOfAnswer(text.toString(), finish);
			}
			if (endpoint.isError(event)) {
				assertThat(last).as("nothing after an error").isTrue();
				assertThat(endpoint.message(event, true)).isNotEmpty();
				assertThat(endpoint.code(event, true)).isEqualTo("stream_interrupted");
				assertThat(ANSWER).as("what the caller has").startsWith(text);
				assertThat(text).isNotEmpty();
				return "broken";
			}
		}
		return "without any end after " + text;
	}

	private static String wordOfAnswer(String text, String finish) {
		if (Set.of("content_filter", "refusal").contains(finish)) {
			return "withheld";
		}
		assertThat(finish).isIn("stop", "end_turn", "");
		return text.equals(ANSWER) ? "whole" : "another answer: " + text;
	}

	@Test
	void theTableNamesEveryFault() {
		assertThat(cases().map(Case::fault).distinct()).containsExactlyElementsOf(FAULTS.keySet());
	}

	@Test
	void theTableHasEveryWayOnce() {
		List<String> ways = cases().map(Case::route).toList();
		assertThat(ways).doesNotHaveDuplicates()
			.hasSize(FAULTS.size() * TargetWire.values().length * CallerEndpoint.values().length * 4);
	}

	static Stream<Case> cases() {
		List<Case> cases = new ArrayList<>();
		TABLE.lines().skip(1).forEach((line) -> {
			String[] columns = line.split("\\|", -1);
			List<String> where = Arrays.stream(columns[3].strip().split("\\s+")).filter((w) -> !w.isEmpty()).toList();
			for (TargetWire wire : TargetWire.values()) {
				for (CallerEndpoint endpoint : CallerEndpoint.values()) {
					if (isMeant(where, wire, endpoint)) {
						addCases(cases, columns, wire, endpoint);
					}
				}
			}
		});
		return cases.stream();
	}

	private static void addCases(List<Case> cases, String[] columns, TargetWire wire, CallerEndpoint endpoint) {
		for (boolean streamed : List.of(false, true)) {
			String[] expected = columns[streamed ? 2 : 1].strip().split("\\s+");
			for (int targets = 1; targets <= 2; targets++) {
				cases.add(new Case(columns[0].strip(), wire, endpoint, streamed, targets, expected[targets - 1]));
			}
		}
	}

	private static boolean isMeant(List<String> where, TargetWire wire, CallerEndpoint endpoint) {
		List<String> facts = List.of(wire.route(), endpoint.name().toLowerCase(Locale.ROOT),
				endpoint.relaysTo(wire) ? "relayed" : "translated");
		if (where.isEmpty()) {
			return true;
		}
		if (where.get(0).equals("but")) {
			return !facts.containsAll(where.subList(1, where.size()));
		}
		return facts.containsAll(where);
	}

	/**
	 * A cell of the table, for one wire and endpoint.
	 *
	 * @param fault what the first target does
	 * @param wire what it speaks
	 * @param endpoint where the caller asks
	 * @param streamed whether the answer is streamed
	 * @param targets how many targets the route has
	 * @param expected the word in the cell
	 */
	record Case(String fault, TargetWire wire, CallerEndpoint endpoint, boolean streamed, int targets,
			String expected) {

		TargetWire otherWire() {
			return (this.wire == TargetWire.OPENAI) ? TargetWire.ANTHROPIC : TargetWire.OPENAI;
		}

		/** The name of the route, and of the model that fails. */
		String route() {
			String words = this.fault + "-" + this.wire + "-" + this.endpoint.name() + "-"
					+ (this.streamed ? "stream" : "call") + "-" + this.targets;
			return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
		}

		Route routeOf() {
			List<Target> all = List.of(Target.of(this.wire.providerName() + "/" + route()),
					Target.of(otherWire().providerName() + "/" + route() + "-2"));
			return new ModelRoute(new RouteName(route()), "", all.subList(0, this.targets), policy, null,
					Requirements.NONE);
		}

		@Override
		public String toString() {
			return this.fault + ", " + this.wire + " target, " + this.endpoint + " "
					+ (this.streamed ? "stream" : "call") + ", " + ((this.targets == 1) ? "one target" : "two targets")
					+ ": " + this.expected;
		}

	}

}
