package dev.switchboard.store.ledger;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.store.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * Questions to the ledger. All of them throw a
 * {@link org.springframework.dao.DataAccessException} if the database is away.
 */
public final class LedgerReports {

	private static final Comparator<Spend> BY_COST = Comparator.comparing(Spend::cost)
		.reversed()
		.thenComparing(Spend::name, Comparator.nullsLast(Comparator.<String>naturalOrder()));

	private final Database database;

	private final CallRows calls;

	/**
	 * Reports of a ledger.
	 * @param database where it is kept
	 */
	public LedgerReports(Database database) {
		this.database = database;
		this.calls = new CallRows(database);
	}

	/**
	 * Spend by something.
	 * @param by what it is told by
	 * @param filter which calls
	 * @return one sum for each: days with calls in their order, everything else by
	 * falling cost
	 */
	public List<Spend> spend(SpendBy by, CallFilter filter) {
		if (by.kind() == SpendBy.Kind.DAY) {
			return spendByDay(filter);
		}
		return query(Query.spend(by, filter)).stream().sorted(BY_COST).toList();
	}

	// Days are of many lengths, and databases know other time zones than we do.
	private List<Spend> spendByDay(CallFilter filter) {
		List<Spend> days = new ArrayList<>();
		for (Span.Day day : filter.span().days()) {
			Spend sum = total(filter.span(Span.of(day.from(), day.until())));
			if (sum.calls() > 0) {
				days.add(sum.of(day.date().toString()));
			}
		}
		return days;
	}

	/**
	 * What calls have cost altogether.
	 * @param filter which calls
	 * @return the sum
	 */
	public Spend total(CallFilter filter) {
		List<Spend> sums = query(Query.spend(null, filter));
		return sums.isEmpty() ? Spend.NONE : sums.get(0);
	}

	private List<Spend> query(Query query) {
		return this.database.ready()
			.client()
			.sql(query.sql())
			.params(query.parameters())
			.query((row, number) -> spend(row))
			.list();
	}

	private static Spend spend(ResultSet row) throws SQLException {
		return new Spend(row.getString("name"), row.getLong("calls"), row.getLong("attempts"),
				new Money(sum(row, "cost")), row.getLong("unknown_cost_calls"),
				new TokenUsage(sum(row, "input_tokens"), sum(row, "cached_input_tokens"),
						sum(row, "cache_write_tokens"), sum(row, "output_tokens"), sum(row, "reasoning_tokens")));
	}

	// The sum of nothing is null. A sum is wider than its summands: it may be too much.
	private static long sum(ResultSet row, String column) throws SQLException {
		BigDecimal sum = row.getBigDecimal(column);
		return (sum != null) ? sum.longValueExact() : 0;
	}

	/**
	 * Calls, in the order in which they began.
	 * @param filter which calls
	 * @param after the last call of the page before; {@code null} for the first page
	 * @param limit how many, at most
	 * @return the calls with their attempts
	 */
	public List<LedgerCall> calls(CallFilter filter, @Nullable CallPosition after, int limit) {
		return this.calls.page(filter, after, limit);
	}

}
