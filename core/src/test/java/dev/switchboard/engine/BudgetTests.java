package dev.switchboard.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import dev.switchboard.budget.Account;
import dev.switchboard.budget.Balance;
import dev.switchboard.budget.Budget;
import dev.switchboard.budget.BudgetEvent;
import dev.switchboard.budget.BudgetPeriod;
import dev.switchboard.budget.BudgetScope;
import dev.switchboard.budget.InMemoryBudgetStore;
import dev.switchboard.budget.OnLimit;
import dev.switchboard.budget.OnStream;
import dev.switchboard.cache.ResponseCache;
import dev.switchboard.call.BudgetExceededException;
import dev.switchboard.call.BudgetNote;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.CallSelector;
import dev.switchboard.call.Caller;
import dev.switchboard.call.SkippedTarget;
import dev.switchboard.call.TargetsExhaustedException;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.Price;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.policy.OnExhausted;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.Usage;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Calls that may cost something, and budgets that have it or don't.
 */
class BudgetTests {

	private static final Money CENT = Money.ofUsd("0.01");

	/** A call of a hundred output tokens may cost a thousandth of a dollar. */
	private static final Price TEN_DOLLARS = new Price(Money.ZERO, Money.ZERO, Money.ZERO, Money.ofUsd("10"));

	private static final int MAX_TOKENS = 100;

	private final Simulator simulator = Simulator.start();

	private volatile Instant now = Instant.parse("2026-05-10T12:00:00Z");

	private final InMemoryBudgetStore store = new InMemoryBudgetStore(() -> this.now);

	private final List<BudgetEvent> events = new CopyOnWriteArrayList<>();

	private final Routes routes = new Routes(this.simulator)
		.catalog(new ModelCatalog(
				Map.of(ModelId.parse("any/a"), card(TEN_DOLLARS), ModelId.parse("other/b"), card(TEN_DOLLARS),
						ModelId.parse("any/unpriced"), card(null), ModelId.parse("nobody/c"), card(TEN_DOLLARS))))
		.with((engine) -> engine.clocks(() -> this.now, System::nanoTime)
			.budgetStore(this.store)
			.budgetListeners(List.of(this.events::add)));

	private final SimulatedProvider any = this.routes.provider("any", Wire.OPENAI);

	private final SimulatedProvider other = this.routes.provider("other", Wire.ANTHROPIC);

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@Test
	void aCallIsSettledWithWhatItCost() {
		budget((budget) -> budget);
		this.any.answers(answer(30));
		ChatResponse answer = call("a");
		assertThat(CallRecord.of(answer).cost()).isEqualTo(new Cost(Money.ofUsd("0.0003")));
		assertThat(CallRecord.of(answer).budgets()).isEmpty();
		assertThat(onlyBalance().spent()).isEqualTo(Money.ofUsd("0.0003"));
		assertThat(onlyBalance().reserved()).isEqualTo(Money.ZERO);
	}

	@Test
	void aCallThatMayCostMoreThanIsLeftIsRefusedBeforeItIsSent() {
		budget((budget) -> budget.limit("0.0015"));
		this.any.answers(answer(60));
		call("a");
		this.any.answers(answer(1));

		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> call("a"))
			.withMessage("The call of route 'a' is refused: Budget 'cents' of key=ann has a limit of 0.0015 USD, of "
					+ "which 0.0006 USD is spent; this call may cost up to 0.001 USD; it begins anew at "
					+ "2026-05-11T00:00:00Z")
			.satisfies((ex) -> {
				assertThat(ex.refusal().resetsAt()).isEqualTo("2026-05-11T00:00:00Z");
				assertThat(ex.record().outcome().label()).isEqualTo("budget-exceeded");
				assertThat(ex.record().attempts()).isEmpty();
				assertThat(ex.record().cost()).isEqualTo(Cost.ZERO);
				assertThat(ex.record().budgets()).singleElement()
					.satisfies((note) -> assertThat(note.effect()).isEqualTo(BudgetNote.Effect.REFUSED));
			});
		assertThat(this.any.requestCount()).isEqualTo(1);
		assertThat(this.routes.records()).hasSize(2);
		assertThat(this.events).extracting(BudgetEvent::kind)
			.containsExactly(BudgetEvent.Kind.LIMIT_REACHED, BudgetEvent.Kind.REFUSED);
	}

	@Test
	void aStreamIsRefusedTheSameWay() {
		budget((budget) -> budget.limit("0.0005"));
		assertThatExceptionOfType(BudgetExceededException.class)
			.isThrownBy(() -> this.routes.model("a").stream(prompt("ann")).blockLast());
		assertThat(this.any.requestCount()).isZero();
		assertThat(this.routes.onlyRecord().outcome().label()).isEqualTo("budget-exceeded");
	}

	@Test
	void eachCallerHasAnAccountOfHisOwn() {
		budget((budget) -> budget.limit("0.001"));
		this.any.answers((request) -> answer(100));
		call("a");
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> call("a"));
		assertThat(this.routes.model("a").call(prompt("bob"))).isNotNull();
	}

	@Test
	void fiveHundredParallelCallersNeverOvershoot() throws Exception {
		budget((budget) -> budget.of(new CallSelector(null, "crowd", null, null, Map.of())));
		this.any.answers((request) -> answer(37));
		this.routes.engine();
		ExecutorService threads = Executors.newFixedThreadPool(100);
		List<Future<Boolean>> calls = new ArrayList<>();
		try {
			List<Callable<Boolean>> callers = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				Prompt prompt = prompt(new Caller("caller-" + i, "crowd"));
				boolean streamed = i % 2 == 0;
				callers.add(() -> {
					try {
						if (streamed) {
							this.routes.model("a").stream(prompt).blockLast();
						}
						else {
							this.routes.model("a").call(prompt);
						}
						return true;
					}
					catch (BudgetExceededException ex) {
						return false;
					}
				});
			}
			calls.addAll(threads.invokeAll(callers));
		}
		finally {
			threads.shutdownNow();
		}
		long answered = 0;
		for (Future<Boolean> call : calls) {
			answered += call.get() ? 1 : 0;
		}
		assertThat(answered).isBetween(10L, 27L).isEqualTo(this.any.requestCount());
		assertThat(onlyBalance().spent()).isEqualTo(new Money(answered * 370_000)).isLessThanOrEqualTo(CENT);
		assertThat(onlyBalance().reserved()).isEqualTo(Money.ZERO);
		assertThat(this.routes.records()).hasSize(500);
	}

	@Test
	void whenTheCallFailsEverythingIsGivenBack() {
		budget((budget) -> budget.limit("0.001"));
		this.any.fails(Fault.invalidRequest());
		for (int i = 0; i < 5; i++) {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> call("a"))
				.isNotInstanceOf(BudgetExceededException.class);
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> this.routes.model("a").stream(prompt("ann")).blockLast())
				.isNotInstanceOf(BudgetExceededException.class);
		}
		assertThat(onlyBalance().spent()).isEqualTo(Money.ZERO);
		assertThat(onlyBalance().reserved()).isEqualTo(Money.ZERO);
	}

	@Test
	void whenTheEngineItselfFailsEverythingIsGivenBack() {
		budget((budget) -> budget);
		RouteChatModel broken = this.routes.engine()
			.model(new ModelRoute(new RouteName("broken"), "", List.of(Target.of("nobody/c")), Policies.standard(),
					null, Requirements.NONE));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> broken.call(prompt("ann")));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> broken.stream(prompt("ann")).blockLast());
		assertThat(onlyBalance().spent()).isEqualTo(Money.ZERO);
		assertThat(onlyBalance().reserved()).isEqualTo(Money.ZERO);
	}

	@Test
	void aStreamThatIsLeftIsSettledWithWhatItCostUntilThen() {
		budget((budget) -> budget);
		this.any.answers(Answer.text("x".repeat(4000)).inChunksOf(40).paced(Duration.ofMillis(50)));
		AtomicReference<ChatResponse> seen = new AtomicReference<>();
		Disposable stream = this.routes.model("a").stream(prompt("ann")).subscribe(seen::set);
		await().until(() -> seen.get() != null);
		assertThat(onlyBalance().reserved()).isEqualTo(Money.ofUsd("0.001"));

		stream.dispose();

		await().untilAsserted(() -> assertThat(onlyBalance().reserved()).isEqualTo(Money.ZERO));
		CallRecord record = this.routes.onlyRecord();
		assertThat(record.outcome().label()).isEqualTo("cancelled");
		assertThat(record.cost().amount()).isGreaterThan(Money.ZERO);
		assertThat(onlyBalance().spent()).isEqualTo(record.cost().amount());
	}

	@Test
	void whatNobodyCountedIsChargedAsEstimated() {
		budget((budget) -> budget);
		this.any.answers(answer(30)).fails(Fault.withoutUsage());
		CallRecord record = CallRecord.of(call("a"));
		assertThat(record.cost()).isEqualTo(Cost.UNKNOWN);
		assertThat(record.budgets()).singleElement()
			.satisfies((note) -> assertThat(note.effect()).isEqualTo(BudgetNote.Effect.ESTIMATED));
		assertThat(onlyBalance().spent()).isEqualTo(Money.ofUsd("0.001"));
	}

	@Test
	void aBudgetBeginsAnewAtMidnightOfItsZone() {
		budget((budget) -> budget.limit("0.001").zone("Europe/Berlin"));
		this.any.answers((request) -> answer(100));
		this.now = LocalDate.of(2026, 10, 25).atTime(23, 59).atZone(ZoneId.of("Europe/Berlin")).toInstant();
		call("a");
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> call("a"))
			.satisfies((ex) -> assertThat(ex.refusal().resetsAt()).isEqualTo("2026-10-25T23:00:00Z"));
		this.now = Instant.parse("2026-10-25T23:00:00Z");
		assertThat(call("a")).isNotNull();
	}

	@Test
	void whenTheLimitIsReachedTheCallGoesOnWithACheaperRoute() {
		budget((budget) -> budget.limit("0.001").onLimit(new OnLimit.Degrade(new RouteName("b"))));
		this.any.answers((request) -> answer(100));
		this.other.answers((request) -> answer(20));
		call("a");

		for (int i = 1; i <= 3; i++) {
			CallRecord record = CallRecord.of(call("a"));
			assertThat(record.requestedRoute()).hasToString("a");
			assertThat(record.route()).hasToString("b");
			assertThat(record.answeredBy()).hasToString("other/b");
			assertThat(record.budgets()).singleElement().satisfies((note) -> {
				assertThat(note.budget()).isEqualTo("cents");
				assertThat(note.effect()).isEqualTo(BudgetNote.Effect.DEGRADED);
			});
			assertThat(onlyBalance().spent()).isEqualTo(new Money(1_000_000 + i * 200_000L));
		}
		ChatResponse streamed = this.routes.model("a").stream(prompt("ann")).blockLast();
		assertThat(CallRecord.of(streamed).route()).hasToString("b");
		assertThat(this.any.requestCount()).isEqualTo(1);
	}

	@Test
	void whereOneRefusesAnotherRouteIsNoHelp() {
		Budget degrading = new Settings().limit("0.0005").onLimit(new OnLimit.Degrade(new RouteName("b"))).build("one");
		Budget refusing = new Settings().limit("0.0005").build("two");
		budgets(degrading, refusing);
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> call("a"))
			.satisfies((ex) -> assertThat(ex.refusal().budget()).isEqualTo("two"));
		assertThat(this.store.balances("one")).isEmpty();
	}

	@Test
	void whatAnotherRouteAnsweredForWantOfMoneyIsNotRemembered() {
		budget((budget) -> budget.limit("0.001").onLimit(new OnLimit.Degrade(new RouteName("b"))),
				CacheSettings.of(Duration.ofHours(1)));
		this.any.answers(answer(100), Answer.text("from a"));
		this.other.answers((request) -> Answer.text("from b"));
		this.routes.model("a").call(prompt("ann", "first"));
		assertThat(this.routes.model("a").call(prompt("ann", "second")).getResult().getOutput().getText())
			.isEqualTo("from b");
		assertThat(this.routes.model("a").call(prompt("bob", "second")).getResult().getOutput().getText())
			.isEqualTo("from a");
	}

	@Test
	void whatOnlyWarnsHoldsNothingBack() {
		budget((budget) -> budget.limit("0.001").onLimit(new OnLimit.Warn()));
		this.any.answers((request) -> answer(80));
		assertThat(CallRecord.of(call("a")).budgets()).isEmpty();
		for (int i = 0; i < 3; i++) {
			assertThat(CallRecord.of(call("a")).budgets()).singleElement()
				.satisfies((note) -> assertThat(note.effect()).isEqualTo(BudgetNote.Effect.WARNED));
		}
		assertThat(this.events).extracting(BudgetEvent::kind).containsExactly(BudgetEvent.Kind.LIMIT_REACHED);
	}

	@Test
	void theSoftLimitIsToldOnceAndNotedInEveryRecordFromThenOn() {
		budget((budget) -> budget.softLimit("0.001"));
		this.any.answers((request) -> answer(60));
		assertThat(CallRecord.of(call("a")).budgets()).isEmpty();
		CallRecord second = CallRecord.of(call("a"));
		assertThat(second.budgets()).containsExactly(new BudgetNote("cents", BudgetNote.Effect.SOFT_LIMIT,
				Money.ofUsd("0.0012"), CENT, Instant.parse("2026-05-11T00:00:00Z")));
		assertThat(CallRecord.of(call("a")).budgets()).hasSize(1);
		assertThat(this.events).extracting(BudgetEvent::kind).containsExactly(BudgetEvent.Kind.SOFT_LIMIT_PASSED);
		this.now = this.now.plus(Duration.ofDays(1));
		call("a");
		call("a");
		assertThat(this.events).hasSize(2);
	}

	@Test
	void whatNobodyCanCountIsRefused() {
		budget((budget) -> budget);
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> call("unpriced"))
			.withMessageContaining("can't count what [any/unpriced] cost")
			.withMessageContaining("'switchboard.catalog.models'")
			.satisfies((ex) -> assertThat(ex.refusal().isForUnknownPrice()).isTrue());
		assertThat(this.any.requestCount()).isZero();
	}

	@Test
	void whatNobodyCanCountIsLetThroughWhereThatIsAllowedUntilAllIsSpent() {
		budget((budget) -> budget.limit("0.001").allowUnknownPrice());
		this.any.answers((request) -> answer(100));
		assertThat(call("unpriced")).isNotNull();
		assertThat(onlyBalance().spent()).isLessThanOrEqualTo(new Money(1));
		this.now = this.now.plus(Duration.ofDays(1));
		call("a");
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> call("unpriced"));
	}

	@Test
	void whatIsRememberedCostsNothingAndIsGivenWhenAllIsSpent() {
		budget((budget) -> budget.limit("0.001"), CacheSettings.of(Duration.ofHours(1)));
		this.any.answers((request) -> answer(100));
		call("a");
		assertThat(CallRecord.of(call("a")).cost()).isEqualTo(Cost.ZERO);
		assertThatExceptionOfType(BudgetExceededException.class)
			.isThrownBy(() -> this.routes.model("a").call(prompt("ann", "Something else")));
	}

	@Test
	void aProviderWhoseBudgetIsSpentIsPassedOver() {
		budgets(new Settings().of(new CallSelector(null, null, null, "any", Map.of())).limit("0.001").build("any"));
		this.any.answers((request) -> answer(100));
		this.other.answers((request) -> answer(10));
		assertThat(CallRecord.of(call("both")).answeredBy()).hasToString("any/a");
		CallRecord record = CallRecord.of(call("both"));
		assertThat(record.answeredBy()).hasToString("other/b");
		assertThat(record.skipped()).containsExactly(new SkippedTarget(ModelId.parse("any/a"),
				SkippedTarget.Reason.BUDGET_SPENT, Instant.parse("2026-05-11T00:00:00Z")));
		assertThatExceptionOfType(TargetsExhaustedException.class).isThrownBy(() -> call("a"))
			.satisfies((ex) -> assertThat(ex.availableAgain()).isEqualTo("2026-05-11T00:00:00Z"));
		assertThat(onlyBalance("any").spent()).isEqualTo(Money.ofUsd("0.001"));
		assertThat(onlyBalance("any").reserved()).isEqualTo(Money.ZERO);
	}

	@Test
	void aProvidersBudgetGetsBackWhatAFailedAttemptDidNotCost() {
		budgets(new Settings().of(new CallSelector(null, null, null, "*", Map.of())).limit("0.001").build("each"));
		this.any.fails(Fault.serverError());
		this.other.answers((request) -> answer(10));
		call("both");
		Balance spent = onlyBalance("each");
		assertThat(spent.account().holder()).isEqualTo("provider=other");
		assertThat(spent.spent()).isEqualTo(Money.ofUsd("0.0001"));
		assertThat(spent.reserved()).isEqualTo(Money.ZERO);
	}

	@Test
	void theRouteThatTakesOverSpendsFromItsOwnBudget() {
		budgets(new Settings().of(new CallSelector(null, null, "*", null, Map.of())).limit("0.001").build("routes"));
		this.any.fails(Fault.modelNotFound());
		this.other.answers((request) -> answer(100));
		assertThat(CallRecord.of(call("handing-over")).route()).hasToString("b");
		assertThat(onlyBalance("routes").account().holder()).isEqualTo("route=b");
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> call("handing-over"))
			.satisfies((ex) -> assertThat(ex.record().attempts()).isNotEmpty());
	}

	@Test
	void whenARouteTakesOverEachAttemptIsPaidOnce() {
		budgets(new Settings().of(CallSelector.ALL).build("all"));
		this.any.answers((request) -> Answer.text("").withUsage(Usage.of(5, 50)));
		this.other.answers((request) -> answer(20));
		CallRecord record = CallRecord.of(call("handing-over"));
		assertThat(record.attempts()).hasSizeGreaterThan(1);
		assertThat(record.cost().amount()).isGreaterThan(Money.ofUsd("0.0005"));
		assertThat(onlyBalance("all").spent()).isEqualTo(record.cost().amount());
		assertThat(onlyBalance("all").reserved()).isEqualTo(Money.ZERO);
	}

	@Test
	void whatAScopeRefusesHoldsNothingBackOfABudget() {
		budget((budget) -> budget);
		BudgetScope.of(Money.ofUsd("0.0001"))
			.run(() -> assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> call("a")));
		assertThat(onlyBalance().reserved()).isEqualTo(Money.ZERO);
	}

	@Test
	void aMeteredCallSpendsTheSameMoney() {
		budget((budget) -> budget.limit("0.05"));
		CallContext ann = RouteChatOptions.builder().caller(new Caller("ann", null)).build().callContext();
		ModelId model = ModelId.parse("any/a");
		this.routes.engine().meter(model, ann, false, 10).answered(TokenUsage.of(10, 3000), null, "stop");
		assertThat(onlyBalance().spent()).isEqualTo(Money.ofUsd("0.03"));
		assertThatExceptionOfType(BudgetExceededException.class)
			.isThrownBy(() -> this.routes.engine().meter(model, ann, false, 10));
		this.routes.engine().meterFree(model, ann).answered(null, null, null);
		assertThat(this.routes.records()).extracting((record) -> record.outcome().label())
			.containsExactly("answered", "budget-exceeded", "answered");
	}

	@Test
	void aStreamThatCostsMoreThanIsLeftIsEndedWhereThatIsSaid() {
		budget((budget) -> budget.limit("0.0015").cutting());
		// Slower than it is read, or all of it may be on its way before it is ended.
		this.any.answers(Answer.text("x".repeat(40_000)).inChunksOf(40).paced(Duration.ofMillis(5)));
		List<ChatResponse> chunks = this.routes.model("a").stream(prompt("ann")).collectList().block();

		ChatResponse last = chunks.get(chunks.size() - 1);
		assertThat(last.getResult().getMetadata().getFinishReason()).isEqualTo("length");
		assertThat(last.getMetadata().getUsage().getCompletionTokens()).isBetween(140, 160);
		CallRecord record = CallRecord.of(last);
		assertThat(record.outcome().label()).isEqualTo("answered");
		assertThat(record.finishReason()).isEqualTo("length");
		assertThat(record.budgets()).singleElement()
			.satisfies((note) -> assertThat(note.effect()).isEqualTo(BudgetNote.Effect.CUT));
		assertThat(record.attempts().get(0).usageEstimated()).isTrue();
		assertThat(onlyBalance().spent()).isEqualTo(record.cost().amount())
			.isBetween(Money.ofUsd("0.0014"), Money.ofUsd("0.0016"));
		assertThat(onlyBalance().reserved()).isEqualTo(Money.ZERO);
		assertThat(this.events).extracting(BudgetEvent::kind)
			.containsExactly(BudgetEvent.Kind.LIMIT_REACHED, BudgetEvent.Kind.CUT);
		await().untilAsserted(() -> assertThat(this.any.requests().get(0).aborted()).isTrue());
	}

	@Test
	void aStreamThatCostsMoreThanIsLeftIsPassedOnToItsEndOtherwise() {
		budget((budget) -> budget.limit("0.0015"));
		this.any.answers(Answer.text("x".repeat(40_000)).inChunksOf(400));
		ChatResponse last = this.routes.model("a").stream(prompt("ann")).blockLast();
		assertThat(CallRecord.of(last).finishReason()).isEqualToIgnoringCase("stop");
		assertThat(onlyBalance().spent()).isGreaterThan(Money.ofUsd("0.0015"));
	}

	@Test
	void whatWasHeldBackForALongAnswerIsGivenBackAtItsEnd() {
		budget((budget) -> budget.cutting());
		this.any.answers(Answer.text("x".repeat(1200)).inChunksOf(40).withUsage(Usage.of(5, 300)));
		ChatResponse last = this.routes.model("a").stream(prompt("ann")).blockLast();
		assertThat(CallRecord.of(last).budgets()).isEmpty();
		assertThat(onlyBalance().spent()).isEqualTo(Money.ofUsd("0.003"));
		assertThat(onlyBalance().reserved()).isEqualTo(Money.ZERO);
	}

	private ChatResponse call(String route) {
		return this.routes.model(route).call(prompt("ann"));
	}

	private Balance onlyBalance() {
		return onlyBalance("cents");
	}

	private Balance onlyBalance(String budget) {
		List<Balance> balances = this.store.balances(budget);
		assertThat(balances).hasSizeLessThan(2);
		return balances.isEmpty() ? new Balance(new Account(budget, "", Instant.EPOCH, null), Money.ZERO, Money.ZERO)
				: balances.get(0);
	}

	private void budget(UnaryOperator<Settings> settings) {
		budget(settings, null);
	}

	private void budget(UnaryOperator<Settings> settings, CacheSettings cache) {
		budgets(cache, settings.apply(new Settings()).build("cents"));
	}

	private void budgets(Budget... budgets) {
		budgets(null, budgets);
	}

	private void budgets(CacheSettings cache, Budget... budgets) {
		this.routes.route("a", Policies.standard(), cache, "any/a")
			.route("b", Policies.standard(), "other/b")
			.route("both", Policies.standard(), "any/a", "other/b")
			.route("unpriced", Policies.standard(), "any/unpriced")
			.route("handing-over", Policies.standard().mutate().onExhausted(new OnExhausted.UseRoute("b")).build(),
					"any/a")
			.with((engine) -> engine.budgets(List.of(budgets)).cache(ResponseCache.builder().build()));
	}

	private static Prompt prompt(String caller) {
		return prompt(caller, "Hi");
	}

	private static Prompt prompt(String caller, String text) {
		return new Prompt(text,
				RouteChatOptions.builder().maxTokens(MAX_TOKENS).caller(new Caller(caller, null)).build());
	}

	private static Prompt prompt(Caller caller) {
		return new Prompt("Hi", RouteChatOptions.builder().maxTokens(MAX_TOKENS).caller(caller).build());
	}

	private static Answer answer(int tokens) {
		return Answer.text("An answer").withUsage(Usage.of(5, tokens));
	}

	private static ModelCard card(Price price) {
		return new ModelCard(null, null, Set.of(Modality.TEXT), true, false, false, false, price, "test",
				LocalDate.EPOCH);
	}

	private static final class Settings {

		private CallSelector selector = new CallSelector("*", null, null, null, Map.of());

		private Money limit = CENT;

		private Money softLimit;

		private ZoneId zone = ZoneId.of("UTC");

		private OnLimit onLimit = new OnLimit.Refuse();

		private OnStream onStream = OnStream.FINISH;

		private boolean unknownPriceAllowed;

		Settings of(CallSelector calls) {
			this.selector = calls;
			return this;
		}

		Settings limit(String usd) {
			this.limit = Money.ofUsd(usd);
			return this;
		}

		Settings softLimit(String usd) {
			this.softLimit = Money.ofUsd(usd);
			return this;
		}

		Settings zone(String name) {
			this.zone = ZoneId.of(name);
			return this;
		}

		Settings onLimit(OnLimit choice) {
			this.onLimit = choice;
			return this;
		}

		Settings cutting() {
			this.onStream = OnStream.CUT;
			return this;
		}

		Settings allowUnknownPrice() {
			this.unknownPriceAllowed = true;
			return this;
		}

		Budget build(String name) {
			return new Budget(name, this.selector, this.limit, BudgetPeriod.DAY, this.zone, this.softLimit,
					this.onLimit, this.onStream, this.unknownPriceAllowed);
		}

	}

}
