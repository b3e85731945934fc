package dev.switchboard.store.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
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
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::isAway);
		awaitLongPause();
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

	/** A connection that the pool had before is found broken only by its use. */
	private boolean isAway() {
		try (Connection connection = this.pool.getConnection(); Statement statement = connection.createStatement()) {
			return !statement.execute("select 1");
		}
		catch (SQLException ex) {
			return true;
		}
	}

	/** The pool's pauses double up to five seconds: one of three has two left. */
	private void awaitLongPause() throws InterruptedException {
		int tries = this.way.accepted();
		long since = System.nanoTime();
		while (System.nanoTime() - since < TimeUnit.SECONDS.toNanos(3)) {
			TimeUnit.MILLISECONDS.sleep(50);
			if (this.way.accepted() != tries) {
				tries = this.way.accepted();
				since = System.nanoTime();
			}
		}
	}

}
