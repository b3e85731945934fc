package dev.switchboard.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.switchboard.redis.connection.RedisSettings;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import redis.embedded.ports.EphemeralPortProvider;

/**
 * A real Redis, once per JVM: a container if there is Docker, else the same version as a
 * process. Which one is said by {@code -Dit.servers=docker|native|auto}; without a server
 * the tests fail.
 */
public final class RedisServer {

	private static final RedisServer INSTANCE = start(System.getProperty("it.servers", "auto"));

	private final AtomicInteger prefixes = new AtomicInteger();

	private final String host;

	private final int port;

	private RedisServer(String host, int port) {
		this.host = host;
		this.port = port;
	}

	public static RedisServer get() {
		return INSTANCE;
	}

	private static RedisServer start(String choice) {
		boolean docker = switch (choice) {
			case "docker" -> true;
			case "native" -> false;
			case "auto" -> DockerClientFactory.instance().isDockerAvailable();
			default -> throw new IllegalArgumentException("it.servers=" + choice + " is none of docker, native, auto");
		};
		System.out.println("Redis runs as " + (docker ? "a container" : "a process"));
		return docker ? container() : process();
	}

	// Stopped by Testcontainers as this process ends.
	@SuppressWarnings("resource")
	private static RedisServer container() {
		GenericContainer<?> container = new GenericContainer<>("redis:7.0").withExposedPorts(6379);
		container.start();
		return new RedisServer(container.getHost(), container.getFirstMappedPort());
	}

	private static RedisServer process() {
		int port = new EphemeralPortProvider().next();
		redis.embedded.RedisServer process = redis.embedded.RedisServer.builder()
			.port(port)
			.bind("127.0.0.1")
			.setting("save \"\"")
			.build();
		Runtime.getRuntime().addShutdownHook(new Thread(process::stop));
		process.start();
		return new RedisServer("127.0.0.1", port);
	}

	public String host() {
		return this.host;
	}

	public int port() {
		return this.port;
	}

	public String url() {
		return "redis://" + this.host + ":" + this.port;
	}

	/** A prefix that no other test has. */
	public String newPrefix() {
		return "test-" + this.prefixes.incrementAndGet();
	}

	/** This Redis, for one test. */
	public RedisSettings settings() {
		return settings(url());
	}

	/** The Redis at some URL, with time enough for a busy machine. */
	public RedisSettings settings(String url) {
		return RedisSettings.at(url, null, null, Duration.ofSeconds(5), Duration.ofSeconds(5), newPrefix());
	}

}
