package dev.switchboard.store.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.cost.TokenUsage;
import dev.switchboard.store.database.Database;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;

/**
 * Reads calls page by page, each with what belongs to it: a page is all that is ever in
 * memory.
 */
final class CallRows {

	private final Database database;

	CallRows(Database database) {
		this.database = database;
	}

	List<LedgerCall> page(CallFilter filter, @Nullable CallPosition after, int limit) {
		List<LedgerCall> calls = query(Query.calls(filter, after, limit), (row, number) -> call(row));
		if (calls.isEmpty()) {
			return calls;
		}
		LedgerCall first = calls.get(0);
		LedgerCall last = calls.get(calls.size() - 1);
		Map<CallPosition, List<LedgerAttempt>> attempts = new HashMap<>();
		query(Query.between("switchboard_attempt", first, last, "number"),
				(row, number) -> attempts.computeIfAbsent(owner(row), (owner) -> new ArrayList<>()).add(attempt(row)));
		Map<CallPosition, Map<String, String>> tags = new HashMap<>();
		query(Query.between("switchboard_tag", first, last, "name"),
				(row, number) -> tags.computeIfAbsent(owner(row), (owner) -> new LinkedHashMap<>())
					.put(row.getString("name"), row.getString("content")) == null);
		return calls.stream().map((call) -> {
			CallPosition position = CallPosition.of(call);
			return call.with(tags.getOrDefault(position, Map.of()), attempts.getOrDefault(position, List.of()));
		}).toList();
	}

	private <T> List<T> query(Query query, RowMapper<T> mapper) {
		return this.database.ready().client().sql(query.sql()).params(query.parameters()).query(mapper).list();
	}

	private static CallPosition owner(ResultSet row) throws SQLException {
		return new CallPosition(row.getObject("call_started_at", OffsetDateTime.class).toInstant(),
				row.getString("call_id"));
	}

	private static LedgerCall call(ResultSet row) throws SQLException {
		return new LedgerCall(row.getString("id"), row.getObject("started_at", OffsetDateTime.class).toInstant(),
				row.getString("requested_route"), row.getString("route"), row.getString("rule"),
				row.getString("caller"), row.getString("team"), Map.of(), row.getBoolean("streamed"),
				row.getString("outcome"), row.getString("cache"), row.getString("answered_by"),
				row.getString("response_model"), row.getString("finish_reason"), usage(row),
				row.getObject("cost_nanos", Long.class), row.getLong("latency_micros"),
				row.getObject("first_token_micros", Long.class), List.of());
	}

	private static LedgerAttempt attempt(ResultSet row) throws SQLException {
		return new LedgerAttempt(row.getInt("number"), row.getString("target"), row.getString("outcome"),
				row.getObject("status", Integer.class), row.getString("code"), row.getString("response_model"),
				usage(row), row.getBoolean("usage_estimated"), row.getObject("cost_nanos", Long.class),
				row.getLong("latency_micros"), row.getObject("first_token_micros", Long.class));
	}

	private static @Nullable TokenUsage usage(ResultSet row) throws SQLException {
		Long input = row.getObject("input_tokens", Long.class);
		return (input != null) ? new TokenUsage(input, row.getLong("cached_input_tokens"),
				row.getLong("cache_write_tokens"), row.getLong("output_tokens"), row.getLong("reasoning_tokens"))
				: null;
	}

}
