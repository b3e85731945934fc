package dev.switchboard.store.budget;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.switchboard.store.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * In H2, where a statement costs next to nothing as it is in the same process.
 */
final class H2Accounts extends AccountTables {

	private static final String HOLD = "select spent_nanos, reserved_nanos from final table (update switchboard_account "
			+ "set reserved_nanos = reserved_nanos + ? where id = ? and spent_nanos + reserved_nanos + ? <= ?)";

	private static final String NOTE = "insert into switchboard_reservation (id, accounts, amount_nanos, expires_at, "
			+ "given_back) values (?, ?, ?, ?, false)";

	private static final String TAKE = "select amount_nanos, given_back from old table (delete from "
			+ "switchboard_reservation where id = ?)";

	private static final String BOOK = "select spent_nanos, reserved_nanos from final table (update switchboard_account "
			+ "set spent_nanos = spent_nanos + ?, reserved_nanos = greatest(0, reserved_nanos - ?) where id = ?)";

	H2Accounts(Database database) {
		super(database);
	}

	@Override
	Held hold(UUID id, List<Limited> limits, long amount, OffsetDateTime expires) {
		return database().transactions().execute((status) -> {
			Map<UUID, Amounts> before = new HashMap<>();
			for (Limited account : limits) {
				Amounts after = row(HOLD, amount, account.id(), amount, account.limit());
				if (after == null) {
					Held held = refused(limits, before);
					status.setRollbackOnly();
					return held;
				}
				before.put(account.id(), after.with(-amount));
			}
			update(NOTE, id, text(limits), amount, expires);
			return new Held(true, before);
		});
	}

	private Held refused(List<Limited> limits, Map<UUID, Amounts> held) {
		Map<UUID, Amounts> before = amounts(limits.stream().map(Limited::id).toList());
		before.putAll(held);
		return new Held(false, before);
	}

	@Override
	Map<UUID, Amounts> book(UUID id, List<KeyedAccount> accounts, long spent) {
		return database().transactions().execute((status) -> {
			Map<UUID, Amounts> after = new HashMap<>();
			Long reserved = database().client()
				.sql(TAKE)
				.param(id)
				.query((row, number) -> row.getBoolean(2) ? 0L : row.getLong(1))
				.optional()
				.orElse(null);
			if (reserved != null) {
				for (KeyedAccount account : accounts) {
					Amounts amounts = row(BOOK, spent, reserved, account.id());
					after.put(account.id(), (amounts != null) ? amounts : Amounts.NONE);
				}
			}
			return after;
		});
	}

	private @Nullable Amounts row(String sql, Object... parameters) {
		return database().client()
			.sql(sql)
			.params(parameters)
			.query((row, number) -> new Amounts(row.getLong(1), row.getLong(2)))
			.optional()
			.orElse(null);
	}

}
