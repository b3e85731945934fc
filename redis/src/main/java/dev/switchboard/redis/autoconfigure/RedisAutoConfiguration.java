package dev.switchboard.redis.autoconfigure;

import dev.switchboard.autoconfigure.SwitchboardAutoConfiguration;
import dev.switchboard.cache.SecondLevel;
import dev.switchboard.change.ChangeFeed;
import dev.switchboard.redis.cache.RedisAnswers;
import dev.switchboard.redis.cache.RedisCacheMeters;
import dev.switchboard.redis.change.RedisChangeFeed;
import dev.switchboard.redis.connection.RedisConnection;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of what nodes share in Redis. It makes no bean of Lettuce's or
 * Spring Data's: what an application has of those stays as it is.
 */
@AutoConfiguration(after = SwitchboardAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "switchboard.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RedisProperties.class)
public final class RedisAutoConfiguration {

	@Bean
	RedisInspection switchboardRedisInspection(RedisProperties properties) {
		return new RedisInspection(properties);
	}

	@Bean
	@ConditionalOnMissingBean(RedisConnection.class)
	UnusedRedis switchboardUnusedRedis() {
		return new UnusedRedis();
	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(OnRedisUrl.class)
	static class WithUrl {

		@Bean
		@ConditionalOnMissingBean
		RedisConnection switchboardRedisConnection(RedisInspection inspection) {
			return RedisConnection.open(inspection.settings());
		}

		@Bean
		@ConditionalOnMissingBean(ChangeFeed.class)
		RedisChangeFeed switchboardChangeFeed(RedisConnection redis) {
			return new RedisChangeFeed(redis);
		}

		@Bean
		@ConditionalOnMissingBean(SecondLevel.class)
		@ConditionalOnBooleanProperty(name = "switchboard.redis.cache.enabled", matchIfMissing = true)
		RedisAnswers switchboardSecondLevel(RedisConnection redis, RedisProperties properties) {
			return new RedisAnswers(redis, Math.toIntExact(properties.cache().maxEntrySize().toBytes()));
		}

		@Bean
		@ConditionalOnBean(RedisAnswers.class)
		@ConditionalOnMissingBean
		RedisCacheMeters switchboardRedisCacheMeters(RedisAnswers answers) {
			return new RedisCacheMeters(answers);
		}

	}

}
