package dev.switchboard.store.change;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.switchboard.store.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what.
 */
public final class AuditLog {

	private final Database database;

	/**
	 * The audit of a database.
	 * @param database the database
	 */
	public AuditLog(Database database) {
		this.database = database;
	}

	/**
	 * Enters a change; to be called in its transaction.
	 * @param entry the entry
	 */
	public void add(AuditEntry entry) {
		this.database.client()
			.sql("insert into switchboard_audit (changed_at, who, what, kind, name, details) values "
					+ "(?, ?, ?, ?, ?, ?)")
			.param(OffsetDateTime.ofInstant(entry.time(), ZoneOffset.UTC))
			.param(entry.who())
			.param(entry.what())
			.param(entry.kind())
			.param(entry.name())
			.param(entry.details())
			.update();
	}

	/**
	 * What was done, in the order in which it was.
	 * @param filter which changes
	 * @param after the number of the last entry of the page before; 0 for the first page
	 * @param limit how many, at most
	 * @return the entries
	 * @throws org.springframework.dao.DataAccessException if the database is away
	 */
	public List<AuditEntry.Numbered> entries(AuditFilter filter, long after, int limit) {
		StringBuilder sql = new StringBuilder("select * from switchboard_audit where entry > ?");
		List<Object> parameters = new ArrayList<>(List.of(after));
		if (filter.from() != null) {
			add(sql, parameters, " and changed_at >= ?", OffsetDateTime.ofInstant(filter.from(), ZoneOffset.UTC));
		}
		if (filter.until() != null) {
			add(sql, parameters, " and changed_at < ?", OffsetDateTime.ofInstant(filter.until(), ZoneOffset.UTC));
		}
		add(sql, parameters, " and name = ?", filter.name());
		sql.append(" order by entry fetch first ? rows only");
		parameters.add(limit);
		return this.database.ready()
			.client()
			.sql(sql.toString())
			.params(parameters)
			.query((row, number) -> entry(row))
			.list();
	}

	private static void add(StringBuilder sql, List<Object> parameters, String condition, @Nullable Object value) {
		if (value != null) {
			sql.append(condition);
			parameters.add(value);
		}
	}

	private static AuditEntry.Numbered entry(ResultSet row) throws SQLException {
		return new AuditEntry.Numbered(row.getLong("entry"),
				new AuditEntry(row.getObject("changed_at", OffsetDateTime.class).toInstant(), row.getString("who"),
						row.getString("what"), row.getString("kind"), row.getString("name"), row.getString("details")));
	}

}
