package dev.switchboard.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.switchboard.ChatRoutes;
import dev.switchboard.Route;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallListener;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.cost.ModelId;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.RouteTable;
import dev.switchboard.route.Target;
import dev.switchboard.route.UnknownRouteException;
import dev.switchboard.rules.RuleEvaluator;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.fault.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RouteClientsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ChatClientAutoConfiguration.class, SwitchboardAutoConfiguration.class,
				SwitchboardSimulatorAutoConfiguration.class))
		.withInitializer(new Yaml("""
				switchboard:
				  simulator: { enabled: true }
				  routes:
				    cheap-fast: { targets: [ groq/llama-3.3-70b, openai/gpt-5.4-mini ], policy: fast }
				    best-quality: { targets: [ openai/gpt-5.4 ] }
				"""));

	@Test
	void everyRouteIsAClientOfItsName() {
		this.runner.run((context) -> {
			ChatClient client = context.getBean("cheap-fast", ChatClient.class);
			context.getBean(Simulator.class).provider("groq").answers("From Groq");
			assertThat(client.prompt("Hello").call().content()).isEqualTo("From Groq");
		});
	}

	@Test
	void theNextTargetAnswersWhenTheFirstIsRateLimited() {
		this.runner.run((context) -> {
			Simulator simulator = context.getBean(Simulator.class);
			simulator.provider("groq").fails(Fault.rateLimited());
			simulator.provider("openai").answers("From OpenAI");
			assertThat(context.getBean("cheap-fast", ChatClient.class).prompt("Hello").call().content())
				.isEqualTo("From OpenAI");
		});
	}

	@Test
	void aQualifierNamesTheRoute() {
		this.runner.withUserConfiguration(Injected.class)
			.run((context) -> assertThat(context.getBean(Clients.class).qualified())
				.isSameAs(context.getBean("best-quality")));
	}

	@Test
	void theRouteAnnotationNamesTheRoute() {
		this.runner.withUserConfiguration(Injected.class)
			.run((context) -> assertThat(context.getBean(Clients.class).annotated())
				.isSameAs(context.getBean("cheap-fast")));
	}

	@Test
	void theRouteAnnotationWorksOnFieldsAndMethods() {
		this.runner.withUserConfiguration(Injected.class).withBean(Fields.class).run((context) -> {
			assertThat(context.getBean(Fields.class).field).isSameAs(context.getBean("best-quality"));
			assertThat(context.getBean(Fields.class).method).isSameAs(context.getBean("cheap-fast"));
		});
	}

	@Test
	void anAnnotationOfTheApplicationMayStandForARoute() {
		this.runner.withUserConfiguration(Injected.class)
			.run((context) -> assertThat(context.getBean(Clients.class).own())
				.isSameAs(context.getBean("best-quality")));
	}

	@Test
	void theNameOfAParameterFindsTheRoute() {
		this.runner.withUserConfiguration(Injected.class)
			.run((context) -> assertThat(context.getBean(Clients.class).named())
				.isSameAs(context.getBean("cheap-fast")));
	}

	@Test
	void theDefaultRouteIsThePrimaryClient() {
		this.runner.withPropertyValues("switchboard.default-route=best-quality")
			.run((context) -> assertThat(context.getBean(ChatClient.class)).isSameAs(context.getBean("best-quality")));
	}

	@Test
	void withoutADefaultRouteNobodyGuesses() {
		this.runner.run((context) -> assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
			.isThrownBy(() -> context.getBean(ChatClient.class)));
	}

	@Test
	void theOnlyRouteIsTheClient() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ChatClientAutoConfiguration.class, SwitchboardAutoConfiguration.class))
			.withPropertyValues("switchboard.providers.openai.api-key=sk-1",
					"switchboard.routes.only.targets=openai/gpt-5.4")
			.run((context) -> assertThat(context.getBean(ChatClient.class)).isSameAs(context.getBean("only")));
	}

	@Test
	void aClientOfTheApplicationItselfIsPreferredToRoutes() {
		this.runner.withUserConfiguration(OwnClient.class)
			.run((context) -> assertThat(context.getBean(ChatClient.class)).isSameAs(context.getBean("mine")));
	}

	@Test
	void aBeanOfTheApplicationKeepsTheNameOfARoute() {
		this.runner.withUserConfiguration(OwnCheapFast.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean("cheap-fast")).isEqualTo("mine");
			assertThat(context.getBean(ChatRoutes.class).client("cheap-fast")).isNotNull();
		});
	}

	@Test
	void aBeanOfTheApplicationKeepsTheNameOfAVariable() {
		this.runner.withBean("cheapFast", String.class, () -> "mine").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean("cheapFast")).isEqualTo("mine");
			assertThat(context.getBean("cheap-fast")).isInstanceOf(ChatClient.class);
		});
	}

	@Test
	void routesAreFoundByNameAtRunTime() {
		this.runner.run((context) -> {
			ChatRoutes routes = context.getBean(ChatRoutes.class);
			assertThat(routes.names()).containsExactly("cheap-fast", "best-quality");
			assertThat(routes.client("cheap-fast")).isSameAs(context.getBean("cheap-fast"));
			assertThat(routes.model("cheap-fast")).isSameAs(routes.model("cheap-fast"));
			assertThatExceptionOfType(UnknownRouteException.class).isThrownBy(() -> routes.client("no-such"))
				.withMessageContaining("[cheap-fast, best-quality]");
		});
	}

	@Test
	void aClientFollowsItsRouteWhenThatChanges() {
		this.runner.run((context) -> {
			ChatClient client = context.getBean("best-quality", ChatClient.class);
			RouteEngine engine = context.getBean(RouteEngine.class);
			engine.replaceRoutes(new RouteTable(List.of(new ModelRoute(new RouteName("best-quality"), "",
					List.of(Target.of("groq/other")), BuiltInPolicies.FAST, null, Requirements.NONE)), null));
			context.getBean(Simulator.class).provider("groq").answers("From elsewhere");
			assertThat(client.prompt("Hello").call().content()).isEqualTo("From elsewhere");
		});
	}

	@Test
	void customizersOfTheApplicationApplyToRoutes() {
		this.runner
			.withBean(ChatClientBuilderCustomizer.class, () -> (builder) -> builder.defaultSystem("You are terse."))
			.run((context) -> {
				context.getBean("best-quality", ChatClient.class).prompt("Hello").call().content();
				assertThat(context.getBean(Simulator.class).provider("openai").requests().get(0).body())
					.contains("You are terse.");
			});
	}

	@Test
	void routesAreObservedAsOtherClients() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		this.runner.withBean(ObservationRegistry.class, () -> registry).run((context) -> {
			context.getBean("best-quality", ChatClient.class).prompt("Hello").call().content();
			assertThat(registry).hasObservationWithNameEqualTo("spring.ai.chat.client").that().hasBeenStopped();
			assertThat(registry).hasObservationWithNameEqualTo("gen_ai.client.operation").that().hasBeenStopped();
		});
	}

	@Test
	void toolsRunOnce() {
		this.runner.run((context) -> {
			context.getBean(Simulator.class)
				.provider("openai")
				.answers(Answer.toolCalls(ToolCall.of("clock", "{}")), Answer.text("It is noon"));
			AtomicInteger runs = new AtomicInteger();
			assertThat(context.getBean("best-quality", ChatClient.class)
				.prompt("What time is it?")
				.tools(FunctionToolCallback.builder("clock", () -> "12:00 run " + runs.incrementAndGet())
					.description("Tells the time")
					.build())
				.call()
				.content()).isEqualTo("It is noon");
			assertThat(runs).hasValue(1);
		});
	}

	@Test
	void theApplicationSaysWhoIsCharged() {
		List<CallRecord> records = new CopyOnWriteArrayList<>();
		this.runner.withUserConfiguration(OwnCaller.class)
			.withBean(CallListener.class, () -> records::add)
			.run((context) -> {
				context.getBean("best-quality", ChatClient.class).prompt("Hello").call().content();
				assertThat(records).singleElement()
					.satisfies((record) -> assertThat(record.caller()).isEqualTo(new Caller("ann", "enterprise")));
			});
	}

	@Test
	void callsAreCountedWhereThereIsARegistry() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.runner.withBean(MeterRegistry.class, () -> meters).run((context) -> {
			context.getBean("best-quality", ChatClient.class).prompt("Hello").call().content();
			assertThat(meters.getMeters())
				.anySatisfy((meter) -> assertThat(meter.getId().getTag("switchboard.route")).isEqualTo("best-quality"));
		});
	}

	@Test
	void modelsThatNobodyKnowsAreNotNamedInMetricsAndSpans() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		TestObservationRegistry observations = TestObservationRegistry.create();
		this.runner.withBean(MeterRegistry.class, () -> meters)
			.withBean(ObservationRegistry.class, () -> observations)
			.withPropertyValues("switchboard.routes.own.targets=openai/our-tuned-model")
			.run((context) -> {
				RouteEngine engine = context.getBean(RouteEngine.class);
				for (String model : List.of("made-up", "our-tuned-model")) {
					engine.meter(ModelId.parse("openai/" + model), CallContext.DEFAULT, false, 0)
						.answered(null, null, null);
				}
				assertThat(meters.getMeters()).extracting((meter) -> meter.getId().getTag("switchboard.target"))
					.contains("openai/other", "openai/our-tuned-model")
					.doesNotContain("openai/made-up");
				assertThat(observations).hasAnObservationWithAKeyValue("gen_ai.request.model", "other")
					.hasAnObservationWithAKeyValue("gen_ai.request.model", "our-tuned-model");
			});
	}

	@Test
	void routesAreNoModelsThatSpringAiWouldFind() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ChatModel.class));
	}

	@Test
	void springAiKeepsItsOwnBuilder() {
		this.runner.withBean(ChatModel.class, () -> (prompt) -> {
			throw new UnsupportedOperationException();
		}).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(ChatClient.Builder.class)).isNotNull();
			assertThat(context).hasSingleBean(ChatModel.class);
		});
	}

	@Test
	void springAiIsNotNeededBesideItsClasses() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SwitchboardAutoConfiguration.class))
			.withPropertyValues("switchboard.providers.openai.api-key=sk-1",
					"switchboard.routes.only.targets=openai/gpt-5.4")
			.run((context) -> assertThat(context.getBean("only")).isInstanceOf(ChatClient.class));
	}

	@Test
	void nothingIsThereWhenSwitchedOff() {
		this.runner.withPropertyValues("switchboard.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(ChatRoutes.class);
			assertThat(context).doesNotHaveBean("cheap-fast");
			assertThat(context).doesNotHaveBean(Simulator.class);
		});
	}

	@Test
	void anApplicationWithoutRoutesStarts() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ChatClientAutoConfiguration.class, SwitchboardAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(ChatRoutes.class).names()).isEmpty());
	}

	@Test
	void everyPartMayBeReplaced() {
		RuleEvaluator rules = new RuleEvaluator();
		this.runner.withBean("myRules", RuleEvaluator.class, () -> rules)
			.run((context) -> assertThat(context.getBean(RuleEvaluator.class)).isSameAs(rules));
	}

	@java.lang.annotation.Target({ ElementType.PARAMETER, ElementType.FIELD })
	@Retention(RetentionPolicy.RUNTIME)
	@Route("best-quality")
	@interface Best {

	}

	record Clients(ChatClient qualified, ChatClient annotated, ChatClient own, ChatClient named) {

	}

	static class Fields {

		@Autowired
		@Route("best-quality")
		private ChatClient field;

		private ChatClient method;

		@Autowired
		@Route("cheap-fast")
		void method(ChatClient client) {
			this.method = client;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Injected {

		@Bean
		Clients clients(@Qualifier("best-quality") ChatClient qualified, @Route("cheap-fast") ChatClient annotated,
				@Best ChatClient own, ChatClient cheapFast) {
			return new Clients(qualified, annotated, own, cheapFast);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCaller {

		@Bean
		Supplier<Caller> caller() {
			return () -> new Caller("ann", "enterprise");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClient {

		@Bean
		ChatClient mine(ChatRoutes routes) {
			return ChatClient.create(routes.model("cheap-fast"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCheapFast {

		@Bean("cheap-fast")
		String cheapFast() {
			return "mine";
		}

	}

}
