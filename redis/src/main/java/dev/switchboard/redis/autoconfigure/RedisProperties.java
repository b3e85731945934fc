package dev.switchboard.redis.autoconfigure;

import java.time.Duration;

import dev.switchboard.provider.Secret;
import dev.switchboard.redis.limit.OutageRule;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Everything that is configured under {@code switchboard.redis}.
 *
 * @param url URL of the Redis that all nodes share, beginning with 'redis://' or, for
 * TLS, 'rediss://'. Without it there is none.
 * @param username Name by which to sign in there, if not in the URL.
 * @param password Password by which to sign in there, if not in the URL.
 * @param timeout How long a command may take before the call goes on without it.
 * @param connectTimeout How long it may take to connect and sign in.
 * @param keyPrefix What all keys and channels begin with. Applications with different
 * routes need different ones.
 * @param cache The second level of the response cache.
 * @param limits What is taken of limits.
 */
@ConfigurationProperties("switchboard.redis")
record RedisProperties(@Nullable String url, @Nullable String username, @Nullable Secret password,
		@DefaultValue("250ms") Duration timeout, @DefaultValue("2s") Duration connectTimeout,
		@DefaultValue("switchboard") String keyPrefix, @DefaultValue Cache cache, @DefaultValue Limits limits) {

	/**
	 * The second level of the response cache.
	 *
	 * @param enabled Whether remembered answers are shared by all nodes.
	 * @param maxEntrySize Most that an answer may take, before it is compressed; a larger
	 * one stays in the memory of its node.
	 */
	record Cache(@DefaultValue("true") boolean enabled, @DefaultValue("1MB") DataSize maxEntrySize) {

	}

	/**
	 * What is taken of limits.
	 *
	 * @param enabled Whether limits hold for all nodes together. Else each has its own.
	 * @param onOutage What becomes of calls that a limit concerns while Redis is away:
	 * they go on and each node counts for itself, or they are refused.
	 */
	record Limits(@DefaultValue("true") boolean enabled, @DefaultValue("fail-open") OutageRule onOutage) {

	}

	// A URL may hold a password.
	@Override
	public String toString() {
		return "RedisProperties[" + this.keyPrefix + "]";
	}

}
