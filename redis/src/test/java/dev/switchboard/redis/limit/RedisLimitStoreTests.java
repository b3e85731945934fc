package dev.switchboard.redis.limit;

import java.time.Duration;
import java.util.List;

import dev.switchboard.limit.Grant;
import dev.switchboard.limit.Level;
import dev.switchboard.limit.LimitBucket;
import dev.switchboard.limit.LimitPeriod;
import dev.switchboard.limit.LimitStore;
import dev.switchboard.limit.LimitStoreContract;
import dev.switchboard.redis.Servers;
import dev.switchboard.redis.connection.RedisConnection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same with a real Redis as in memory, and what can be seen there.
 */
@Timeout(120)
class RedisLimitStoreTests extends LimitStoreContract {

	private final RedisConnection redis = RedisConnection.open(Servers.settings());

	// Where Redis does not answer the tests fail, and are not answered from memory.
	private final LimitStore store = new RedisLimitStore(this.redis, OutageRule.FAIL_CLOSED, this::now);

	@BeforeEach
	void connect() {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !this.redis.isAway());
	}

	@AfterEach
	void close() {
		this.redis.close();
	}

	@Override
	protected LimitStore store() {
		return this.store;
	}

	private List<String> keys() {
		return this.redis.ask(null, (commands) -> commands.keys(this.redis.settings().keyPrefix() + ":*"));
	}

	private Duration left(String key) {
		return Duration.ofMillis(this.redis.ask(null, (commands) -> commands.pttl(key)));
	}

	@Test
	void aBucketIsForgottenWhenItWouldBeFullAgain() {
		take(draw(bucket("key=ann", 60, LimitPeriod.HOUR), 15));

		assertThat(keys()).containsExactly(this.redis.settings().keyPrefix() + ":limit:requests:hour:60:l:key=ann");
		assertThat(left(keys().get(0))).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15).plusSeconds(10));
		this.store.correct(List.of(draw(bucket("key=ann", 60, LimitPeriod.HOUR), 60)));
		assertThat(left(keys().get(0))).isBetween(Duration.ofMinutes(74), Duration.ofMinutes(75).plusSeconds(10));
	}

	@Test
	void aDayIsForgottenWhenItIsOver() {
		LimitBucket today = bucket("key=ann", 60, LimitPeriod.DAY);
		take(draw(today, 1));

		Duration rest = Duration.between(now(), today.end());
		assertThat(left(keys().get(0))).isBetween(rest.minusMinutes(1), rest.plusSeconds(10));
		assertThat(keys().get(0)).contains(":day" + today.start().getEpochSecond() + ":");
	}

	@Test
	void whatIsNoBucketIsWrittenOver() {
		LimitBucket bucket = bucket("key=ann", 60, LimitPeriod.HOUR);
		take(draw(bucket, 15));
		String key = keys().get(0);
		this.redis.ask(null, (commands) -> commands.set(key, new byte[] { 1, 2, 3 }));

		assertThat(take(draw(bucket, 10))).isEqualTo(granted(new Level(bucket, 50)));
		assertThat(take(draw(bucket, 10))).isEqualTo(granted(new Level(bucket, 40)));
	}

	@Test
	void whatRedisRefusesIsNoReasonToFail() {
		LimitBucket bucket = bucket("key=ann", 60, LimitPeriod.HOUR);
		take(draw(bucket, 15));
		String key = keys().get(0);
		this.redis.ask(null, (commands) -> commands.del(key));
		this.redis.ask(null, (commands) -> commands.lpush(key, new byte[] { 1 }));

		assertThat(take(draw(bucket, 10))).isInstanceOf(Grant.Unavailable.class);
		assertThat(this.store.correct(List.of(draw(bucket, 10)))).isEmpty();
	}

}
