package dev.switchboard.store.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import dev.switchboard.store.ledger.SpendBy.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Statements that read the ledger, with their parameters. Whatever comes from outside is
 * a parameter.
 */
final class Query {

	private final StringBuilder sql = new StringBuilder();

	private final List<Object> parameters = new ArrayList<>();

	String sql() {
		return this.sql.toString();
	}

	List<Object> parameters() {
		return this.parameters;
	}

	private Query add(String text, Object... values) {
		this.sql.append(text);
		this.parameters.addAll(List.of(values));
		return this;
	}

	/** Spend by something, or all of it. */
	static Query spend(@Nullable SpendBy by, CallFilter filter) {
		Query query = new Query();
		boolean byModel = by != null && by.kind() == Kind.MODEL;
		String unknown = byModel ? "a.cost_nanos is null" : "c.cost_nanos is null";
		query.add("select ")
			.add((by != null) ? by.kind().column() : "null")
			.add(" as name, count(distinct c.id) as calls, count(a.number) as attempts, sum(a.cost_nanos) as cost,")
			.add(" count(distinct case when " + unknown + " then c.id end) as unknown_cost_calls,")
			.add(" sum(a.input_tokens) as input_tokens, sum(a.cached_input_tokens) as cached_input_tokens,")
			.add(" sum(a.cache_write_tokens) as cache_write_tokens, sum(a.output_tokens) as output_tokens,")
			.add(" sum(a.reasoning_tokens) as reasoning_tokens")
			.add(" from switchboard_call c");
		if (by != null && by.tag() != null) {
			query.add(" left join switchboard_tag t on t.call_started_at = c.started_at and t.call_id = c.id"
					+ " and t.name = ?", by.tag());
		}
		query.add(byModel ? " join" : " left join")
			.add(" switchboard_attempt a on a.call_started_at = c.started_at and a.call_id = c.id");
		query.where(filter);
		if (byModel && filter.model() != null) {
			query.add(" and a.target = ?", filter.model().toString());
		}
		if (by != null) {
			query.add(" group by " + by.kind().column());
		}
		return query;
	}

	/** A page of calls, in the order of their beginning. */
	static Query calls(CallFilter filter, @Nullable CallPosition after, int limit) {
		Query query = new Query().add("select c.* from switchboard_call c");
		query.where(filter);
		if (after != null) {
			query.add(" and (c.started_at > ? or (c.started_at = ? and c.id > ?))",
					LedgerWriter.time(after.startedAt()), LedgerWriter.time(after.startedAt()), after.id());
		}
		return query.add(" order by c.started_at, c.id fetch first ? rows only", limit);
	}

	/** What belongs to the calls of a page, and maybe to others between them. */
	static Query between(String table, LedgerCall first, LedgerCall last, String order) {
		return new Query().add(
				"select * from " + table + " where call_started_at >= ? and call_started_at <= ? order by " + order,
				LedgerWriter.time(first.startedAt()), LedgerWriter.time(last.startedAt()));
	}

	private void where(CallFilter filter) {
		add(" where c.started_at >= ? and c.started_at < ?", LedgerWriter.time(filter.span().from()),
				LedgerWriter.time(filter.span().until()));
		equal("c.route", filter.route());
		equal("c.team", filter.team());
		equal("c.caller", filter.key());
		equal("c.outcome", filter.outcome());
		if (filter.model() != null) {
			add(" and exists (select 1 from switchboard_attempt m where m.call_started_at = c.started_at"
					+ " and m.call_id = c.id and m.target = ?)", filter.model().toString());
		}
		new TreeMap<>(filter.tags()).forEach((name,
				content) -> add(" and exists (select 1 from switchboard_tag g where g.call_started_at = c.started_at"
						+ " and g.call_id = c.id and g.name = ? and g.content = ?)", name, content));
	}

	private void equal(String column, @Nullable String value) {
		if (value != null) {
			add(" and " + column + " = ?", value);
		}
	}

}
