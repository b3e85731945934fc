package dev.switchboard.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import dev.switchboard.budget.Admission;
import dev.switchboard.budget.Balance;
import dev.switchboard.budget.Budget;
import dev.switchboard.budget.BudgetPeriod;
import dev.switchboard.call.CallSelector;
import dev.switchboard.budget.BudgetStore;
import dev.switchboard.budget.Claim;
import dev.switchboard.budget.InMemoryBudgetStore;
import dev.switchboard.budget.OnLimit;
import dev.switchboard.budget.OnStream;
import dev.switchboard.budget.Reservation;
import dev.switchboard.cache.ResponseCache;
import dev.switchboard.call.BudgetExceededException;
import dev.switchboard.call.BudgetUnavailableException;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.call.SkippedTarget;
import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.Price;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.Usage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Calls whose budgets can't be asked, or take their time.
 */
class BudgetStoreAwayTests {

	private static final Price TEN_DOLLARS = new Price(Money.ZERO, Money.ZERO, Money.ZERO, Money.ofUsd("10"));

	private final Simulator simulator = Simulator.start();

	private final Store store = new Store();

	private final Routes routes = new Routes(this.simulator)
		.catalog(new ModelCatalog(Map.of(ModelId.parse("any/a"), card(), ModelId.parse("other/b"), card())))
		.with((engine) -> engine.budgetStore(this.store).cache(ResponseCache.builder().build()));

	private final SimulatedProvider any = this.routes.provider("any", Wire.OPENAI);

	private final SimulatedProvider other = this.routes.provider("other", Wire.ANTHROPIC);

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@Test
	void aCallThatNobodyCanTellAboutIsRefusedAndSaysSo() {
		budget(CallSelector.ALL, new OnLimit.Refuse(), null);
		this.store.away = true;
		assertThatExceptionOfType(BudgetUnavailableException.class).isThrownBy(() -> call("ann"))
			.withMessageContaining("Budget 'cents' can't be asked at the moment")
			.satisfies((ex) -> {
				assertThat(ex.refusal().unavailable()).isTrue();
				assertThat(ex.record().outcome().label()).isEqualTo("budget-unavailable");
				assertThat(ex.record().budgets()).as("nothing is known").isEmpty();
			});
		assertThat(this.any.requestCount()).isZero();
		this.store.away = false;
		assertThat(call("ann")).isNotNull();
	}

	@Test
	void noOtherRouteHelpsWhereNobodyCanTell() {
		budget(CallSelector.ALL, new OnLimit.Degrade(new RouteName("b")), null);
		this.store.away = true;
		assertThatExceptionOfType(BudgetUnavailableException.class).isThrownBy(() -> call("ann"));
		assertThat(this.other.requestCount()).isZero();
	}

	@Test
	void aProviderWhoseBudgetCannotBeAskedIsPassedOver() {
		budget(new CallSelector(null, null, null, "any", Map.of()), new OnLimit.Refuse(), null);
		this.store.away = true;
		CallRecord record = CallRecord.of(this.routes.model("both").call(prompt("ann")));
		assertThat(record.answeredBy()).hasToString("other/b");
		assertThat(record.skipped())
			.containsExactly(new SkippedTarget(ModelId.parse("any/a"), SkippedTarget.Reason.BUDGET_UNAVAILABLE, null));
	}

	@Test
	void anAnswerThatWasAdmittedIsPassedOnToItsEnd() {
		budget(CallSelector.ALL, new OnLimit.Refuse(), null);
		this.any.answers(Answer.text("x".repeat(4000)).inChunksOf(40));
		ChatResponse last = this.routes.model("a")
			.stream(prompt("ann"))
			.doOnNext((chunk) -> this.store.away = true)
			.blockLast();
		assertThat(CallRecord.of(last).finishReason()).isEqualToIgnoringCase("stop");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whoWaitedForACallThatWasRefusedIsNotRefusedForIt(boolean streamed) {
		budget(new CallSelector("*", null, null, null, Map.of()), new OnLimit.Refuse(),
				CacheSettings.of(Duration.ofHours(1)));
		this.any.answers((request) -> Answer.text("An answer").withUsage(Usage.of(5, 100)));
		for (int i = 0; i < 10; i++) {
			this.routes.model("a").call(prompt("ann", "Something else " + i));
		}
		this.store.waiting = false;
		this.store.gate = new CountDownLatch(1);
		CompletableFuture<ChatResponse> first = inBackground(() -> ask("ann", streamed));
		await().until(() -> this.store.waiting);
		Thread[] joined = new Thread[1];
		CompletableFuture<ChatResponse> second = inBackground(() -> {
			joined[0] = Thread.currentThread();
			return ask("bob", streamed);
		});
		await().until(() -> joined[0] != null
				&& Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(joined[0].getState()));
		this.store.gate.countDown();

		assertThat(first).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withRootCauseInstanceOf(BudgetExceededException.class);
		assertThat(second).succeedsWithin(Duration.ofSeconds(10));
		assertThat(CallRecord.of(second.join()).caller().name()).isEqualTo("bob");
		assertThat(this.any.requestCount()).isEqualTo(11);
		assertThat(this.store.balances("cents")).filteredOn((balance) -> balance.account().holder().equals("key=bob"))
			.singleElement()
			.satisfies((balance) -> assertThat(balance.spent()).isEqualTo(Money.ofUsd("0.001")));
	}

	private ChatResponse ask(String caller, boolean streamed) {
		return streamed ? this.routes.model("a").stream(prompt(caller)).blockLast() : call(caller);
	}

	private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
		CompletableFuture<T> result = new CompletableFuture<>();
		new Thread(() -> {
			try {
				result.complete(work.get());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		}).start();
		return result;
	}

	private ChatResponse call(String caller) {
		return this.routes.model("a").call(prompt(caller));
	}

	private void budget(CallSelector selector, OnLimit onLimit, CacheSettings cache) {
		Budget budget = new Budget("cents", selector, Money.ofUsd("0.01"), BudgetPeriod.DAY, ZoneId.of("UTC"), null,
				onLimit, OnStream.CUT, false);
		this.routes.route("a", Policies.standard(), cache, "any/a")
			.route("b", Policies.standard(), "other/b")
			.route("both", Policies.standard(), "any/a", "other/b")
			.with((engine) -> engine.budgets(List.of(budget)));
	}

	private static Prompt prompt(String caller) {
		return prompt(caller, "Hi");
	}

	private static Prompt prompt(String caller, String text) {
		return new Prompt(text, RouteChatOptions.builder().maxTokens(100).caller(new Caller(caller, null)).build());
	}

	private static ModelCard card() {
		return new ModelCard(null, null, Set.of(Modality.TEXT), true, false, false, false, TEN_DOLLARS, "test",
				LocalDate.EPOCH);
	}

	/** One that can be away, and that can let its first caller wait. */
	private static final class Store implements BudgetStore {

		private final BudgetStore kept = new InMemoryBudgetStore(InstantSource.system());

		private volatile boolean away;

		private volatile CountDownLatch gate = new CountDownLatch(0);

		private volatile boolean waiting;

		@Override
		public Admission reserve(List<Claim> claims, Money amount, Instant expires) {
			if (this.away) {
				return new Admission.Unavailable(claims.get(0).account(), claims.get(0).limit());
			}
			try {
				this.waiting = true;
				this.gate.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return this.kept.reserve(claims, amount, expires);
		}

		@Override
		public List<Balance> settle(Reservation reservation, Money spent) {
			return this.kept.settle(reservation, spent);
		}

		@Override
		public List<Balance> balances(String budget) {
			return this.kept.balances(budget);
		}

	}

}
