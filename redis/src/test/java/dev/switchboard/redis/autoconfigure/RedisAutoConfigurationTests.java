package dev.switchboard.redis.autoconfigure;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import dev.switchboard.autoconfigure.ConfigurationProblem;
import dev.switchboard.autoconfigure.InvalidSwitchboardConfigurationException;
import dev.switchboard.autoconfigure.SwitchboardAutoConfiguration;
import dev.switchboard.autoconfigure.SwitchboardSimulatorAutoConfiguration;
import dev.switchboard.cache.SecondLevel;
import dev.switchboard.call.LimitRefusal;
import dev.switchboard.call.RateLimitExceededException;
import dev.switchboard.change.ChangeFeed;
import dev.switchboard.limit.InMemoryLimitStore;
import dev.switchboard.limit.LimitStore;
import dev.switchboard.redis.cache.RedisAnswers;
import dev.switchboard.redis.cache.RedisCacheMeters;
import dev.switchboard.redis.change.RedisChangeFeed;
import dev.switchboard.redis.connection.RedisConnection;
import dev.switchboard.redis.limit.RedisLimitStore;
import dev.switchboard.servers.RedisServer;
import io.lettuce.core.RedisClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@ExtendWith(OutputCaptureExtension.class)
class RedisAutoConfigurationTests {

	/** Where nothing listens. */
	private static final String NOWHERE = "switchboard.redis.url=redis://127.0.0.1:1";

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ChatClientAutoConfiguration.class, SwitchboardAutoConfiguration.class,
				SwitchboardSimulatorAutoConfiguration.class, RedisAutoConfiguration.class,
				RedisLimitAutoConfiguration.class, RedisHealthAutoConfiguration.class))
		.withPropertyValues("switchboard.simulator.enabled=true", "switchboard.routes.support.targets=openai/gpt-5.4",
				"switchboard.routes.support.cache.ttl=10m");

	@Test
	void aUrlTurnsItOn() {
		this.application.withPropertyValues("switchboard.redis.url=" + RedisServer.get().url())
			.run((context) -> assertThat(context).hasSingleBean(RedisConnection.class)
				.hasSingleBean(RedisCacheMeters.class)
				.getBean(SecondLevel.class)
				.isInstanceOf(RedisAnswers.class)
				.satisfies(
						(level) -> assertThat(context.getBean(ChangeFeed.class)).isInstanceOf(RedisChangeFeed.class)));
	}

	@Test
	void withoutAUrlNothingHappensAndThatIsSaid(CapturedOutput output) {
		this.application.withPropertyValues("switchboard.redis.url=")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(RedisConnection.class)
				.doesNotHaveBean(SecondLevel.class)
				.doesNotHaveBean(ChangeFeed.class));
		assertThat(output.getOut().lines().filter((line) -> line.contains("Redis is not used"))).singleElement()
			.asString()
			.contains("INFO", "'switchboard.redis.url'");
	}

	@Test
	void anApplicationStartsWhileRedisIsAway() {
		this.application.withPropertyValues(NOWHERE).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean("support", ChatClient.class).prompt("Hi").call().content()).isNotBlank();
		});
	}

	@Test
	void theCacheCanBeLeftOut() {
		this.application.withPropertyValues(NOWHERE, "switchboard.redis.cache.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SecondLevel.class)
				.doesNotHaveBean(RedisCacheMeters.class)
				.hasSingleBean(ChangeFeed.class));
	}

	@Test
	void limitsAreSharedUnlessTheyAreLeftOut() {
		this.application.withPropertyValues(NOWHERE)
			.run((context) -> assertThat(context).getBean(LimitStore.class).isInstanceOf(RedisLimitStore.class));
		this.application.withPropertyValues(NOWHERE, "switchboard.redis.limits.enabled=false")
			.run((context) -> assertThat(context).getBean(LimitStore.class).isInstanceOf(InMemoryLimitStore.class));
		this.application
			.run((context) -> assertThat(context).getBean(LimitStore.class).isInstanceOf(InMemoryLimitStore.class));
	}

	@Test
	void whileRedisIsAwayLimitsHoldPerNodeOrNobodyIsLetThrough() {
		String limit = "switchboard.limits.all.requests=1";
		this.application.withPropertyValues(NOWHERE, limit).run((context) -> {
			assertThat(call(context)).isNotBlank();
			assertThat(refusal(context)).isEqualTo(LimitRefusal.Reason.EXHAUSTED);
		});
		this.application.withPropertyValues(NOWHERE, limit, "switchboard.redis.limits.on-outage=fail-closed")
			.run((context) -> assertThat(refusal(context)).isEqualTo(LimitRefusal.Reason.UNAVAILABLE));
	}

	private static LimitRefusal.Reason refusal(AssertableApplicationContext context) {
		return catchThrowableOfType(RateLimitExceededException.class, () -> call(context)).refusal().reason();
	}

	private static String call(AssertableApplicationContext context) {
		return context.getBean("support", ChatClient.class).prompt("Hi").call().content();
	}

	@Test
	void allOfItCanBeTurnedOff() {
		this.application.withPropertyValues(NOWHERE, "switchboard.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(RedisConnection.class)
				.doesNotHaveBean(LimitStore.class)
				.doesNotHaveBean(UnusedRedis.class));
	}

	@Test
	void beansOfOnesOwnWin() {
		this.application.withPropertyValues(NOWHERE)
			.withBean(ChangeFeed.class, () -> ChangeFeed.NONE)
			.withBean(LimitStore.class, () -> new InMemoryLimitStore(InstantSource.system()))
			.run((context) -> {
				assertThat(context.getBean(ChangeFeed.class)).isSameAs(ChangeFeed.NONE);
				assertThat(context).getBean(LimitStore.class).isInstanceOf(InMemoryLimitStore.class);
			});
	}

	@Test
	void theRedisOfTheApplicationStaysItsOwn() {
		this.application.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
			.withPropertyValues("switchboard.redis.url=" + RedisServer.get().url(), "spring.data.redis.port=1")
			.run((context) -> assertThat(context).hasSingleBean(RedisConnectionFactory.class)
				.doesNotHaveBean(RedisClient.class));
		this.application.withPropertyValues("switchboard.redis.url=" + RedisServer.get().url())
			.run((context) -> assertThat(context).doesNotHaveBean(RedisConnectionFactory.class));
	}

	@Test
	void healthIsUpOrUnknownAndNeverDown() {
		this.application.withPropertyValues("switchboard.redis.url=" + RedisServer.get().url())
			.run((context) -> Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> health(context).getStatus().equals(Status.UP)));
		this.application.withPropertyValues(NOWHERE).run((context) -> {
			assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health(context).getDetails()).containsEntry("address", "127.0.0.1:1");
		});
		this.application.withPropertyValues(NOWHERE, "management.health.switchboard-redis.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
	}

	private static Health health(AssertableApplicationContext context) {
		return context.getBean("switchboardRedisHealthIndicator", HealthIndicator.class).health();
	}

	@Test
	void everythingThatIsWrongIsToldAtOnceAndWithoutThePassword(CapturedOutput output) {
		this.application
			.withPropertyValues("switchboard.redis.url=redis-sentinel://user:secret-one@host/x",
					"switchboard.redis.username=user", "switchboard.redis.timeout=0s",
					"switchboard.redis.connect-timeout=-1s", "switchboard.redis.key-prefix=a b",
					"switchboard.redis.cache.max-entry-size=1GB", "switchboard.redis.tiemout=1s",
					"switchboard.redis.limits.on-outtage=fail-open")
			.run((context) -> {
				assertThat(problems(context)).hasSize(8).allMatch((problem) -> problem.contains("Action: "));
				assertThat(problems(context)).extracting((problem) -> problem.split("'")[1])
					.contains("switchboard.redis.url", "switchboard.redis.username", "switchboard.redis.timeout",
							"switchboard.redis.connect-timeout", "switchboard.redis.key-prefix",
							"switchboard.redis.cache.max-entry-size", "switchboard.redis.tiemout",
							"switchboard.redis.limits.on-outtage");
				assertThat(String.join("", problems(context))).doesNotContain("secret-one");
			});
		assertThat(output.getOut()).doesNotContain("secret-one");
	}

	@Test
	void aRuleThatThereIsNotIsTold() {
		this.application.withPropertyValues(NOWHERE, "switchboard.redis.limits.on-outage=fail-shut")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("OutageRule.fail-shut"));
	}

	@Test
	void somebodyToSignInNeedsAUrl() {
		this.application.withPropertyValues("switchboard.redis.password=secret")
			.run((context) -> assertThat(problems(context)).singleElement()
				.asString()
				.startsWith("Property 'switchboard.redis.url' is missing"));
	}

	private static List<String> problems(AssertableApplicationContext context) {
		Throwable cause = context.getStartupFailure();
		while (cause != null && !(cause instanceof InvalidSwitchboardConfigurationException)) {
			cause = cause.getCause();
		}
		assertThat(cause).isNotNull();
		return ((InvalidSwitchboardConfigurationException) cause).problems()
			.stream()
			.map(ConfigurationProblem::toString)
			.toList();
	}

}
