package dev.switchboard.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody reads whose configuration is wrong.
 */
class InvalidConfigurationTests {

	private static final String KEYS = """
			switchboard:
			  providers:
			    openai: { api-key: sk-1 }
			    groq: { api-key: sk-2 }
			""";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SwitchboardAutoConfiguration.class));

	@Test
	void anUnknownProviderIsNamedWithThoseThatAreConfigured() {
		assertThat(problems(KEYS + "  routes: { support: { targets: [ opnai/gpt-5.4 ] } }")).containsExactly(
				"Property 'switchboard.routes.support.targets[0]' names provider 'opnai', but the providers configured "
						+ "are [groq, openai]. Action: did you mean 'openai'? Else use one of these, or add "
						+ "'switchboard.providers.opnai'.");
	}

	@Test
	void anUnknownPolicyIsNamedWithThoseThereAre() {
		assertThat(problems(KEYS + "  routes: { support: { targets: [ openai/gpt-5.4 ], policy: cautious } }"))
			.containsExactly("Property 'switchboard.routes.support.policy' names policy 'cautious', but the policies "
					+ "are [fast, standard, careful, strict]. Action: use one of these, or add "
					+ "'switchboard.policies.cautious'.");
	}

	@Test
	void aPolicyExtendsOneThatIsThere() {
		assertThat(problems("switchboard.policies.mine.extends: yours")).containsExactly(
				"Property 'switchboard.policies.mine.extends' names policy 'yours', but the policies are [fast, "
						+ "standard, careful, strict, mine]. Action: use one of these, or add "
						+ "'switchboard.policies.yours'.");
	}

	@Test
	void policiesDoNotExtendEachOtherInACircle() {
		assertThat(problems("""
				switchboard.policies:
				  a: { extends: b }
				  b: { extends: c }
				  c: { extends: a }
				""")).containsExactly("Property 'switchboard.policies.c.extends' closes a cycle of policies, a -> b -> "
				+ "c -> a. Action: extend another policy, such as 'standard'.");
	}

	@Test
	void aRouteHasTargetsOrRules() {
		assertThat(problems("switchboard.routes.empty.description: nothing"))
			.containsExactly("Property 'switchboard.routes.empty' has neither targets nor rules. Action: add "
					+ "'switchboard.routes.empty.targets', such as [openai/gpt-5.4-mini].");
	}

	@Test
	void aRouteDoesNotHaveBoth() {
		assertThat(problems(KEYS + """
				  routes:
				    plain: { targets: [ openai/gpt-5.4 ] }
				    both: { targets: [ openai/gpt-5.4 ], rules: [ { route: plain } ] }
				""")).containsExactly("Property 'switchboard.routes.both' has both targets and rules. Action: remove "
				+ "one of them, or make two routes of it.");
	}

	@Test
	void aTargetNamesItsProvider() {
		assertThat(problems(KEYS + "  routes: { support: { targets: [ gpt-5.4 ] } }"))
			.containsExactly("Property 'switchboard.routes.support.targets[0]' is 'gpt-5.4', which is not of the form "
					+ "'provider/model'. Action: write the provider before the model, such as "
					+ "'openai/gpt-5.4-mini'.");
	}

	@Test
	void aTargetMeetsWhatItsRouteRequires() {
		assertThat(problems(KEYS + """
				  catalog: { models: [ { model: openai/small, context-window: 8000, input: [ text ] } ] }
				  routes:
				    vision: { targets: [ openai/small ], requires: { context-window: 200000, input: [ image ] } }
				""")).containsExactly("Property 'switchboard.routes.vision.targets[0]' names openai/small, but the "
				+ "route requires a context window of 200000 tokens (it has 8000) and image input, which by the model "
				+ "catalog it lacks. Action: use another model, lower 'requires', or correct "
				+ "'switchboard.catalog.models'.");
	}

	@Test
	void whatIsNotKnownOfAModelDoesNotMeetWhatItsRouteRequires() {
		assertThat(problems(KEYS + """
				  catalog:
				    models:
				      - { model: openai/able, output: [ text, image ], parallel-tools: true }
				      - { model: openai/unsaid }
				  routes:
				    drawing:
				      targets: [ openai/able, openai/unsaid ]
				      requires: { output: [ image ], parallel-tools: true }
				""")).containsExactly("Property 'switchboard.routes.drawing.targets[1]' names openai/unsaid, but the "
				+ "route requires image output and parallel tools (nothing is known of them), which by the model "
				+ "catalog it lacks. Action: use another model, lower 'requires', or correct "
				+ "'switchboard.catalog.models'.");
	}

	@Test
	void aDayIsWrittenAsADay() {
		assertThat(problems("switchboard.catalog.models: [ { model: openai/gpt-5.4, deprecated: soon } ]"))
			.singleElement()
			.asString()
			.startsWith("Property 'switchboard.catalog.models[0].deprecated' ");
	}

	@Test
	void aRuleNamesARoute() {
		assertThat(problems(KEYS + """
				  routes:
				    vision: { targets: [ openai/gpt-5.4 ] }
				    auto: { rules: [ { when: "images > 0", route: visoin }, { route: vision } ] }
				""")).containsExactly("Property 'switchboard.routes.auto.rules[0].route' names route 'visoin', but the "
				+ "routes are [vision, auto]. Action: did you mean 'vision'? Else use one of these, or add "
				+ "'switchboard.routes.visoin'.");
	}

	@Test
	void theLastRuleAlwaysHolds() {
		assertThat(problems(KEYS + """
				  routes:
				    vision: { targets: [ openai/gpt-5.4 ] }
				    auto: { rules: [ { when: "images > 0", route: vision } ] }
				""")).containsExactly("Property 'switchboard.routes.auto.rules[0].when' is a condition, so that a "
				+ "request which no rule fits has no route. Action: add a last rule with a route alone.");
	}

	@Test
	void aRuleThatAlwaysHoldsIsTheLast() {
		assertThat(problems(KEYS + """
				  routes:
				    vision: { targets: [ openai/gpt-5.4 ] }
				    auto: { rules: [ { route: vision }, { route: vision } ] }
				""")).containsExactly("Property 'switchboard.routes.auto.rules[0]' always holds, so that the rules "
				+ "after it are never reached. Action: add a 'when', or move it to the end.");
	}

	@Test
	void aConditionIsAnExpressionOverTheRequest() {
		assertThat(problems(KEYS + """
				  routes:
				    vision: { targets: [ openai/gpt-5.4 ] }
				    auto: { rules: [ { when: "pictures > 0", route: vision }, { route: vision } ] }
				""")).singleElement()
			.asString()
			.startsWith("Property 'switchboard.routes.auto.rules[0].when' is \"pictures > 0\", which will not do: it "
					+ "says 'pictures', but a rule knows only [images, audio,")
			.endsWith("Action: correct the expression.");
	}

	@Test
	void whatARouteWithRulesWouldIgnoreIsNamed() {
		assertThat(problems(KEYS + """
				  routes:
				    vision: { targets: [ openai/gpt-5.4 ] }
				    auto: { rules: [ { route: vision } ], policy: fast, cache: { ttl: 1m }, requires: { tools: true } }
				""")).hasSize(3)
			.contains("Property 'switchboard.routes.auto.policy' says something of a route with rules, where it would "
					+ "be ignored. Action: move it to the routes that the rules pick.");
	}

	@Test
	void aKeyInAVariableIsNotToldEither() {
		ApplicationContextRunner withVariable = this.runner.withPropertyValues("OPENAI_API_KEY=secr\u00e9t");
		assertThat(problems(withVariable, "switchboard.routes.code.targets: [ openai/gpt-5.4, groq/llama ]")).first()
			.asString()
			.startsWith("Property 'OPENAI_API_KEY' cannot be used: ")
			.doesNotContain("secr\u00e9t");
	}

	@Test
	void rulesDoNotGoInACircle() {
		assertThat(problems("""
				switchboard.routes:
				  a: { rules: [ { route: b } ] }
				  b: { rules: [ { route: a } ] }
				""")).containsExactly("Property 'switchboard.routes.a' leads back to itself, a -> b -> a. Action: "
				+ "change a rule or an 'on-exhausted' on that way.");
	}

	@Test
	void anExhaustedRouteDoesNotLeadBackToItself() {
		assertThat(problems(KEYS + """
				  routes:
				    a: { targets: [ openai/gpt-5.4 ], policy: mine }
				    b: { rules: [ { route: a } ] }
				  policies: { mine: { on-exhausted: b } }
				""")).containsExactly("Property 'switchboard.routes.a' leads back to itself, a -> b -> a. Action: "
				+ "change a rule or an 'on-exhausted' on that way.");
	}

	@Test
	void anExhaustedRouteIsFollowedByARoute() {
		assertThat(problems("switchboard.policies.mine.on-exhausted: plan-b")).containsExactly(
				"Property 'switchboard.policies.mine.on-exhausted' names route 'plan-b', but the routes are []. "
						+ "Action: use one of these, or add 'switchboard.routes.plan-b'.");
	}

	@Test
	void theDefaultRouteIsARoute() {
		assertThat(problems(KEYS + """
				  routes: { cheap-fast: { targets: [ openai/gpt-5.4 ] } }
				  default-route: cheap-fats
				""")).containsExactly("Property 'switchboard.default-route' names route 'cheap-fats', but the routes "
				+ "are [cheap-fast]. Action: did you mean 'cheap-fast'? Else use one of these, or add "
				+ "'switchboard.routes.cheap-fats'.");
	}

	@Test
	void aRouteHasAPlainName() {
		assertThat(problems(KEYS + "  routes: { Cheap_Fast: { targets: [ openai/gpt-5.4 ] } }")).containsExactly(
				"Property 'switchboard.routes.Cheap_Fast' is no name for a route. Action: use lower-case letters, "
						+ "digits and dashes only, such as 'cheap-fast'.");
	}

	@Test
	void aVariableWithoutDashesDoesNotMakeASecondRoute() {
		ApplicationContextRunner withVariable = this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment",
					Map.of("SWITCHBOARD_ROUTES_CHEAPFAST_TARGETS", "openai/gpt-5.4-mini"))));
		assertThat(problems(withVariable, KEYS + "  routes: { cheap-fast: { targets: [ openai/gpt-5.4 ] } }"))
			.containsExactly("Property 'switchboard.routes.cheapfast' looks like 'cheap-fast' named by an "
					+ "environment variable without its dashes. Action: write an underscore for each dash, as in "
					+ "'SWITCHBOARD_ROUTES_CHEAP_FAST_…', or give one of them another name.");
	}

	@Test
	void aProviderOfAnyOtherNameSaysItsWireAndAddress() {
		assertThat(problems("switchboard.providers.my-vllm.connect-timeout: 2s")).containsExactly(
				"Property 'switchboard.providers.my-vllm' has no base URL, and is no well-known provider. Action: add "
						+ "'switchboard.providers.my-vllm.base-url', such as http://localhost:8000/v1.",
				"Property 'switchboard.providers.my-vllm' has no wire, and is no well-known provider. Action: add "
						+ "'switchboard.providers.my-vllm.wire', which is one of [openai, anthropic, gemini].");
	}

	@Test
	void aWireIsOneOfThoseWeSpeak() {
		assertThat(problems("""
				switchboard.providers.my-vllm: { wire: opanai, base-url: "http://localhost:8000/v1" }
				""")).contains("Property 'switchboard.providers.my-vllm.wire' has the value 'opanai', which is none of "
				+ "[openai, anthropic, gemini]. Action: use one of these.");
	}

	@Test
	void aHandedInModelIsABean() {
		assertThat(problems(this.runner.withBean("myModel", ChatModel.class, () -> (prompt) -> {
			throw new UnsupportedOperationException();
		}), "switchboard.providers.corporate.chat-model: yourModel")).containsExactly(
				"Property 'switchboard.providers.corporate.chat-model' names bean 'yourModel', but the ChatModel beans "
						+ "are [myModel]. Action: use one of these, or define that bean.");
	}

	@Test
	void aRouteWithoutAnyUsableTargetSaysWhichKeysAreMissing() {
		assertThat(problems("""
				switchboard:
				  providers: { openai: { api-key: "${NO_SUCH_VARIABLE}" } }
				  routes: { support: { targets: [ openai/gpt-5.4, anthropic/claude-opus-4.7 ] } }
				"""))
			.containsExactly("Property 'switchboard.routes.support.targets' has no usable target, as no key is "
					+ "known of [openai, anthropic]. Action: set 'switchboard.providers.openai.api-key' or the environment "
					+ "variable OPENAI_API_KEY, or 'switchboard.providers.anthropic.api-key' or the environment variable "
					+ "ANTHROPIC_API_KEY, or add a target of another provider.");
	}

	@Test
	void anUnknownKeyIsNotIgnored() {
		assertThat(problems(KEYS + """
				  routes:
				    support:
				      tragets: [ openai/gpt-5.4-mini ]
				      targets: [ { model: openai/gpt-5.4, temprature: 1 } ]
				  colour: blue
				"""))
			.containsExactly("Property 'switchboard.colour' is not known, so that it would be ignored. Action: "
					+ "remove it, or use one of [enabled, providers, routes, default-route, policies, catalog, budgets, limits, cache, "
					+ "simulator].",
					"Property 'switchboard.routes.support.targets[0].temprature' is not known, so that it would be "
							+ "ignored. Action: remove it, or use one of [model, timeout, options].",
					"Property 'switchboard.routes.support.tragets' is not known, so that it would be ignored. Action: did "
							+ "you mean 'targets'.");
	}

	@Test
	void whatOtherModulesReadIsKnown() {
		this.runner.withUserConfiguration(OtherModule.class)
			.withPropertyValues("switchboard.gateway.port=1", "switchboard.gatewy.port=1")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("'switchboard.gatewy'")
				.hasMessageNotContaining("'switchboard.gateway'"));
	}

	@Test
	void aProviderNamedWithoutItsDashesIsALookAlikeToo() {
		assertThat(problems("""
				switchboard.providers:
				  my-vllm: { wire: openai, base-url: "http://localhost:8000/v1" }
				  myvllm: { wire: openai, base-url: "http://localhost:8000/v1" }
				""")).singleElement().asString().contains("SWITCHBOARD_PROVIDERS_MY_VLLM_…");
	}

	@Test
	void aKeyIsNotTold() {
		assertThat(problems("switchboard.providers.openai.api-key: \"secr\u00e9t\"")).singleElement()
			.asString()
			.startsWith("Property 'switchboard.providers.openai.api-key' is no credential: ")
			.doesNotContain("secr\u00e9t");
	}

	@Test
	void anOptionOfATargetIsOneThatItsModelKnows() {
		assertThat(problems(KEYS + """
				  routes:
				    code:
				      targets: [ { model: openai/gpt-5.4, options: { temprature: 1, max-tokens: many } } ]
				""")).satisfiesExactlyInAnyOrder(
				(problem) -> assertThat(problem)
					.isEqualTo("Property 'switchboard.routes.code.targets[0].options.temprature' is no option of "
							+ "openai/gpt-5.4. Action: did you mean 'temperature'."),
				(problem) -> assertThat(problem)
					.startsWith("Property 'switchboard.routes.code.targets[0].options.max-tokens' has a value that "
							+ "does not fit")
					.doesNotContain("many"));
	}

	@Test
	void aNumberOutOfRangeIsNamedByItsProperty() {
		assertThat(problems(KEYS + """
				  routes: { code: { targets: [ openai/gpt-5.4 ], requires: { context-window: -1 } } }
				  policies: { mine: { max-retries: -1, circuit-breaker: { failure-rate: 101 } } }
				""")).satisfiesExactlyInAnyOrder(
				(problem) -> assertThat(problem)
					.startsWith("Property 'switchboard.routes.code.requires.context-window' is '-1', but must be"),
				(problem) -> assertThat(problem)
					.startsWith("Property 'switchboard.policies.mine.max-retries' is '-1', but must be"),
				(problem) -> assertThat(problem)
					.startsWith("Property 'switchboard.policies.mine.circuit-breaker.failure-rate' is '101', but must"),
				(problem) -> assertThat(problem)
					.startsWith("Property 'switchboard.policies.mine.circuit-breaker' cannot be used: A failure rate"));
	}

	@Test
	void aTimeHasAUnitThatIsKnown() {
		assertThat(problems("switchboard.policies.mine: { deadline: soon, attempt-timeout: 0s, idle-timeout: -1s }"))
			.containsExactly(
					"Property 'switchboard.policies.mine.attempt-timeout' is '0ms', but must be positive. Action: give "
							+ "a longer time, or leave the property out.",
					"Property 'switchboard.policies.mine.deadline' has the value 'soon', which is not a Duration. "
							+ "Action: write a number with its unit, such as '500ms', '10s' or '2m'.",
					"Property 'switchboard.policies.mine.idle-timeout' is '-1000ms', but must be positive. Action: "
							+ "give a longer time, or leave the property out.");
	}

	@Test
	void aReactionIsOneOfThree() {
		assertThat(problems("switchboard.policies.mine: { on: { content-refused: ignore } }")).containsExactly(
				"Property 'switchboard.policies.mine.on.content-refused' has the value 'ignore', which is none of "
						+ "[retry, fallback, stop]. Action: use one of these.");
	}

	@Test
	void aNumberThatContradictsAnotherIsNamedWithIt() {
		assertThat(problems("switchboard.policies.mine.backoff.initial: 20s")).containsExactly(
				"Property 'switchboard.policies.mine.backoff' cannot be used: The longest backoff PT5S must not be "
						+ "shorter than the initial one PT20S. Action: change 'initial' or 'max'.");
	}

	@Test
	void everythingIsToldAtOnce() {
		assertThat(problems("""
				switchboard:
				  providers:
				    openai: { api-key: sk-1 }
				  routes:
				    support: { targets: [ opnai/gpt-5.4 ], policy: cautious }
				    auto: { rules: [ { route: nowhere } ] }
				  policies:
				    mine: { max-retries: -1, deadline: soon }
				  default-route: suport
				  polices: { }
				""")).hasSize(7);
	}

	@Test
	void theReportListsWhatToChange() {
		this.runner.withInitializer(new Yaml("""
				switchboard:
				  default-route: nowhere
				  policies: { mine: { extends: yours } }
				""")).run((context) -> {
			FailureAnalysis analysis = new InvalidSwitchboardConfigurationFailureAnalyzer()
				.analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).isEqualToNormalizingNewlines(
					"""
							The configuration of Switchboard has 2 problems:

							    Property 'switchboard.default-route' names route 'nowhere', but the routes are []. Action: use \
							one of these, or add 'switchboard.routes.nowhere'.

							    Property 'switchboard.policies.mine.extends' names policy 'yours', but the policies are [fast, \
							standard, careful, strict, mine]. Action: use one of these, or add 'switchboard.policies.yours'.""");
			assertThat(analysis.getAction()).isEqualTo("Change these properties, each as said above.");
		});
	}

	private List<String> problems(String yaml) {
		return problems(this.runner, yaml);
	}

	private static List<String> problems(ApplicationContextRunner runner, String yaml) {
		List<String> problems = new ArrayList<>();
		runner.withInitializer(new Yaml(yaml)).run((context) -> {
			assertThat(context).hasFailed();
			Throwable cause = context.getStartupFailure();
			while (!(cause instanceof InvalidSwitchboardConfigurationException) && cause.getCause() != null) {
				cause = cause.getCause();
			}
			assertThat(cause).isInstanceOf(InvalidSwitchboardConfigurationException.class);
			((InvalidSwitchboardConfigurationException) cause).problems()
				.forEach((problem) -> problems.add(problem.toString()));
		});
		return problems;
	}

	@ConfigurationProperties("switchboard.gateway")
	record GatewayProperties(int port) {

	}

	@EnableConfigurationProperties(GatewayProperties.class)
	static class OtherModule {

	}

}
