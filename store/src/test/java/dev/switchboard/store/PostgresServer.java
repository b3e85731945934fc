package dev.switchboard.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import dev.switchboard.provider.Secret;
import dev.switchboard.store.database.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL, once per JVM: a container if there is Docker, else the same version
 * as a process. Which one is said by {@code -Dit.servers=docker|native|auto}; without a
 * server the tests fail.
 */
public final class PostgresServer {

	private static final PostgresServer INSTANCE = start(System.getProperty("it.servers", "auto"));

	private final AtomicInteger databases = new AtomicInteger();

	private final String host;

	private final int port;

	private final String user;

	private PostgresServer(String host, int port, String user) {
		this.host = host;
		this.port = port;
		this.user = user;
	}

	public static PostgresServer get() {
		return INSTANCE;
	}

	private static PostgresServer start(String choice) {
		boolean docker = switch (choice) {
			case "docker" -> true;
			case "native" -> false;
			case "auto" -> DockerClientFactory.instance().isDockerAvailable();
			default -> throw new IllegalArgumentException("it.servers=" + choice + " is none of docker, native, auto");
		};
		System.out.println("PostgreSQL runs as " + (docker ? "a container" : "a process"));
		return docker ? container() : process();
	}

	// Stopped by Testcontainers as this process ends.
	@SuppressWarnings("resource")
	private static PostgresServer container() {
		PostgreSQLContainer container = new PostgreSQLContainer("postgres:17").withUsername("postgres")
			.withPassword("postgres");
		container.start();
		return new PostgresServer(container.getHost(), container.getFirstMappedPort(), "postgres");
	}

	// Stops itself as this process ends.
	@SuppressWarnings("resource")
	private static PostgresServer process() {
		try {
			return new PostgresServer("127.0.0.1", EmbeddedPostgres.start().getPort(), "postgres");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public String host() {
		return this.host;
	}

	public int port() {
		return this.port;
	}

	/** A new and empty database. */
	public DatabaseSettings newDatabase() {
		String name = "test_" + this.databases.incrementAndGet();
		try (Connection connection = DriverManager.getConnection(url("postgres", this.host, this.port), this.user,
				this.user); Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return settings(url(name, this.host, this.port));
	}

	/** The same database, behind another port of this machine. */
	public DatabaseSettings through(int otherPort, DatabaseSettings database) {
		return settings(url(database.url().substring(database.url().lastIndexOf('/') + 1), "127.0.0.1", otherPort));
	}

	private DatabaseSettings settings(String url) {
		return DatabaseSettings.at(url, this.user, Secret.of(this.user));
	}

	private static String url(String database, String host, int port) {
		return "jdbc:postgresql://" + host + ":" + port + "/" + database;
	}

}
