package dev.switchboard.redis.autoconfigure;

import dev.switchboard.redis.connection.RedisConnection;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * What is known of Redis, without asking it. Unknown while it is away, and never down:
 * calls go on without it, and a node must not be taken out of service for it.
 */
final class RedisHealthIndicator implements HealthIndicator {

	private final RedisConnection redis;

	RedisHealthIndicator(RedisConnection redis) {
		this.redis = redis;
	}

	@Override
	public Health health() {
		Health.Builder health = this.redis.isAway() ? Health.unknown() : Health.up();
		return health.withDetail("address", this.redis.settings().address()).build();
	}

}
