package dev.switchboard.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.switchboard.budget.BudgetScope;
import dev.switchboard.call.BudgetExceededException;
import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.Price;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.Usage;
import dev.switchboard.simulator.fault.Fault;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a piece of code may spend; a call costs a thousandth of a dollar, and may cost as
 * much.
 */
class BudgetScopeTests {

	private final Simulator simulator = Simulator.start();

	private final Routes routes = new Routes(this.simulator)
		.catalog(new ModelCatalog(Map.of(ModelId.parse("any/a"),
				new ModelCard(null, null, Set.of(Modality.TEXT), true, false, false, false,
						new Price(Money.ZERO, Money.ZERO, Money.ZERO, Money.ofUsd("10")), "test", LocalDate.EPOCH))))
		.route("a", Policies.standard(), "any/a")
		.route("unpriced", Policies.standard(), "any/other");

	private final SimulatedProvider any = this.routes.provider("any", Wire.OPENAI)
		.answers((request) -> Answer.text("An answer").withUsage(Usage.of(5, 100)));

	private final BudgetScope scope = BudgetScope.of("agent", Money.ofUsd("0.0025"));

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@Test
	void allCallsInsideTogetherSpendNoMoreThanItHas() {
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> this.scope.run(() -> {
			for (int i = 0; i < 10; i++) {
				call();
			}
		})).withMessageContaining("Budget 'agent' has a limit of 0.0025 USD, of which 0.002 USD is spent");
		assertThat(this.scope.spent()).isEqualTo(Money.ofUsd("0.002"));
		assertThat(this.any.requestCount()).isEqualTo(2);
		assertThat(call()).isNotNull();
	}

	@Test
	void nestedScopesBothCount() {
		BudgetScope inner = BudgetScope.of("inner", Money.ofUsd("0.001"));
		this.scope.run(() -> {
			inner.run(this::call);
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> inner.run(this::call))
				.satisfies((ex) -> assertThat(ex.refusal().budget()).isEqualTo("inner"));
			call();
			BudgetScope rich = BudgetScope.of("rich", Money.ofUsd("1"));
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> rich.run(this::call))
				.satisfies((ex) -> assertThat(ex.refusal().budget()).isEqualTo("agent"));
			assertThat(rich.spent()).isEqualTo(Money.ZERO);
		});
		assertThat(inner.spent()).isEqualTo(Money.ofUsd("0.001"));
		assertThat(this.scope.spent()).isEqualTo(Money.ofUsd("0.002"));
	}

	@Test
	void whatFailsCostsNothing() {
		this.any.fails(Fault.invalidRequest().times(5));
		this.scope.run(() -> {
			for (int i = 0; i < 5; i++) {
				assertThatExceptionOfType(RuntimeException.class).isThrownBy(this::call);
			}
			call();
		});
		assertThat(this.scope.spent()).isEqualTo(Money.ofUsd("0.001"));
	}

	@Test
	void aStreamSubscribedToInsideCounts() {
		this.scope.run(() -> this.routes.model("a").stream(prompt()).blockLast());
		assertThat(this.scope.spent()).isEqualTo(Money.ofUsd("0.001"));
	}

	@Test
	void aStreamPutInsideCountsOnWhicheverThread() {
		Mono<ChatResponse> answer = Mono.defer(() -> this.routes.model("a").stream(prompt()).last())
			.subscribeOn(Schedulers.parallel());
		this.scope.around(answer).block();
		this.scope.around(answer.flux()).blockLast();
		assertThat(this.scope.spent()).isEqualTo(Money.ofUsd("0.002"));
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> this.scope.around(answer).block());
	}

	@Test
	void contextPropagationCarriesItOverToOtherThreads() throws Exception {
		ExecutorService threads = ContextExecutorService.wrap(Executors.newFixedThreadPool(8),
				() -> ContextSnapshotFactory.builder().build().captureAll());
		try {
			List<Callable<Boolean>> calls = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				calls.add(() -> {
					try {
						return call() != null;
					}
					catch (BudgetExceededException ex) {
						return false;
					}
				});
			}
			int answered = 0;
			for (var call : this.scope.call(() -> threads.invokeAll(calls))) {
				answered += call.get() ? 1 : 0;
			}
			assertThat(answered).isEqualTo(2);
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.scope.spent()).isEqualTo(Money.ofUsd("0.002"));
		assertThat(BudgetScope.current()).isEmpty();
	}

	@Test
	void whatNobodyCanCountIsRefused() {
		assertThatExceptionOfType(BudgetExceededException.class)
			.isThrownBy(() -> this.scope.run(() -> this.routes.model("unpriced").call(prompt())))
			.withMessageContaining("switchboard.catalog.models");
	}

	private ChatResponse call() {
		return this.routes.model("a").call(prompt());
	}

	private static Prompt prompt() {
		return new Prompt("Hi", RouteChatOptions.builder().maxTokens(100).build());
	}

}
