package dev.switchboard.store.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Connections of the store's own. Whoever gets none at once asks the database itself
 * whether it is there: an empty pool only says that there is none, and would let him wait
 * just as long for a database that refuses him. For one that is busy he waits five
 * seconds. One that is back he has at once: the pool itself tries again only after a
 * pause that has grown to five seconds in a long outage.
 */
final class Pool extends AbstractDataSource implements AutoCloseable {

	private static final int CONNECTIONS = 8;

	private static final int CONNECT_SECONDS = 5;

	/** The least that HikariCP takes. */
	private static final long UNTIL_ASKED_MILLIS = 250;

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final NewConnections database;

	private final HikariDataSource pool;

	private final ReentrantLock asking = new ReentrantLock();

	Pool(DatabaseSettings settings, Dialect dialect) {
		this.database = new NewConnections(settings, dialect);
		HikariConfig config = new HikariConfig();
		config.setPoolName("switchboard-store");
		config.setDataSource(this.database);
		config.setMaximumPoolSize(CONNECTIONS);
		config.setMinimumIdle(1);
		config.setConnectionTimeout(UNTIL_ASKED_MILLIS);
		config.setInitializationFailTimeout(-1);
		this.pool = new HikariDataSource(config);
	}

	@Override
	public Connection getConnection() throws SQLException {
		long began = System.nanoTime();
		while (true) {
			try {
				return this.pool.getConnection();
			}
			catch (SQLTransientConnectionException ex) {
				Connection back = ask();
				if (back != null) {
					return back;
				}
				if (System.nanoTime() - began > PATIENCE_NANOS) {
					throw ex;
				}
			}
		}
	}

	/** One asks for all who wait, and keeps the answer while the pool has nothing. */
	private @Nullable Connection ask() throws SQLException {
		if (!this.asking.tryLock()) {
			return null;
		}
		try {
			Connection connection = this.database.getConnection();
			if (this.pool.getHikariPoolMXBean().getTotalConnections() == 0) {
				return connection;
			}
			connection.close();
			return null;
		}
		finally {
			this.asking.unlock();
		}
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

	@Override
	public void close() {
		this.pool.close();
	}

	private static final class NewConnections extends DriverManagerDataSource {

		NewConnections(DatabaseSettings settings, Dialect dialect) {
			super(settings.url(), (settings.username() != null) ? settings.username() : "",
					(settings.password() != null) ? settings.password().reveal() : "");
			if (dialect == Dialect.POSTGRESQL) {
				Properties properties = new Properties();
				properties.setProperty("reWriteBatchedInserts", "true");
				properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
				properties.setProperty("loginTimeout", String.valueOf(CONNECT_SECONDS));
				// A server that went silently must not hold the ledger for ever.
				properties.setProperty("socketTimeout", "300");
				properties.setProperty("ApplicationName", "switchboard");
				setConnectionProperties(properties);
			}
		}

		// The pool would set that of the driver manager, which is everybody's.
		@Override
		public void setLoginTimeout(int seconds) {
		}

		// As it ends, the pool waits so long for a connection that is being made.
		@Override
		public int getLoginTimeout() {
			return CONNECT_SECONDS;
		}

	}

}
