package dev.switchboard.redis;

import java.time.Duration;

import dev.switchboard.redis.connection.RedisSettings;
import dev.switchboard.servers.RedisServer;

/**
 * Settings for the Redis of the tests.
 */
public final class Servers {

	private Servers() {
	}

	/** The Redis, for one test. */
	public static RedisSettings settings() {
		return settings(RedisServer.get().url());
	}

	/** The Redis at some URL, for one test, with time enough for a busy machine. */
	public static RedisSettings settings(String url) {
		return RedisSettings.at(url, null, null, Duration.ofSeconds(5), Duration.ofSeconds(5),
				RedisServer.get().newPrefix());
	}

}
