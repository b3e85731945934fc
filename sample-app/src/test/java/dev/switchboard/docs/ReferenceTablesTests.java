package dev.switchboard.docs;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.SkippedTarget;
import dev.switchboard.observation.AttemptObservationDocumentation.HighCardinality;
import dev.switchboard.observation.AttemptObservationDocumentation.LowCardinality;
import dev.switchboard.observation.BudgetMeters;
import dev.switchboard.observation.CallMeters;
import dev.switchboard.policy.Backoff;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.policy.CircuitBreakerSettings;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.policy.Reaction;
import dev.switchboard.policy.Timeouts;
import dev.switchboard.provider.WellKnownProvider;
import dev.switchboard.provider.WellKnownProviders;
import dev.switchboard.redis.cache.RedisAnswers;
import dev.switchboard.redis.cache.RedisCacheMeters;
import dev.switchboard.redis.connection.RedisConnection;
import dev.switchboard.redis.connection.RedisSettings;
import dev.switchboard.simulator.fault.Fault;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.DatabaseSettings;
import dev.switchboard.store.journal.MemoryJournal;
import dev.switchboard.store.ledger.Ledger;
import dev.switchboard.store.ledger.LedgerMeters;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of the guides say what the code says.
 */
class ReferenceTablesTests {

	private static final Document POLICIES = Document.of("docs/routes-and-policies.md");

	private static final Document RECORDS = Document.of("docs/records-and-metrics.md");

	@Test
	void everyPolicyReactsAsItsTableSays() {
		List<List<String>> rows = POLICIES.table("| Kind | Seen as |");

		assertThat(column(rows, 0)).containsExactlyElementsOf(
				Arrays.stream(FailureKind.values()).map((kind) -> "`" + kind.property() + "`").toList());
		for (FailureKind kind : FailureKind.values()) {
			List<String> row = rows.get(kind.ordinal());
			for (FallbackPolicy policy : BuiltInPolicies.all()) {
				Reaction reaction = Reaction
					.valueOf(row.get(policy.name().equals("careful") ? 3 : 2).toUpperCase(Locale.ROOT));
				assertThat(policy.reactions().get(kind)).as(policy.name() + " on " + kind).isEqualTo(reaction);
			}
		}
	}

	@Test
	void everySettingOfTheBuiltInPoliciesIsAsItsTableSays() {
		List<List<String>> rows = POLICIES.table("| Setting | `fast` |");
		List<FallbackPolicy> policies = BuiltInPolicies.all();

		assertThat(policies).extracting(FallbackPolicy::name).containsExactly("fast", "standard", "careful", "strict");
		for (int i = 0; i < policies.size(); i++) {
			assertThat(column(rows, i + 1)).as(policies.get(i).name())
				.map(ReferenceTablesTests::value)
				.containsExactlyElementsOf(settings(policies.get(i)));
		}
	}

	private static Object value(String cell) {
		return cell.matches("\\d+(ms|s|m)") ? DurationStyle.detectAndParse(cell) : cell;
	}

	private static List<Object> settings(FallbackPolicy policy) {
		Backoff backoff = policy.backoff();
		Timeouts timeouts = policy.timeouts();
		CircuitBreakerSettings breaker = policy.circuitBreaker();
		return List.of(text(policy.maxRetries()), backoff.initial(), backoff.max(), policy.rateLimitPatience(),
				timeouts.attempt(), timeouts.firstToken(), timeouts.idle(), timeouts.deadline(),
				text(breaker.failureRate()), text(breaker.slidingWindow()), text(breaker.minimumAttempts()),
				breaker.openFor(), text(breaker.trialAttempts()), text(policy.streamCommit()),
				text(policy.streamResume()), policy.onExhausted().match(() -> "fail", () -> "ask", (route) -> route),
				(policy.hedgeAfter() != null) ? policy.hedgeAfter() : "never",
				policy.firstTargetOnly() ? "the first" : "all");
	}

	private static String text(int number) {
		return Integer.toString(number);
	}

	private static String text(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	@Test
	void everyReasonToSkipATargetIsExplained() {
		assertThat(column(POLICIES.table("| Reason | When |"), 0)).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(SkippedTarget.Reason.values()).map((reason) -> "`" + text(reason) + "`").toList());
	}

	@Test
	void everyWellKnownProviderIsListed() {
		List<List<String>> expected = new ArrayList<>();
		for (String name : WellKnownProviders.names()) {
			WellKnownProvider provider = WellKnownProviders.find(name);
			String variable = (provider.keyVariable() == null) ? "none"
					: "`" + provider.keyVariable() + "`" + (provider.needsKey() ? "" : ", optional");
			expected.add(List.of("`" + name + "`", "`" + text(provider.wire()) + "`", provider.baseUrl().toString(),
					variable));
		}

		assertThat(Document.of("docs/providers.md").table("| Provider | Wire |")).containsExactlyElementsOf(expected);
	}

	@Test
	void everyMeterIsListedWithItsTags() {
		List<List<String>> rows = RECORDS.table("| Meter | Type |");
		List<MeterDocumentation> meters = Stream
			.<MeterDocumentation>concat(Arrays.stream(CallMeters.values()), Arrays.stream(BudgetMeters.values()))
			.toList();
		for (MeterDocumentation meter : meters) {
			List<String> row = rows.stream()
				.filter((cells) -> cells.get(0).equals("`" + meter.getName() + "`"))
				.findFirst()
				.orElseThrow(() -> new AssertionError(meter.getName() + " is not listed"));
			assertThat(row.get(1)).isEqualTo(meter.getType().name().toLowerCase(Locale.ROOT));
			assertThat(row.get(2)).isEqualTo(String.join(", ",
					Arrays.stream(meter.getKeyNames()).map((key) -> "`" + key.asString() + "`").toList()));
		}
		assertThat(column(rows, 0)).hasSize(meters.size() + 1).contains("`switchboard.attempt`");
	}

	@Test
	void everyMeterOfTheLedgerIsListed() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		try (Database database = Database.open(DatabaseSettings.inMemory());
				Ledger ledger = new Ledger(new MemoryJournal(1), database, new Ledger.Settings(Duration.ZERO),
						InstantSource.system())) {
			new LedgerMeters(ledger).bindTo(meters);

			assertThat(Document.of("docs/ledger.md").table("| Meter | Type |").stream().map((row) -> row.subList(0, 2)))
				.containsExactlyInAnyOrderElementsOf(meters.getMeters()
					.stream()
					.map((meter) -> List.of("`" + meter.getId().getName() + "`",
							meter.getId().getType().name().toLowerCase(Locale.ROOT)))
					.toList());
		}
	}

	@Test
	void everyMeterOfTheCacheInRedisIsListedWithItsOutcomes() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		try (RedisConnection redis = RedisConnection.open(RedisSettings.at("redis://127.0.0.1:1", null, null,
				Duration.ofSeconds(1), Duration.ofSeconds(1), "switchboard"));
				RedisAnswers answers = new RedisAnswers(redis, 1024)) {
			new RedisCacheMeters(answers).bindTo(meters);
		}
		List<List<String>> rows = Document.of("docs/caching.md").table("| Meter | Type |");

		assertThat(column(rows, 0)).containsExactly("`" + RedisCacheMeters.LOOKUPS + "`",
				"`" + RedisCacheMeters.WRITES + "`");
		for (List<String> row : rows) {
			String name = row.get(0).replace("`", "");
			List<String> outcomes = Arrays.stream(row.get(2).split(": ")[1].replace("`", "").split(", ")).toList();
			assertThat(meters.get(name).functionCounters()).hasSameSizeAs(outcomes)
				.allMatch((meter) -> outcomes.contains(meter.getId().getTag(RedisCacheMeters.OUTCOME)));
		}
	}

	@Test
	void everyKeyOfASpanIsListed() {
		List<List<String>> rows = RECORDS.table("| Key | On |");
		List<List<String>> expected = Stream
			.concat(Arrays.stream(LowCardinality.values()).map((key) -> key(key, "span, metric")),
					Arrays.stream(HighCardinality.values()).map((key) -> key(key, "span")))
			.toList();

		assertThat(rows.stream().map((row) -> row.subList(0, 2))).containsExactlyInAnyOrderElementsOf(expected);
	}

	private static List<String> key(KeyName key, String on) {
		return List.of("`" + key.asString() + "`", on);
	}

	@Test
	void everyComponentOfTheCallRecordIsExplained() {
		List<String> explained = column(RECORDS.table("| Component | |"), 0).stream()
			.flatMap((cell) -> Arrays.stream(cell.split(", ")))
			.toList();

		assertThat(explained).containsExactlyElementsOf(Arrays.stream(CallRecord.class.getRecordComponents())
			.map((component) -> "`" + component.getName() + "`")
			.toList());
	}

	@Test
	void everyCacheOutcomeIsExplained() {
		assertThat(column(Document.of("docs/caching.md").table("| `cache` | |"), 0)).containsExactlyElementsOf(
				Arrays.stream(CacheOutcome.values()).map((outcome) -> "`" + outcome.label() + "`").toList());
	}

	@Test
	void everyFaultIsListed() {
		List<String> faults = Arrays.stream(Fault.class.getDeclaredMethods())
			.filter((method) -> Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(method.getModifiers()))
			.map(ReferenceTablesTests::signature)
			.distinct()
			.toList();

		assertThat(column(Document.of("docs/testing-with-the-simulator.md").table("| Fault | What"), 0))
			.containsExactlyInAnyOrderElementsOf(faults);
	}

	private static String signature(Method method) {
		// One of the two forms of an error event names the error.
		List<String> parameters = Arrays.stream(method.getParameterTypes())
			.filter((type) -> !Fault.class.isAssignableFrom(type))
			.map(Class::getSimpleName)
			.toList();
		return "`" + method.getName() + "(" + String.join(", ", parameters) + ")`";
	}

	private static List<String> column(List<List<String>> rows, int index) {
		return rows.stream().map((row) -> row.get(index)).toList();
	}

}
