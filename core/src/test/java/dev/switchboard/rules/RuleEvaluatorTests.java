package dev.switchboard.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.Caller;
import dev.switchboard.call.RequestFacts;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.RoutingRule;
import dev.switchboard.route.RulesRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ExtendWith(OutputCaptureExtension.class)
class RuleEvaluatorTests {

	private static final RequestFacts PLAIN = new RequestFacts(0, 0, 0, 20, 0, false);

	private static final RequestFacts RICH = new RequestFacts(2, 1, 1, 150_000, 3, true);

	private static final Caller ENTERPRISE = new Caller("acme", "enterprise");

	private final RuleEvaluator rules = new RuleEvaluator();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "images > 0", "audio == 1", "files >= 1", "inputTokens > 100000", "tools > 0", "outputSchema",
					"tags['team'] == 'search'", "tags.team == 'search'", "caller.name == 'acme'",
					"caller.group == 'enterprise'", "caller.group matches 'enter.*'", "images > 0 and tools == 3",
					"not (images == 0)", "!(images == 0) && outputSchema", "caller.group != null ? tools > 1 : false" })
	void aConditionSpeaksOfTheRequest(String condition) {
		assertThat(this.rules.problemsOf(condition)).isEmpty();
		assertThat(choose(condition, RICH, ENTERPRISE, Map.of("team", "search"))).isEqualTo("chosen");
		assertThat(choose(condition, PLAIN, Caller.ANONYMOUS, Map.of())).isEqualTo("otherwise");
	}

	@Test
	void theFirstRuleThatHoldsWins() {
		RulesRoute route = route(rule("images > 5", "many"), rule("images > 0", "vision"), rule("tools > 0", "agent"),
				rule(null, "otherwise"));
		assertThat(this.rules.choose(route, RICH, ENTERPRISE, Map.of()).route().value()).isEqualTo("vision");
	}

	@Test
	void withoutAnyThatHoldsTheLastRuleWins() {
		RulesRoute route = route(rule("images > 5", "many"), rule(null, "otherwise"));
		RoutingRule chosen = this.rules.choose(route, PLAIN, Caller.ANONYMOUS, Map.of());
		assertThat(chosen).isSameAs(route.rules().get(1));
	}

	@Test
	void aCallerWithoutGroupIsInNoGroup(CapturedOutput output) {
		assertThat(choose("caller.group == 'enterprise'", PLAIN, Caller.ANONYMOUS, Map.of())).isEqualTo("otherwise");
		assertThat(choose("caller.group matches '.*'", PLAIN, Caller.ANONYMOUS, Map.of())).isEqualTo("otherwise");
		assertThat(choose("caller.group == null", PLAIN, Caller.ANONYMOUS, Map.of())).isEqualTo("chosen");
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void aConditionThatFailsDoesNotHoldAndIsLoggedOnce(CapturedOutput output) {
		RulesRoute route = route(rule("inputTokens / images > 10", "chosen"), rule(null, "otherwise"));
		for (int i = 0; i < 3; i++) {
			assertThat(this.rules.choose(route, PLAIN, Caller.ANONYMOUS, Map.of()).route().value())
				.isEqualTo("otherwise");
		}
		assertThat(output.getAll().split("does not hold", -1)).hasSize(2);
		assertThat(output).contains("WARN", "condition=\"inputTokens / images > 10\"", "reason=ArithmeticException");
	}

	@Test
	void theValueOfATagIsNotLogged(CapturedOutput output) {
		choose("tags['note'] > 5", PLAIN, Caller.ANONYMOUS, Map.of("note", "private words"));
		assertThat(output).contains("does not hold").doesNotContain("private words");
	}

	@ParameterizedTest
	@ValueSource(strings = { "imges > 0", "images > 0 and imges > 0", "images == 0 and imges > 0", "!(imges > 0)",
			"images > 0 or (audio == 0 and (files > 0 or imges > 0))" })
	void anUnknownWordIsAProblemWhereverItStands(String condition) {
		assertThat(this.rules.problemsOf(condition)).singleElement()
			.asString()
			.isEqualTo("it says 'imges', but a rule knows only [images, audio, files, inputTokens, tools, "
					+ "outputSchema, tags['…'], caller.name, caller.group]");
	}

	@Test
	void allProblemsAreToldAtOnce() {
		assertThat(this.rules.problemsOf("imges > 0 and caller.team == 'x' or tools")).satisfiesExactlyInAnyOrder(
				(first) -> assertThat(first).contains("'imges'"), (second) -> assertThat(second).contains("'team'"),
				(third) -> assertThat(third).contains("'tools' is not a condition"));
	}

	@Test
	void aConditionThatCannotBeReadIsAProblemWithItsPosition() {
		assertThat(this.rules.problemsOf("images >")).singleElement()
			.asString()
			.contains("cannot be read")
			.contains("position");
		assertThat(this.rules.problemsOf(" ")).containsExactly("it is empty");
		assertThatIllegalArgumentException().isThrownBy(() -> choose("images >", PLAIN, Caller.ANONYMOUS, Map.of()))
			.withMessageContaining("images >")
			.withMessageContaining("'auto'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tools", "caller.name", "'true'", "inputTokens + 1", "tags['x']", "caller" })
	void whatIsNeitherTrueNorFalseIsAProblem(String condition) {
		assertThat(this.rules.problemsOf(condition)).singleElement().asString().contains("neither true nor false");
		assertThat(choose(condition, RICH, ENTERPRISE, Map.of("x", "true"))).isEqualTo("otherwise");
	}

	@ParameterizedTest
	@ValueSource(strings = { "T(java.lang.Runtime).getRuntime() != null", "new java.lang.String('x') == 'x'",
			"''.class != null", "caller.getClass() != null", "caller.class != null", "'x'.length() == 1",
			"@environment != null", "(images = 5) == 5", "caller.group = 'enterprise'", "tags['x'] = 'y'",
			"#root.facts != null", "tags.clear() == null" })
	void anExpressionReachesNothingBeyondTheRequestAndChangesNothing(String condition) {
		assertThat(this.rules.problemsOf(condition)).isNotEmpty();
		Map<String, String> tags = new HashMap<>(Map.of("x", "1"));
		assertThat(choose(condition, RICH, ENTERPRISE, tags)).isEqualTo("otherwise");
		assertThat(tags).containsExactly(Map.entry("x", "1"));
	}

	private String choose(String condition, RequestFacts facts, Caller caller, Map<String, String> tags) {
		RulesRoute route = route(rule(condition, "chosen"), rule(null, "otherwise"));
		return this.rules.choose(route, facts, caller, tags).route().value();
	}

	private static RulesRoute route(RoutingRule... rules) {
		return new RulesRoute(new RouteName("auto"), "", List.of(rules));
	}

	private static RoutingRule rule(String condition, String route) {
		return new RoutingRule(condition, new RouteName(route));
	}

}
