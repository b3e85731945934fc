package dev.switchboard.servers;

import java.util.concurrent.atomic.AtomicInteger;

import org.testcontainers.containers.GenericContainer;
import redis.embedded.ports.EphemeralPortProvider;

/**
 * A real Redis, once per JVM.
 */
public final class RedisServer {

	private static final RedisServer INSTANCE = ServerChoice.start("Redis", RedisServer::container,
			RedisServer::process);

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
		return url(this.host, this.port);
	}

	/** Where it is at the end of a way. */
	public String through(CuttableWay way) {
		return url(way.host(), way.port());
	}

	/** A way to this server, open at first. */
	public CuttableWay newWay() {
		return new CuttableWay(this.host, this.port);
	}

	/** A prefix that no other test has. */
	public String newPrefix() {
		return "test-" + this.prefixes.incrementAndGet();
	}

	private static String url(String host, int port) {
		return "redis://" + host + ":" + port;
	}

}
