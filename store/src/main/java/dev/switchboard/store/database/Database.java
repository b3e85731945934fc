package dev.switchboard.store.database;

import java.util.concurrent.locks.ReentrantLock;

import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The store's own database. It need not be there when the application starts, nor stay
 * there: its tables are made as soon as it can be reached.
 * <p>
 * It is no {@code DataSource} and has none to be injected, so that nothing of an
 * application takes it for its own.
 */
public final class Database implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Database.class);

	private final Pool pool;

	private final Dialect dialect;

	private final boolean embedded;

	private final JdbcTemplate jdbc;

	private final JdbcClient client;

	private final TransactionOperations transactions;

	private final ReentrantLock migration = new ReentrantLock();

	private volatile boolean migrated;

	private Database(Pool pool, Dialect dialect, boolean embedded) {
		this.pool = pool;
		this.embedded = embedded;
		this.dialect = dialect;
		this.jdbc = new JdbcTemplate(pool);
		this.client = JdbcClient.create(this.jdbc);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
	}

	/**
	 * Opens a database, without asking whether it is there.
	 * @param settings which
	 * @return the database, to be closed
	 * @throws IllegalArgumentException if it is neither H2 nor PostgreSQL
	 */
	public static Database open(DatabaseSettings settings) {
		Dialect dialect = Dialect.of(settings.url());
		if (dialect == null) {
			throw new IllegalArgumentException(
					"A store is kept in H2 or PostgreSQL, but found " + Dialect.scheme(settings.url()));
		}
		return new Database(new Pool(settings, dialect), dialect, settings.embedded());
	}

	/**
	 * Makes sure that the tables are there.
	 * @return this
	 * @throws DataAccessException if the database cannot be reached
	 */
	public Database ready() {
		if (this.migrated) {
			return this;
		}
		this.migration.lock();
		try {
			if (!this.migrated) {
				// Tells by its exception that the database is away; Flyway's could be
				// anything.
				this.jdbc.queryForObject("select 1", Integer.class);
				migrate();
				this.migrated = true;
			}
			return this;
		}
		finally {
			this.migration.unlock();
		}
	}

	private void migrate() {
		Flyway.configure(Database.class.getClassLoader())
			.dataSource(this.pool)
			.locations("classpath:dev/switchboard/store/migration")
			.table("switchboard_schema_history")
			// The schema may be one that an application has filled already.
			.baselineOnMigrate(true)
			.baselineVersion("0")
			.load()
			.migrate();
	}

	/**
	 * The dialect of the database.
	 * @return which database it is
	 */
	public Dialect dialect() {
		return this.dialect;
	}

	/**
	 * Statements and queries.
	 * @return for one statement at a time
	 */
	public JdbcClient client() {
		return this.client;
	}

	/**
	 * Statements in batches.
	 * @return the same database
	 */
	public JdbcOperations operations() {
		return this.jdbc;
	}

	/**
	 * Statements that are committed together.
	 * @return transactions, which hold for the thread that runs them
	 */
	public TransactionOperations transactions() {
		return this.transactions;
	}

	/**
	 * Makes sure that what was committed outlives this process, if not a loss of power.
	 */
	public void write() {
		this.dialect.write(this.jdbc);
	}

	/**
	 * Makes sure that what was committed outlives this process.
	 */
	public void persist() {
		this.dialect.persist(this.jdbc);
	}

	@Override
	public void close() {
		try {
			if (this.embedded && this.migrated) {
				// Then it ends with its last connection.
				this.jdbc.execute("set db_close_delay 0");
			}
		}
		catch (DataAccessException ex) {
			log.debug("Database could not be shut down", ex);
		}
		this.pool.close();
	}

}
