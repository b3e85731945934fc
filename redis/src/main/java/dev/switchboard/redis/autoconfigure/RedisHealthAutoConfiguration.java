package dev.switchboard.redis.autoconfigure;

import dev.switchboard.redis.connection.RedisConnection;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what the health endpoint says of Redis.
 */
@AutoConfiguration(after = RedisAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnBean(RedisConnection.class)
@ConditionalOnEnabledHealthIndicator("switchboard-redis")
public final class RedisHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "switchboardRedisHealthIndicator")
	RedisHealthIndicator switchboardRedisHealthIndicator(RedisConnection redis) {
		return new RedisHealthIndicator(redis);
	}

}
