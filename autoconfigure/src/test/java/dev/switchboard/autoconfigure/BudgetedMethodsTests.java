package dev.switchboard.autoconfigure;

import java.util.List;

import dev.switchboard.ChatRoutes;
import dev.switchboard.SwitchboardBudget;
import dev.switchboard.budget.BudgetScope;
import dev.switchboard.call.BudgetExceededException;
import dev.switchboard.cost.Money;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.Usage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Methods that bound what is spent inside; a call of 100 output tokens costs a thousandth
 * of a dollar.
 */
class BudgetedMethodsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SwitchboardSimulatorAutoConfiguration.class, SwitchboardAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("switchboard.simulator.enabled=true", "switchboard.routes.any.targets=openai/some-model",
				"switchboard.catalog.models[0].model=openai/some-model", "switchboard.catalog.models[0].price.input=0",
				"switchboard.catalog.models[0].price.output=10", "research.budget=0.0025");

	@Test
	void oneInvocationSpendsNoMoreThanItMay() {
		run((context) -> {
			Agent agent = context.getBean(Agent.class);
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> agent.turns(10))
				.satisfies((ex) -> {
					assertThat(ex.refusal().budget()).isEqualTo("Agent.turns");
					assertThat(ex.refusal().spent()).isEqualTo(Money.ofUsd("0.002"));
				});
			assertThat(context.getBean(Simulator.class).provider("openai").requestCount()).isEqualTo(2);
		});
	}

	@Test
	void eachInvocationBeginsAnew() {
		run((context) -> {
			Agent agent = context.getBean(Agent.class);
			for (int i = 0; i < 4; i++) {
				agent.turns(2);
			}
			agent.unbounded(5);
			assertThat(BudgetScope.current()).isEmpty();
		});
	}

	@Test
	void whatIsStreamedByTheMethodIsBoundedOnWhicheverThread() {
		run((context) -> assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(
				() -> context.getBean(Agent.class).streamed(10).subscribeOn(Schedulers.boundedElastic()).blockLast()));
	}

	@Test
	void anAmountThatIsNoneEndsTheStart() {
		this.runner.withBean(Mistaken.class)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseMessage("@SwitchboardBudget(\"ten cents\") of Mistaken.work must be an amount of US "
						+ "dollars, such as \"0.20\", but is 'ten cents'"));
	}

	@Test
	void budgetsAreMeasured() {
		this.runner
			.withPropertyValues("switchboard.budgets.all.for.key=*", "switchboard.budgets.all.limit=0.0015",
					"switchboard.budgets.all.per=day")
			.withBean(Agent.class)
			.run((context) -> {
				answers(context);
				Agent agent = context.getBean(Agent.class);
				agent.unbounded(1);
				assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> agent.unbounded(1));
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.get("switchboard.budget.spent").tag("switchboard.budget", "all").gauge().value())
					.isEqualTo(0.001);
				assertThat(meters.get("switchboard.budget.limit").gauge().value()).isEqualTo(0.0015);
				assertThat(meters.get("switchboard.budget.refused").counter().count()).isEqualTo(1);
			});
	}

	private void run(ContextConsumer<AssertableApplicationContext> test) {
		this.runner.withBean(Agent.class).run((context) -> {
			answers(context);
			test.accept(context);
		});
	}

	private static void answers(AssertableApplicationContext context) {
		context.getBean(Simulator.class)
			.provider("openai")
			.answers((request) -> Answer.text("An answer").withUsage(Usage.of(5, 100)));
	}

	static class Agent {

		private final ChatClient client;

		Agent(ChatRoutes routes) {
			this.client = routes.client("any");
		}

		@SwitchboardBudget("${research.budget}")
		public void turns(int number) {
			unbounded(number);
		}

		public void unbounded(int number) {
			for (int i = 0; i < number; i++) {
				this.client.prompt("Hi").options(ChatOptions.builder().maxTokens(100)).call().content();
			}
		}

		@SwitchboardBudget("0.0025")
		public Flux<String> streamed(int number) {
			return Flux.range(0, number)
				.concatMap((turn) -> this.client.prompt("Hi")
					.options(ChatOptions.builder().maxTokens(100))
					.stream()
					.content());
		}

	}

	static class Mistaken {

		@SwitchboardBudget("ten cents")
		public List<String> work() {
			return List.of();
		}

	}

}
