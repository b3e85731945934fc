package dev.switchboard.redis.autoconfigure;

import java.time.InstantSource;

import dev.switchboard.autoconfigure.SwitchboardAutoConfiguration;
import dev.switchboard.limit.LimitStore;
import dev.switchboard.redis.connection.RedisConnection;
import dev.switchboard.redis.limit.RedisLimitStore;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of the limits that all nodes share. It comes before that of the
 * routes, which would keep them in memory.
 */
@AutoConfiguration(before = SwitchboardAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = { "switchboard.enabled", "switchboard.redis.limits.enabled" },
		matchIfMissing = true)
@Conditional(OnRedisUrl.class)
public final class RedisLimitAutoConfiguration {

	// Not before everything that is configured has been looked at.
	@Bean
	@Lazy
	@ConditionalOnMissingBean(LimitStore.class)
	RedisLimitStore switchboardLimitStore(RedisConnection redis, RedisProperties properties) {
		return new RedisLimitStore(redis, properties.limits().onOutage(), InstantSource.system());
	}

}
