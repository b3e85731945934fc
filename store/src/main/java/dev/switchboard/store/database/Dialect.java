package dev.switchboard.store.database;

import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.util.ClassUtils;

/**
 * What differs between the databases.
 */
public enum Dialect {

	/** H2, in memory, in files or as a server. */
	H2("jdbc:h2:", "org.h2.Driver") {

		@Override
		public String insertIfAbsent(String table, List<String> columns, List<String> key) {
			return "merge into " + table + " (" + String.join(", ", columns) + ") key (" + String.join(", ", key)
					+ ") values (" + marks(columns) + ")";
		}

		// What is committed may wait half a second in the process before it is written.
		@Override
		public void write(JdbcOperations jdbc) {
			jdbc.execute("checkpoint");
		}

		@Override
		public void persist(JdbcOperations jdbc) {
			jdbc.execute("checkpoint sync");
		}

	},

	/** PostgreSQL. */
	POSTGRESQL("jdbc:postgresql:", "org.postgresql.Driver") {

		@Override
		public String insertIfAbsent(String table, List<String> columns, List<String> key) {
			return insert(table, columns) + " on conflict (" + String.join(", ", key) + ") do nothing";
		}

		@Override
		public void write(JdbcOperations jdbc) {
			// It is another process.
		}

		@Override
		public void persist(JdbcOperations jdbc) {
			// A commit is on its disk.
		}

	};

	private final String prefix;

	private final String driver;

	Dialect(String prefix, String driver) {
		this.prefix = prefix;
		this.driver = driver;
	}

	/**
	 * The dialect of a database.
	 * @param url its JDBC URL
	 * @return the dialect; {@code null} if it is of neither
	 */
	public static @Nullable Dialect of(String url) {
		for (Dialect dialect : values()) {
			if (url.startsWith(dialect.prefix)) {
				return dialect;
			}
		}
		return null;
	}

	/**
	 * The part of a JDBC URL that tells the database, without what may be secret.
	 * @param url the URL
	 * @return its first two parts, such as {@code jdbc:h2}
	 */
	public static String scheme(String url) {
		String[] parts = url.split(":", 3);
		return (parts.length > 1) ? parts[0] + ":" + parts[1] : "no JDBC URL";
	}

	/**
	 * Whether its driver is there.
	 * @return whether it can be used
	 */
	public boolean hasDriver() {
		return ClassUtils.isPresent(this.driver, null);
	}

	/**
	 * A statement that inserts a row.
	 * @param table the table
	 * @param columns the columns, in the order of the parameters
	 * @return the statement
	 */
	public static String insert(String table, List<String> columns) {
		return "insert into " + table + " (" + String.join(", ", columns) + ") values (" + marks(columns) + ")";
	}

	/**
	 * A statement that inserts a row unless there is one with its key already, which then
	 * is the same.
	 * @param table the table
	 * @param columns the columns, in the order of the parameters
	 * @param key those of its key
	 * @return the statement
	 */
	public abstract String insertIfAbsent(String table, List<String> columns, List<String> key);

	/**
	 * Makes sure that what was committed outlives this process, if not a loss of power.
	 * @param jdbc the database
	 */
	public abstract void write(JdbcOperations jdbc);

	/**
	 * Makes sure that what was committed outlives this process.
	 * @param jdbc the database
	 */
	public abstract void persist(JdbcOperations jdbc);

	private static String marks(List<String> columns) {
		return String.join(", ", Collections.nCopies(columns.size(), "?"));
	}

}
