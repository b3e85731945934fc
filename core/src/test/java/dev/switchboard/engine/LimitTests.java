package dev.switchboard.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

import dev.switchboard.budget.Budget;
import dev.switchboard.budget.BudgetPeriod;
import dev.switchboard.budget.OnLimit;
import dev.switchboard.budget.OnStream;
import dev.switchboard.cache.ResponseCache;
import dev.switchboard.call.BudgetExceededException;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.CallSelector;
import dev.switchboard.call.Caller;
import dev.switchboard.call.LimitNote;
import dev.switchboard.call.LimitRefusal;
import dev.switchboard.call.LimitUnit;
import dev.switchboard.call.RateLimitExceededException;
import dev.switchboard.call.TargetsExhaustedException;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.Price;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.limit.Draw;
import dev.switchboard.limit.Grant;
import dev.switchboard.limit.InMemoryLimitStore;
import dev.switchboard.limit.Level;
import dev.switchboard.limit.Limit;
import dev.switchboard.limit.LimitPeriod;
import dev.switchboard.limit.LimitStore;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Calls that count in limits, and limits that have room for them or don't.
 */
class LimitTests {

	private static final CallSelector EACH_KEY = new CallSelector("*", null, null, null, Map.of());

	private final Simulator simulator = Simulator.start();

	private volatile Instant now = Instant.parse("2026-05-10T12:00:00Z");

	private final Routes routes = new Routes(this.simulator)
		.with((engine) -> engine.clocks(() -> this.now, System::nanoTime));

	private final SimulatedProvider any = this.routes.provider("any", Wire.OPENAI);

	private final SimulatedProvider other = this.routes.provider("other", Wire.ANTHROPIC);

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@Test
	void aCallThatFindsNoRoomIsRefusedBeforeItIsSent() {
		limits(requests("few", EACH_KEY, 2, LimitPeriod.MINUTE));
		call("a");
		call("a");

		assertThatExceptionOfType(RateLimitExceededException.class).isThrownBy(() -> call("a"))
			.withMessage("The call of route 'a' is refused: Limit 'few' of key=ann has 0 of its 2 requests per minute "
					+ "left; there is room again at 2026-05-10T12:00:30Z")
			.satisfies((ex) -> {
				assertThat(ex.refusal().reason()).isEqualTo(LimitRefusal.Reason.EXHAUSTED);
				assertThat(ex.refusal().availableAt()).isEqualTo("2026-05-10T12:00:30Z");
				assertThat(ex.record().outcome().label()).isEqualTo("limit-exceeded");
				assertThat(ex.record().attempts()).isEmpty();
				assertThat(ex.record().cost()).isEqualTo(Cost.ZERO);
				assertThat(ex.record().limits()).containsExactly(note("few", LimitUnit.REQUESTS, 2, 0, 30));
			});
		assertThat(this.any.requestCount()).isEqualTo(2);
		assertThat(this.routes.records()).extracting((record) -> record.outcome().label())
			.containsExactly("answered", "answered", "limit-exceeded");
		this.now = this.now.plusSeconds(30);
		assertThat(call("a")).isNotNull();
	}

	@Test
	void aStreamIsRefusedTheSameWay() {
		limits(requests("few", EACH_KEY, 1, LimitPeriod.MINUTE));
		ChatResponse last = this.routes.model("a").stream(prompt("ann")).blockLast();
		assertThat(CallRecord.of(last).limits()).containsExactly(note("few", LimitUnit.REQUESTS, 1, 0, 60));
		assertThatExceptionOfType(RateLimitExceededException.class)
			.isThrownBy(() -> this.routes.model("a").stream(prompt("ann")).blockLast());
		assertThat(this.any.requestCount()).isEqualTo(1);
		assertThat(this.routes.records()).hasSize(2);
	}

	@Test
	void aChatClientIsRefusedTheSameWay() {
		limits(requests("few", CallSelector.ALL, 1, LimitPeriod.MINUTE));
		assertThat(this.routes.client("a").prompt("Hi").call().content()).isNotBlank();
		assertThatExceptionOfType(RateLimitExceededException.class)
			.isThrownBy(() -> this.routes.client("b").prompt("Hi").call().content());
		assertThatExceptionOfType(RateLimitExceededException.class)
			.isThrownBy(() -> this.routes.client("b").prompt("Hi").stream().content().blockLast());
	}

	@Test
	void eachCallerHasRoomOfHisOwn() {
		limits(requests("few", EACH_KEY, 1, LimitPeriod.MINUTE));
		call("a");
		assertThatExceptionOfType(RateLimitExceededException.class).isThrownBy(() -> call("a"));
		assertThat(this.routes.model("a").call(prompt("bob"))).isNotNull();
	}

	@Test
	void fiveHundredParallelCallersTakeExactlyWhatThereIs() throws Exception {
		limits(requests("crowd", CallSelector.ALL, 50, LimitPeriod.HOUR));
		this.routes.engine();
		ExecutorService threads = Executors.newFixedThreadPool(100);
		long refused = 0;
		try {
			List<Callable<Boolean>> callers = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				boolean streamed = i % 2 == 0;
				callers.add(() -> isRefused(streamed));
			}
			for (Future<Boolean> call : threads.invokeAll(callers)) {
				refused += call.get() ? 1 : 0;
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(refused).isEqualTo(450);
		assertThat(this.routes.records().stream().filter((record) -> !record.attempts().isEmpty())).hasSize(50);
		assertThat(this.routes.records()).hasSize(500);
	}

	private boolean isRefused(boolean streamed) {
		try {
			ask(streamed);
			return false;
		}
		catch (RateLimitExceededException ex) {
			return true;
		}
		catch (TargetsExhaustedException ex) {
			// The machine is busy: it was let through, and timed out.
			return false;
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void inputIsTakenAsEstimatedAndCorrectedByWhatItWas(boolean streamed) {
		limits(limit("tokens", EACH_KEY, Map.of(LimitUnit.INPUT_TOKENS, 1000L), LimitPeriod.HOUR));
		this.any.answers(answer(700, 20), answer(50, 20));
		assertThat(ask(streamed).limits()).extracting(LimitNote::remaining).containsExactly(300L);
		assertThat(ask(streamed).limits()).extracting(LimitNote::remaining).containsExactly(250L);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void outputIsLetThroughWhileAnyIsLeftAndThenPaidOff(boolean streamed) {
		limits(limit("output", EACH_KEY, Map.of(LimitUnit.OUTPUT_TOKENS, 100L), LimitPeriod.MINUTE));
		this.any.answers((request) -> answer(5, 99));
		ask(streamed);
		assertThat(ask(streamed).limits()).containsExactly(note("output", LimitUnit.OUTPUT_TOKENS, 100, 0, 118.8));

		assertThatExceptionOfType(RateLimitExceededException.class).isThrownBy(() -> ask(streamed))
			.withMessageContaining("Limit 'output' of key=ann has 0 of its 100 output tokens per minute left; there "
					+ "is room again at 2026-05-10T12:00:59.400Z");
		this.now = this.now.plusMillis(59_399);
		assertThatExceptionOfType(RateLimitExceededException.class).isThrownBy(() -> ask(streamed));
		this.now = this.now.plusMillis(1);
		assertThat(ask(streamed).outcome().label()).isEqualTo("answered");
	}

	@Test
	void tokensAreBothTogether() {
		limits(limit("both", EACH_KEY, Map.of(LimitUnit.TOKENS, 1000L), LimitPeriod.HOUR));
		this.any.answers((request) -> answer(100, 250));
		assertThat(ask(false).limits()).extracting(LimitNote::remaining).containsExactly(650L);
	}

	@Test
	void whatNobodyCountedIsTakenAsEstimated() {
		limits(limit("tokens", EACH_KEY, Map.of(LimitUnit.INPUT_TOKENS, 1000L), LimitPeriod.HOUR));
		this.any.answers(answer(700, 20)).fails(Fault.withoutUsage());
		assertThat(ask(false).limits()).singleElement()
			.satisfies((note) -> assertThat(note.remaining()).isBetween(900L, 999L));
	}

	@Test
	void oneThatTakesMoreThanThereEverIsIsRefusedForGood() {
		limits(limit("small", EACH_KEY, Map.of(LimitUnit.INPUT_TOKENS, 100L), LimitPeriod.MINUTE));
		assertThatExceptionOfType(RateLimitExceededException.class)
			.isThrownBy(() -> this.routes.model("a").call(prompt("ann", "word ".repeat(1000))))
			.withMessageMatching("The call of route 'a' is refused: Limit 'small' of key=ann never has more than its "
					+ "100 input tokens per minute, and this call takes about \\d{4}: a shorter one may pass")
			.satisfies((ex) -> {
				assertThat(ex.refusal().reason()).isEqualTo(LimitRefusal.Reason.TOO_LARGE);
				assertThat(ex.refusal().availableAt()).isNull();
			});
		assertThat(call("a")).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "remembering" })
	void aRefusedCallTakesNothing(String route) {
		limits(requests("few", CallSelector.ALL, 2, LimitPeriod.HOUR),
				limit("tokens", EACH_KEY, Map.of(LimitUnit.INPUT_TOKENS, 400L), LimitPeriod.MINUTE));
		this.any.answers((request) -> answer(400, 5));
		call(route);
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(RateLimitExceededException.class)
				.isThrownBy(() -> this.routes.model(route).call(prompt("ann", "Something else")))
				.satisfies((ex) -> assertThat(ex.refusal().limit()).isEqualTo("tokens"));
		}
		assertThat(this.routes.model(route).call(prompt("bob", "The last"))).isNotNull();
		assertThatExceptionOfType(RateLimitExceededException.class)
			.isThrownBy(() -> this.routes.model(route).call(prompt("joe", "Too late")))
			.satisfies((ex) -> assertThat(ex.refusal().limit()).isEqualTo("few"));
	}

	@Test
	void aCallThatABudgetRefusesTakesNothingEither() {
		this.routes.catalog(catalog())
			.with((engine) -> engine.budgets(List.of(Budget.of("poor", EACH_KEY, new Money(1), BudgetPeriod.DAY))));
		limits(requests("few", CallSelector.ALL, 1, LimitPeriod.HOUR));
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> call("a"));
		}
	}

	@Test
	void aCallThatALimitRefusesHoldsBackNoMoney() {
		List<CallRecord> records = this.routes.catalog(catalog())
			.with((engine) -> engine
				.budgets(List.of(Budget.of("exact", EACH_KEY, new Money(1_000_000), BudgetPeriod.DAY))))
			.records();
		limits(requests("few", CallSelector.ALL, 1, LimitPeriod.MINUTE));
		this.any.answers((request) -> answer(5, 0));
		call("a");
		assertThatExceptionOfType(RateLimitExceededException.class).isThrownBy(() -> call("a"));
		this.now = this.now.plusSeconds(60);
		call("a");
		assertThat(records).hasSize(3);
	}

	@Test
	void whatIsRememberedCountsAsARequestAndNotAsTokens() {
		limits(requests("few", EACH_KEY, 3, LimitPeriod.HOUR),
				limit("tokens", EACH_KEY, Map.of(LimitUnit.TOKENS, 1000L), LimitPeriod.HOUR));
		this.any.answers((request) -> answer(990, 10));
		call("remembering");
		assertThat(CallRecord.of(call("remembering")).limits())
			.containsExactly(note("few", LimitUnit.REQUESTS, 3, 1, 2400));
		ChatResponse streamed = this.routes.model("remembering").stream(prompt("ann")).blockLast();
		assertThat(CallRecord.of(streamed).limits()).containsExactly(note("few", LimitUnit.REQUESTS, 3, 0, 3600));
		assertThat(this.any.requestCount()).isEqualTo(1);
		assertThatExceptionOfType(RateLimitExceededException.class).isThrownBy(() -> call("remembering"))
			.satisfies((ex) -> assertThat(ex.refusal().unit()).isEqualTo(LimitUnit.REQUESTS));
	}

	@Test
	void aFallbackTakesNoSecondRequest() {
		limits(limit("both", EACH_KEY, Map.of(LimitUnit.REQUESTS, 1L, LimitUnit.TOKENS, 1000L), LimitPeriod.HOUR));
		this.any.fails(Fault.serverError());
		this.other.answers((request) -> answer(30, 12));
		CallRecord record = CallRecord.of(call("both"));
		assertThat(record.attempts()).hasSizeGreaterThan(1);
		assertThat(record.limits()).extracting(LimitNote::remaining).containsExactly(0L, 958L);
	}

	@Test
	void theRouteThatTakesOverHasLimitsOfItsOwn() {
		limits(requests("routes", new CallSelector(null, null, "*", null, Map.of()), 2, LimitPeriod.HOUR),
				requests("b", new CallSelector(null, null, "b", null, Map.of()), 1, LimitPeriod.HOUR));
		this.any.fails(Fault.modelNotFound());
		CallRecord record = CallRecord.of(call("handing-over"));
		assertThat(record.route()).hasToString("b");
		assertThat(record.limits()).extracting(LimitNote::limit, LimitNote::remaining)
			.containsExactly(tuple("routes", 1L), tuple("routes", 1L), tuple("b", 0L));
		assertThatExceptionOfType(RateLimitExceededException.class).isThrownBy(() -> call("handing-over"))
			.satisfies((ex) -> {
				assertThat(ex.refusal().limit()).isEqualTo("b");
				assertThat(ex.record().attempts()).isNotEmpty();
			});
	}

	@Test
	void theRouteToWhichABudgetLeadsHasLimitsOfItsOwn() {
		this.routes.catalog(catalog())
			.with((engine) -> engine.budgets(List.of(new Budget("poor", EACH_KEY, new Money(1), BudgetPeriod.DAY,
					ZoneId.of("UTC"), null, new OnLimit.Degrade(new RouteName("b")), OnStream.FINISH, false))));
		limits(requests("b", new CallSelector(null, null, "b", null, Map.of()), 1, LimitPeriod.HOUR));
		assertThat(CallRecord.of(call("a")).route()).hasToString("b");
		assertThatExceptionOfType(RateLimitExceededException.class).isThrownBy(() -> call("a"));
		assertThat(this.other.requestCount()).isEqualTo(1);
	}

	@Test
	void aQuotaBeginsAnewAtMidnightOfItsZone() {
		ZoneId berlin = ZoneId.of("Europe/Berlin");
		limits(new Limit("daily", EACH_KEY, Map.of(LimitUnit.REQUESTS, 1L), LimitPeriod.DAY, berlin));
		this.now = LocalDate.of(2026, 10, 25).atStartOfDay(berlin).toInstant();
		call("a");
		assertThatExceptionOfType(RateLimitExceededException.class).isThrownBy(() -> call("a"))
			.satisfies((ex) -> assertThat(ex.refusal().availableAt()).isEqualTo("2026-10-25T23:00:00Z"));
		this.now = Instant.parse("2026-10-25T22:59:59.999Z");
		assertThatExceptionOfType(RateLimitExceededException.class).isThrownBy(() -> call("a"));
		this.now = Instant.parse("2026-10-25T23:00:00Z");
		assertThat(call("a")).isNotNull();
	}

	@Test
	void aMeteredCallTakesFromTheSameLimits() {
		limits(limit("both", EACH_KEY, Map.of(LimitUnit.REQUESTS, 2L, LimitUnit.TOKENS, 1000L), LimitPeriod.HOUR));
		CallContext ann = RouteChatOptions.builder().caller(new Caller("ann", null)).build().callContext();
		ModelId model = ModelId.parse("any/a");
		MeteredCall call = this.routes.engine().meter(model, ann, false, 10);
		assertThat(call.limits()).extracting(LimitNote::remaining).containsExactly(1L, 990L);
		assertThat(call.answered(TokenUsage.of(20, 300), null, "stop").limits()).extracting(LimitNote::remaining)
			.containsExactly(1L, 680L);
		call("a");
		assertThatExceptionOfType(RateLimitExceededException.class)
			.isThrownBy(() -> this.routes.engine().meter(model, ann, false, 10));
		this.routes.engine().meterFree(model, ann).answered(null, null, null);
		assertThat(this.routes.records()).extracting((record) -> record.outcome().label())
			.containsExactly("answered", "answered", "limit-exceeded", "answered");
	}

	@Test
	void aStreamThatIsLeftTakesWhatItGotUntilThen() {
		limits(limit("output", EACH_KEY, Map.of(LimitUnit.OUTPUT_TOKENS, 1000L), LimitPeriod.HOUR));
		this.any.answers(Answer.text("x".repeat(4000)).inChunksOf(40).paced(Duration.ofMillis(50)));
		AtomicReference<ChatResponse> seen = new AtomicReference<>();
		Disposable stream = this.routes.model("a").stream(prompt("ann")).subscribe(seen::set);
		await().until(() -> seen.get() != null);

		stream.dispose();

		await().until(() -> !this.routes.records().isEmpty());
		assertThat(this.routes.onlyRecord().outcome().label()).isEqualTo("cancelled");
		long output = this.routes.onlyRecord().attempts().get(0).usage().outputTokens();
		assertThat(this.routes.onlyRecord().limits()).extracting(LimitNote::remaining).containsExactly(1000 - output);
		assertThat(output).isPositive();
	}

	@Test
	void whenTheEngineItselfFailsNoTokensAreTaken() {
		limits(limit("input", EACH_KEY, Map.of(LimitUnit.INPUT_TOKENS, 20L), LimitPeriod.HOUR));
		RouteChatModel broken = this.routes.engine()
			.model(new ModelRoute(new RouteName("broken"), "", List.of(Target.of("nobody/c")), Policies.standard(),
					null, Requirements.NONE));
		for (int i = 0; i < 20; i++) {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> broken.call(prompt("ann")))
				.isNotInstanceOf(RateLimitExceededException.class);
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> broken.stream(prompt("ann")).blockLast())
				.isNotInstanceOf(RateLimitExceededException.class);
		}
	}

	@Test
	void whatCanNotBeLookedUpIsRefusedIfTheStoreSaysSo() {
		this.routes.with((engine) -> engine.limitStore(new Away(new Grant.Unavailable(Duration.ofSeconds(5)))));
		limits(requests("few", EACH_KEY, 1, LimitPeriod.MINUTE));
		assertThatExceptionOfType(RateLimitExceededException.class).isThrownBy(() -> call("a"))
			.withMessage("The call of route 'a' is refused: Limit 'few' of key=ann can't be looked up at the moment")
			.satisfies((ex) -> {
				assertThat(ex.record().outcome().label()).isEqualTo("limit-unavailable");
				assertThat(ex.refusal().availableAt()).isEqualTo("2026-05-10T12:00:05Z");
			});
	}

	@Test
	void whatCanNotBeLookedUpIsLetThroughIfTheStoreSaysSo() {
		this.routes.with((engine) -> engine.limitStore(new Away(new Grant.Granted(List.of()))));
		limits(limit("both", EACH_KEY, Map.of(LimitUnit.REQUESTS, 1L, LimitUnit.TOKENS, 1000L), LimitPeriod.HOUR));
		call("a");
		assertThat(CallRecord.of(call("a")).limits()).isEmpty();
	}

	@Test
	void aCorrectionThatFailsIsNoMatterOfTheCaller() {
		InMemoryLimitStore memory = new InMemoryLimitStore(() -> this.now);
		this.routes.with((engine) -> engine.limitStore(new LimitStore() {

			@Override
			public Grant take(List<Draw> draws) {
				return memory.take(draws);
			}

			@Override
			public List<Level> correct(List<Draw> corrections) {
				throw new IllegalStateException("A store that breaks its promise");
			}

		}));
		limits(limit("both", EACH_KEY, Map.of(LimitUnit.OUTPUT_TOKENS, 1000L), LimitPeriod.HOUR));
		assertThat(call("a").getResult().getOutput().getText()).isNotBlank();
	}

	private CallRecord ask(boolean streamed) {
		return CallRecord.of(streamed ? this.routes.model("a").stream(prompt("ann")).blockLast() : call("a"));
	}

	private ChatResponse call(String route) {
		return this.routes.model(route).call(prompt("ann"));
	}

	private void limits(Limit... limits) {
		this.routes.route("a", Policies.standard(), "any/a")
			.route("b", Policies.standard(), "other/b")
			.route("both", Policies.standard(), "any/a", "other/b")
			.route("remembering", Policies.standard(), CacheSettings.of(Duration.ofHours(1)), "any/a")
			.route("handing-over", Policies.standard().mutate().onExhausted(new OnExhausted.UseRoute("b")).build(),
					"any/a")
			.with((engine) -> engine.limits(List.of(limits)).cache(ResponseCache.builder().build()));
	}

	private static Limit requests(String name, CallSelector selector, long amount, LimitPeriod per) {
		return limit(name, selector, Map.of(LimitUnit.REQUESTS, amount), per);
	}

	private static Limit limit(String name, CallSelector selector, Map<LimitUnit, Long> amounts, LimitPeriod per) {
		return new Limit(name, selector, new EnumMap<>(amounts), per, ZoneId.of("UTC"));
	}

	private static LimitNote note(String limit, LimitUnit unit, long amount, long remaining, double resetSeconds) {
		Duration per = (resetSeconds > 120) ? Duration.ofHours(1) : Duration.ofMinutes(1);
		return new LimitNote(limit, unit, amount, per, remaining, Duration.ofMillis((long) (resetSeconds * 1000)));
	}

	private static Prompt prompt(String caller) {
		return prompt(caller, "Hi");
	}

	private static Prompt prompt(String caller, String text) {
		return new Prompt(text, RouteChatOptions.builder().maxTokens(100).caller(new Caller(caller, null)).build());
	}

	private static Answer answer(int input, int output) {
		return Answer.text("An answer").withUsage(Usage.of(input, output));
	}

	/** A hundred output tokens cost a thousandth of a dollar. */
	private static ModelCatalog catalog() {
		Price price = new Price(Money.ZERO, Money.ZERO, Money.ZERO, Money.ofUsd("10"));
		ModelCard card = new ModelCard(null, null, Set.of(Modality.TEXT), true, false, false, false, price, "test",
				LocalDate.EPOCH);
		return new ModelCatalog(Map.of(ModelId.parse("any/a"), card, ModelId.parse("other/b"), card));
	}

	/**
	 * A store that can't be reached.
	 *
	 * @param answer what it makes of that
	 */
	private record Away(Grant answer) implements LimitStore {

		@Override
		public Grant take(List<Draw> draws) {
			return this.answer;
		}

		@Override
		public List<Level> correct(List<Draw> corrections) {
			throw new IllegalStateException("Nothing was taken");
		}

	}

}
