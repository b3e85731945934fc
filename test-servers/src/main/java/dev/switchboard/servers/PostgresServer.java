package dev.switchboard.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL, once per JVM.
 */
public final class PostgresServer {

	private static final String USER = "postgres";

	private static final PostgresServer INSTANCE = ServerChoice.start("PostgreSQL", PostgresServer::container,
			PostgresServer::process);

	private final AtomicInteger databases = new AtomicInteger();

	private final String host;

	private final int port;

	private PostgresServer(String host, int port) {
		this.host = host;
		this.port = port;
	}

	public static PostgresServer get() {
		return INSTANCE;
	}

	// Stopped by Testcontainers as this process ends.
	@SuppressWarnings("resource")
	private static PostgresServer container() {
		PostgreSQLContainer container = new PostgreSQLContainer("postgres:17").withUsername(USER).withPassword(USER);
		container.start();
		return new PostgresServer(container.getHost(), container.getFirstMappedPort());
	}

	// Stops itself as this process ends.
	@SuppressWarnings("resource")
	private static PostgresServer process() {
		try {
			return new PostgresServer("127.0.0.1", EmbeddedPostgres.start().getPort());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A new and empty database. */
	public PostgresDatabase newDatabase() {
		String name = "test_" + this.databases.incrementAndGet();
		PostgresDatabase main = database("postgres");
		try (Connection connection = DriverManager.getConnection(main.url(), main.user(), main.password());
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return database(name);
	}

	/** A way to this server, open at first. */
	public CuttableWay newWay() {
		return new CuttableWay(this.host, this.port);
	}

	private PostgresDatabase database(String name) {
		return new PostgresDatabase(this.host, this.port, name, USER, USER);
	}

}
