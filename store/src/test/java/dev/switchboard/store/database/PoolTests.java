package dev.switchboard.store.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.pool.ProxyConnection;
import dev.switchboard.servers.CuttableWay;
import dev.switchboard.servers.PostgresServer;
import dev.switchboard.store.Databases;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PoolTests {

	private static final int ALL = 8;

	private final CuttableWay way = PostgresServer.get().newWay();

	private final Pool pool = new Pool(Databases.settings(PostgresServer.get().newDatabase().through(this.way)),
			Dialect.POSTGRESQL);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void close() {
		this.threads.shutdownNow();
		this.pool.close();
		this.way.close();
	}

	@Test
	void whoFindsTheDatabaseAwayIsToldByItAndNotByThePool() {
		this.way.cut();
		SQLException away = catchThrowableOfType(SQLException.class, this.pool::getConnection);
		assertThat((Throwable) away).isNotInstanceOf(SQLTransientConnectionException.class);
		assertThat(away.getSQLState()).as("that of a connection").startsWith("08");
	}

	@Test
	void whoFindsTheDatabaseBackDoesNotWaitForThePoolToFindItToo() throws Exception {
		this.way.cut();
		catchThrowableOfType(SQLException.class, this.pool::getConnection);
		// From 10 ms to more than 2 s, the pool's pauses have doubled by then.
		TimeUnit.SECONDS.sleep(6);
		this.way.mend();

		try (Connection connection = this.pool.getConnection()) {
			assertThat(connection.isValid(5)).isTrue();
			assertThat(connection).as("one of his own").isNotInstanceOf(ProxyConnection.class);
		}

		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			try (Connection connection = this.pool.getConnection()) {
				assertThat(connection).isInstanceOf(ProxyConnection.class);
			}
		});
	}

	@Test
	void whoFindsAllConnectionsInUseWaitsForOne() throws Exception {
		List<Connection> used = new ArrayList<>();
		for (int i = 0; i < ALL; i++) {
			used.add(this.pool.getConnection());
		}
		Future<Integer> waiting = this.threads.submit(() -> {
			try (Connection connection = this.pool.getConnection()) {
				return connection.getTransactionIsolation();
			}
		});
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.way.accepted() > ALL);
		assertThat(waiting).isNotDone();

		used.get(0).close();

		assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
		for (Connection connection : used) {
			connection.close();
		}
	}

}
