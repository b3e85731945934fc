package dev.switchboard.store.budget;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.switchboard.store.database.Database;

import org.springframework.jdbc.core.ConnectionCallback;

/**
 * In PostgreSQL, where each statement is a journey and holds its locks for as long. So
 * there is one to reserve and one to settle, which lock their rows in order, decide, and
 * commit by themselves. A row that another transaction changed meanwhile is read anew
 * once it is locked.
 */
final class PostgresAccounts extends AccountTables {

	/** A server that went silently must not be waited for as long as for a report. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final String HOLD = """
			with held as (
				select a.id, a.spent_nanos, a.reserved_nanos, c.most
				from switchboard_account a join (values %s) as c (id, most) on c.id = a.id
				order by a.id for update of a),
			decision as (
				select count(*) = ? and bool_and(spent_nanos + reserved_nanos + ? <= most) as given from held),
			noted as (
				insert into switchboard_reservation (id, accounts, amount_nanos, expires_at, given_back)
				select ?::uuid, ?::varchar, ?::bigint, ?::timestamptz, false from decision where given),
			booked as (
				update switchboard_account a set reserved_nanos = a.reserved_nanos + ?
				from held, decision where decision.given and a.id = held.id)
			select held.id, held.spent_nanos, held.reserved_nanos, decision.given from held, decision""";

	private static final String BOOK = """
			with taken as (
				delete from switchboard_reservation where id = ? returning amount_nanos, given_back),
			held as (
				select a.id from switchboard_account a
				where a.id in (%s) and exists (select 1 from taken)
				order by a.id for update),
			booked as (
				update switchboard_account a
				set spent_nanos = a.spent_nanos + ?,
					reserved_nanos = greatest(0, a.reserved_nanos
							- case when taken.given_back then 0 else taken.amount_nanos end)
				from held, taken where a.id = held.id
				returning a.id, a.spent_nanos, a.reserved_nanos)
			select id, spent_nanos, reserved_nanos from booked""";

	PostgresAccounts(Database database) {
		super(database);
	}

	@Override
	Held hold(UUID id, List<Limited> limits, long amount, OffsetDateTime expires) {
		List<Object> parameters = new ArrayList<>();
		limits.forEach((account) -> parameters.addAll(List.of(account.id(), account.limit())));
		parameters.addAll(List.of((long) limits.size(), amount, id, text(limits), amount, expires, amount));
		return query(HOLD.formatted(marks("(?::uuid, ?::bigint)", limits.size())), parameters, (rows) -> {
			Map<UUID, Amounts> before = new HashMap<>();
			boolean given = false;
			while (rows.next()) {
				before.put(rows.getObject(1, UUID.class), amounts(rows));
				given = rows.getBoolean(4);
			}
			return new Held(given, before);
		});
	}

	@Override
	Map<UUID, Amounts> book(UUID id, List<KeyedAccount> accounts, long spent) {
		List<Object> parameters = new ArrayList<>(List.of(id));
		accounts.forEach((account) -> parameters.add(account.id()));
		parameters.add(spent);
		return query(BOOK.formatted(marks("?", accounts.size())), parameters, (rows) -> {
			Map<UUID, Amounts> after = new HashMap<>();
			while (rows.next()) {
				after.put(rows.getObject(1, UUID.class), amounts(rows));
			}
			return after;
		});
	}

	private static Amounts amounts(ResultSet row) throws SQLException {
		return new Amounts(row.getLong(2), row.getLong(3));
	}

	private <T> T query(String sql, List<Object> parameters, Reader<T> reader) {
		return database().operations().execute((ConnectionCallback<T>) (connection) -> {
			connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				for (int i = 0; i < parameters.size(); i++) {
					statement.setObject(i + 1, parameters.get(i));
				}
				try (ResultSet rows = statement.executeQuery()) {
					return reader.read(rows);
				}
			}
		});
	}

	@FunctionalInterface
	private interface Reader<T> {

		T read(ResultSet rows) throws SQLException;

	}

}
