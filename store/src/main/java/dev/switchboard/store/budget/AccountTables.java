package dev.switchboard.store.budget;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.switchboard.budget.Account;
import dev.switchboard.budget.Admission;
import dev.switchboard.budget.Balance;
import dev.switchboard.budget.Claim;
import dev.switchboard.budget.Reservation;
import dev.switchboard.cost.Money;
import dev.switchboard.store.database.Database;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Accounts and reservations in their tables. What happens at each call is written for
 * each database, in as few statements as it can; the rest is the same for all. Whoever
 * locks several rows begins with that of the reservation, and takes accounts in their
 * order.
 */
abstract class AccountTables {

	private static final int TRIES = 10;

	/** Given back at a time; the rest is for the next. */
	private static final int MANY = 500;

	/** Accounts that a node begins with. */
	private static final int MOST_KNOWN = 10_000;

	/** How long a call may take to settle after what it held back was given back. */
	private static final Duration LATENESS = Duration.ofDays(7);

	private static final Duration RETENTION = Duration.ofDays(400);

	/** More than any sum. */
	static final long NO_LIMIT = Long.MAX_VALUE;

	private static final String ACCOUNT = "select budget, holder, starts_at, ends_at, spent_nanos, reserved_nanos "
			+ "from switchboard_account where ";

	private static final String BOOK = "update switchboard_account set spent_nanos = spent_nanos + ? where id = ?";

	private static final String GIVE_BACK = "update switchboard_account set reserved_nanos = "
			+ "greatest(0, reserved_nanos - ?) where id = ?";

	private final Database database;

	AccountTables(Database database) {
		this.database = database;
	}

	static AccountTables of(Database database) {
		return switch (database.dialect()) {
			case H2 -> new H2Accounts(database);
			case POSTGRESQL -> new PostgresAccounts(database);
		};
	}

	final Database database() {
		return this.database;
	}

	/**
	 * Holds back in one transaction, if all accounts have it.
	 * @param id the reservation's
	 * @param limits what may be spent of each, in the order of locking
	 * @return whether all have it, and how those stood before that are there
	 */
	abstract Held hold(UUID id, List<Limited> limits, long amount, OffsetDateTime expires);

	/**
	 * Books in one transaction, if that was not done yet.
	 * @param id the reservation's
	 * @param accounts its accounts, in the order of locking
	 * @return how they stand after it, by key; empty if it was done before
	 */
	abstract Map<UUID, Amounts> book(UUID id, List<KeyedAccount> accounts, long spent);

	Admission reserve(UUID id, List<Claim> claims, Money amount, Instant expires) {
		Map<Account, Long> most = new HashMap<>();
		claims
			.forEach((claim) -> most.put(claim.account(), (claim.limit() != null) ? claim.limit().nanos() : NO_LIMIT));
		List<KeyedAccount> accounts = KeyedAccount.inOrder(most.keySet());
		List<Limited> limits = accounts.stream().map((keyed) -> new Limited(keyed.id(), limit(most, keyed))).toList();
		return retried(() -> {
			for (int i = 0; i < TRIES; i++) {
				Held held = hold(id, limits, amount.nanos(), expires.atOffset(ZoneOffset.UTC));
				if (held.before().size() < limits.size()) {
					accounts.forEach(this::create);
					continue;
				}
				Admission admission = admission(held, accounts, claims, amount,
						new Reservation(id.toString(), claims.stream().map(Claim::account).toList(), amount, expires));
				if (admission != null) {
					return admission;
				}
			}
			throw new ConcurrencyFailureException("Accounts change faster than they can be read");
		});
	}

	private static long limit(Map<Account, Long> limits, KeyedAccount keyed) {
		return limits.getOrDefault(keyed.account(), NO_LIMIT);
	}

	private static @Nullable Admission admission(Held held, List<KeyedAccount> accounts, List<Claim> claims,
			Money amount, Reservation reservation) {
		Map<Account, Amounts> before = new HashMap<>();
		accounts.forEach((keyed) -> before.put(keyed.account(), held.before().getOrDefault(keyed.id(), Amounts.NONE)));
		if (held.given()) {
			return new Admission.Admitted(reservation,
					claims.stream()
						.map(Claim::account)
						.map((account) -> before.getOrDefault(account, Amounts.NONE).with(amount.nanos()).of(account))
						.toList());
		}
		for (Claim claim : claims) {
			Amounts amounts = before.getOrDefault(claim.account(), Amounts.NONE);
			if (claim.limit() != null && !amounts.have(amount.nanos(), claim.limit().nanos())) {
				return new Admission.Refused(amounts.of(claim.account()), claim.limit());
			}
		}
		// It had not enough, and has again by now.
		return null;
	}

	List<Balance> settle(Reservation reservation, Money spent) {
		List<KeyedAccount> accounts = KeyedAccount.inOrder(reservation.accounts());
		UUID id = UUID.fromString(reservation.id());
		Map<UUID, Amounts> booked = retried(() -> book(id, accounts, spent.nanos()));
		Map<UUID, Amounts> after = booked.isEmpty() ? amounts(accounts.stream().map(KeyedAccount::id).toList())
				: booked;
		Map<Account, Amounts> standing = new HashMap<>();
		accounts.forEach((keyed) -> standing.put(keyed.account(), after.getOrDefault(keyed.id(), Amounts.NONE)));
		return reservation.accounts()
			.stream()
			.map((account) -> standing.getOrDefault(account, Amounts.NONE).of(account))
			.toList();
	}

	/**
	 * Books what was spent without having been held back here, all of it or nothing. The
	 * last number that is booked stands beside the reservations, so that what is booked
	 * already is left out.
	 * @param id who spent it
	 * @param spent what he spent, in the order of its numbers
	 */
	void bookAll(UUID id, List<Unbooked.Spent> spent) {
		Set<Account> concerned = new HashSet<>();
		spent.forEach((one) -> concerned.addAll(one.amounts().keySet()));
		List<KeyedAccount> accounts = KeyedAccount.inOrder(concerned);
		accounts.forEach(this::create);
		create(id);
		retried(() -> this.database.transactions().execute((status) -> {
			long booked = this.database.client()
				.sql("select amount_nanos from switchboard_reservation where id = ? for update")
				.param(id)
				.query(Long.class)
				.single();
			Map<Account, Long> sums = new HashMap<>();
			long last = booked;
			for (Unbooked.Spent one : spent) {
				if (one.number() > booked) {
					one.amounts().forEach((account, nanos) -> sums.merge(account, nanos, Math::addExact));
					last = one.number();
				}
			}
			update("update switchboard_reservation set amount_nanos = ?, expires_at = current_timestamp where id = ?",
					last, id);
			accounts.forEach((keyed) -> update(BOOK, sums.getOrDefault(keyed.account(), 0L), keyed.id()));
			return accounts;
		}));
	}

	private void create(UUID id) {
		try {
			update("insert into switchboard_reservation (id, accounts, amount_nanos, expires_at, given_back) "
					+ "select cast(? as uuid), '', 0, current_timestamp, true "
					+ "where not exists (select 1 from switchboard_reservation where id = ?)", id, id);
		}
		catch (DuplicateKeyException ex) {
			// It is there.
		}
	}

	/**
	 * Gives back what was held back by calls of which nobody will hear any more. Any
	 * number of nodes may do so at once.
	 * @param now when they were to be settled
	 * @return how many they were
	 */
	int giveBackExpired(Instant now) {
		List<Expired> expired = this.database.client()
			.sql("select id, accounts, amount_nanos from switchboard_reservation where expires_at < ? and not given_back "
					+ "order by expires_at fetch first " + MANY + " rows only")
			.param(now.atOffset(ZoneOffset.UTC))
			.query((row, number) -> new Expired(row.getObject(1, UUID.class), row.getString(2), row.getLong(3)))
			.list();
		return expired.stream().mapToInt((one) -> retried(() -> giveBack(one))).sum();
	}

	private int giveBack(Expired one) {
		Integer done = this.database.transactions().execute((status) -> {
			int marked = update("update switchboard_reservation set given_back = true where id = ? and not given_back",
					one.id());
			if (marked > 0) {
				ids(one.accounts()).forEach((account) -> update(GIVE_BACK, one.amount(), account));
			}
			return marked;
		});
		return (done != null) ? done : 0;
	}

	/** Removes what nobody asks for any more. */
	void forget(Instant now) {
		update("delete from switchboard_reservation where expires_at < ? and given_back",
				now.minus(LATENESS).atOffset(ZoneOffset.UTC));
		update("delete from switchboard_account where ends_at < ?", now.minus(RETENTION).atOffset(ZoneOffset.UTC));
	}

	List<Balance> balances(String budget, Instant now) {
		return this.database.client()
			.sql(ACCOUNT
					+ "budget = ? and (ends_at is null or ends_at > ?) and (spent_nanos > 0 or reserved_nanos > 0)")
			.params(budget, now.atOffset(ZoneOffset.UTC))
			.query((row, number) -> balance(row))
			.list();
	}

	Money spent(String budget, Instant now) {
		Long nanos = this.database.client()
			.sql("select cast(coalesce(sum(spent_nanos), 0) as bigint) from switchboard_account where budget = ? "
					+ "and (ends_at is null or ends_at > ?)")
			.params(budget, now.atOffset(ZoneOffset.UTC))
			.query(Long.class)
			.single();
		return new Money(nanos);
	}

	/** How accounts stand whose period is not over; of very many only some. */
	List<Balance> balances(Instant now) {
		return this.database.client()
			.sql(ACCOUNT + "ends_at is null or ends_at > ? order by spent_nanos desc fetch first " + MOST_KNOWN
					+ " rows only")
			.params(now.atOffset(ZoneOffset.UTC))
			.query((row, number) -> balance(row))
			.list();
	}

	private static Balance balance(ResultSet row) throws SQLException {
		OffsetDateTime end = row.getObject(4, OffsetDateTime.class);
		Account account = new Account(row.getString(1), row.getString(2),
				row.getObject(3, OffsetDateTime.class).toInstant(), (end != null) ? end.toInstant() : null);
		return new Amounts(row.getLong(5), row.getLong(6)).of(account);
	}

	final Map<UUID, Amounts> amounts(List<UUID> ids) {
		Map<UUID, Amounts> found = new HashMap<>();
		this.database.client()
			.sql("select id, spent_nanos, reserved_nanos from switchboard_account where id in ("
					+ marks("?", ids.size()) + ")")
			.params(List.copyOf(ids))
			.query((row) -> {
				found.put(row.getObject(1, UUID.class), new Amounts(row.getLong(2), row.getLong(3)));
			});
		return found;
	}

	// By itself, as whoever waits for another's new row must hold none that he waits for.
	private void create(KeyedAccount keyed) {
		Account account = keyed.account();
		OffsetDateTime end = (account.end() != null) ? account.end().atOffset(ZoneOffset.UTC) : null;
		try {
			this.database.client()
				.sql("insert into switchboard_account select cast(? as uuid), cast(? as varchar), cast(? as varchar), "
						+ "cast(? as timestamp with time zone), cast(? as timestamp with time zone), 0, 0 "
						+ "where not exists (select 1 from switchboard_account where id = ?)")
				.param(keyed.id())
				.param(account.budget())
				.param(account.holder().replace('\0', '\uFFFD'))
				.param(account.start().atOffset(ZoneOffset.UTC))
				.param(end)
				.param(keyed.id())
				.update();
		}
		catch (DuplicateKeyException ex) {
			// Somebody else made it at the same time.
		}
	}

	final int update(String sql, Object... parameters) {
		return this.database.operations().update(sql, parameters);
	}

	/** Whoever loses against another transaction may try again at once. */
	private static <T> T retried(Supplier<@Nullable T> transaction) {
		for (int tries = 1;; tries++) {
			try {
				T result = transaction.get();
				if (result != null) {
					return result;
				}
				throw new IllegalStateException("A transaction has a result");
			}
			catch (ConcurrencyFailureException ex) {
				if (tries == TRIES) {
					throw ex;
				}
			}
		}
	}

	static String marks(String mark, int count) {
		return String.join(", ", Collections.nCopies(count, mark));
	}

	static String text(List<Limited> accounts) {
		return accounts.stream().map((account) -> account.id().toString()).collect(Collectors.joining(","));
	}

	private static List<UUID> ids(String text) {
		return text.isEmpty() ? List.of() : List.of(text.split(",")).stream().map(UUID::fromString).toList();
	}

	/**
	 * An account and what spent and reserved together must not exceed.
	 *
	 * @param id its key
	 * @param limit the limit; {@link #NO_LIMIT} for none
	 */
	record Limited(UUID id, long limit) {
	}

	/**
	 * What came of it.
	 *
	 * @param given whether it is held back
	 * @param before how the accounts stood before, by key
	 */
	record Held(boolean given, Map<UUID, Amounts> before) {
	}

	private record Expired(UUID id, String accounts, long amount) {
	}

}
