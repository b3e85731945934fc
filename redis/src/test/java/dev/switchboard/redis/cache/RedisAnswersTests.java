package dev.switchboard.redis.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import dev.switchboard.cache.CacheKey;
import dev.switchboard.cache.SecondLevel.Found;
import dev.switchboard.redis.Servers;
import dev.switchboard.redis.connection.RedisConnection;
import dev.switchboard.redis.connection.RedisSettings;
import dev.switchboard.route.RouteName;
import dev.switchboard.servers.CuttableWay;
import dev.switchboard.servers.RedisServer;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers in a real Redis.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class RedisAnswersTests {

	private static final CacheKey KEY = SampleAnswers.KEY;

	private static final Duration LIFETIME = Duration.ofHours(1);

	private final CuttableWay way = RedisServer.get().newWay();

	private final RedisSettings settings = Servers.settings(RedisServer.get().through(this.way));

	private final RedisConnection redis = RedisConnection.open(this.settings);

	private final RedisAnswers answers = new RedisAnswers(this.redis, 100_000);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@BeforeEach
	void connect() {
		new RedisCacheMeters(this.answers).bindTo(this.meters);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !this.redis.isAway());
	}

	@AfterEach
	void close() {
		this.answers.close();
		this.redis.close();
		this.way.close();
	}

	private double lookups(String outcome) {
		return this.meters.get(RedisCacheMeters.LOOKUPS)
			.tag(RedisCacheMeters.OUTCOME, outcome)
			.functionCounter()
			.count();
	}

	private double writes(String outcome) {
		return this.meters.get(RedisCacheMeters.WRITES)
			.tag(RedisCacheMeters.OUTCOME, outcome)
			.functionCounter()
			.count();
	}

	private void keep(CacheKey key, ChatResponse answer, Duration lifetime) {
		double before = writes("stored");
		this.answers.keep(key, answer, lifetime);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> writes("stored") == before + 1);
	}

	private @Nullable Found find() {
		return this.answers.find(KEY, null);
	}

	private <T> @Nullable T redis(Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> command) {
		return this.redis.ask(null, command);
	}

	private List<String> names() {
		List<String> names = redis((commands) -> commands.keys(this.settings.keyPrefix() + ":*"));
		return (names != null) ? names : List.of();
	}

	private String name() {
		return this.settings.key("cache", "cheap-fast", KEY.digest());
	}

	@Test
	void whatIsKeptIsFound() {
		assertThat(find()).isNull();

		keep(KEY, SampleAnswers.of("first"), LIFETIME);
		keep(KEY, SampleAnswers.of("second"), LIFETIME);

		Found found = find();
		assertThat(found).isNotNull();
		assertThat(found.answer().getResult().getOutput().getText()).isEqualTo("second");
		assertThat(found.age()).isLessThan(Duration.ofMinutes(1));
		assertThat(lookups("miss")).isEqualTo(1);
		assertThat(lookups("hit")).isEqualTo(1);
	}

	@Test
	void theKeyTellsNothingAndTheEntryEnds() {
		keep(KEY, SampleAnswers.of("first"), LIFETIME);

		Long left = redis((commands) -> commands.pttl(name()));
		assertThat(names()).containsExactly(name());
		assertThat(left).isBetween(3_500_000L, 3_600_000L);
	}

	@Test
	void itsAgeIsWhatRedisHasCountedDown() {
		keep(KEY, SampleAnswers.of("first"), LIFETIME);
		redis((commands) -> commands.pexpire(name(), Duration.ofMinutes(20).toMillis()));

		Found found = find();
		assertThat(found).isNotNull();
		assertThat(found.age()).isBetween(Duration.ofMinutes(40), Duration.ofMinutes(41));
	}

	@Test
	void anEntryWhoseEndWasPutOffIsNotBelieved() {
		keep(KEY, SampleAnswers.of("first"), LIFETIME);
		redis((commands) -> commands.pexpire(name(), Duration.ofHours(2).toMillis()));
		assertThat(find()).isNull();

		redis((commands) -> commands.persist(name()));
		assertThat(find()).isNull();
		assertThat(lookups("unreadable")).isEqualTo(2);
	}

	@Test
	void whatSomebodyElseHasPutThereIsAMiss(CapturedOutput output) {
		for (byte[] garbage : List.of("hello".getBytes(StandardCharsets.UTF_8), new byte[1 << 20])) {
			redis((commands) -> commands.psetex(name(), 60_000, garbage));
			assertThat(find()).isNull();
		}
		redis((commands) -> commands.del(name()));
		redis((commands) -> commands.lpush(name(), new byte[1]));
		for (int i = 0; i < 20; i++) {
			assertThat(find()).isNull();
		}

		assertThat(lookups("unreadable")).isEqualTo(22);
		assertThat(this.redis.isAway()).isFalse();
		assertThat(output.getOut()).doesNotContain("WARN");
	}

	@Test
	void whatIsThereDoesNotHinderANewAnswer() {
		redis((commands) -> commands.lpush(name(), new byte[1]));

		keep(KEY, SampleAnswers.of("first"), LIFETIME);

		assertThat(find()).isNotNull();
	}

	@Test
	void anAnswerThatIsTooLargeStaysHere() {
		this.answers.keep(KEY, SampleAnswers.of("x".repeat(200_000)), LIFETIME);

		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> writes("too-large") == 1);
		assertThat(find()).isNull();
	}

	@Test
	void anEntryThatIsLargerThanOurOwnIsNotReadWhole() {
		RedisAnswers generous = new RedisAnswers(this.redis, 1_000_000);
		byte[] noise = new byte[300_000];
		new Random(1).nextBytes(noise);
		generous.keep(KEY, SampleAnswers.relayed(noise), LIFETIME);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> generous.find(KEY, null) != null);

		assertThat(find()).isNull();
		assertThat(lookups("unreadable")).isEqualTo(1);
		generous.close();
	}

	@Test
	void whatIsOverWhenItsTurnComesIsNotWritten() {
		this.answers.keep(KEY, SampleAnswers.of("x"), Duration.ofNanos(1));

		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> writes("dropped") == 1);
		assertThat(find()).isNull();
	}

	@Test
	void aRouteIsForgottenAndTheOthersAreNot() {
		CacheKey other = new CacheKey(new RouteName("cheap-fast-2"), KEY.digest());
		for (int i = 0; i < 1200; i++) {
			String name = this.settings.key("cache", "cheap-fast", "k" + i);
			redis((commands) -> commands.psetex(name, 600_000, new byte[1]));
		}
		keep(KEY, SampleAnswers.of("x"), LIFETIME);
		keep(other, SampleAnswers.of("x"), LIFETIME);

		this.answers.clear(KEY.route());

		assertThat(names()).singleElement().asString().contains("cheap-fast-2");
		this.answers.clear();
		assertThat(this.answers.find(other, null)).isNull();
	}

	@Test
	void whatStandsUnderAnotherPrefixIsNotForgotten() {
		RedisSettings wild = RedisSettings.at(RedisServer.get().url(), null, null, Duration.ofSeconds(5),
				Duration.ofSeconds(5), "test-*");
		keep(KEY, SampleAnswers.of("x"), LIFETIME);
		try (RedisConnection connection = RedisConnection.open(wild);
				RedisAnswers others = new RedisAnswers(connection, 1000)) {
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !connection.isAway());
			others.clear();
		}

		assertThat(find()).isNotNull();
	}

	@Test
	void whatWaitsToBeWrittenIsForgottenAsWell() {
		this.way.silence();
		for (int i = 0; i < 50; i++) {
			this.answers.keep(KEY, SampleAnswers.of("x"), LIFETIME);
		}
		Thread clearing = new Thread(this.answers::clear);
		clearing.start();
		// The first is under way, the others wait for it.
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> writes("dropped") == 50 && !clearing.isAlive());
		this.way.mend();

		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !this.redis.isAway());
		assertThat(writes("stored")).isZero();
	}

	@Test
	void whenRedisIsAwayNothingIsFoundOrKept(CapturedOutput output) {
		keep(KEY, SampleAnswers.of("x"), LIFETIME);
		this.way.cut();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(this.redis::isAway);

		assertThat(find()).isNull();
		this.answers.keep(KEY, SampleAnswers.of("y"), LIFETIME);
		this.answers.clear();
		assertThat(lookups("away")).isEqualTo(1);
		assertThat(writes("dropped")).isEqualTo(1);
		assertThat(output.getOut()).contains("could not be cleared in Redis");

		this.way.mend();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> find() != null);
	}

}
