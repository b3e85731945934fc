package dev.switchboard.store.key;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the tables.
 */
final class KeyReader {

	private static final String VERSION = "select version from switchboard_key_version where id = 1";

	private final JdbcClient client;

	KeyReader(JdbcClient client) {
		this.client = client;
	}

	long version() {
		return this.client.sql(VERSION).query(Long.class).single();
	}

	/** Waits until nobody else changes anything, and keeps others waiting. */
	void lock() {
		this.client.sql(VERSION + " for update").query(Long.class).single();
	}

	// The version first: what is changed meanwhile is then read once more, not missed.
	KeySnapshot load() {
		long version = version();
		List<StoredTeam> teams = new ArrayList<>(
				this.client.sql("select * from switchboard_team").query((row, number) -> KeyRows.team(row)).list());
		List<StoredKey> keys = new ArrayList<>(
				this.client.sql("select * from switchboard_key").query((row, number) -> KeyRows.key(row)).list());
		// Databases sort texts by languages of their own.
		teams.sort(Comparator.comparing(StoredTeam::name));
		keys.sort(Comparator.comparing(StoredKey::name));
		return new KeySnapshot(version, keys, teams);
	}

	List<AuditEntry.Numbered> audit(AuditFilter filter, long after, int limit) {
		StringBuilder sql = new StringBuilder("select * from switchboard_key_audit where entry > ?");
		List<Object> parameters = new ArrayList<>(List.of(after));
		add(sql, parameters, " and changed_at >= ?", KeyRows.time(filter.from()));
		add(sql, parameters, " and changed_at < ?", KeyRows.time(filter.until()));
		add(sql, parameters, " and name = ?", filter.name());
		sql.append(" order by entry fetch first ? rows only");
		parameters.add(limit);
		return this.client.sql(sql.toString()).params(parameters).query((row, number) -> KeyRows.entry(row)).list();
	}

	private static void add(StringBuilder sql, List<Object> parameters, String condition, @Nullable Object value) {
		if (value != null) {
			sql.append(condition);
			parameters.add(value);
		}
	}

}
