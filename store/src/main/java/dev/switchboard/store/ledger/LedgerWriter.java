package dev.switchboard.store.ledger;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.switchboard.cost.TokenUsage;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.database.Dialect;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;

/**
 * Writes calls into the tables. A call that is there already stays as it is.
 */
final class LedgerWriter {

	private static final List<Column> CALL = List.of(time("started_at"), text("id"), text("requested_route"),
			text("route"), text("rule"), text("caller"), text("team"), flag("streamed"), text("outcome"), text("cache"),
			text("answered_by"), text("response_model"), text("finish_reason"), number("input_tokens"),
			number("cached_input_tokens"), number("cache_write_tokens"), number("output_tokens"),
			number("reasoning_tokens"), number("cost_nanos"), number("latency_micros"), number("first_token_micros"));

	private static final List<Column> ATTEMPT = List.of(time("call_started_at"), text("call_id"), number("number"),
			text("target"), text("outcome"), number("status"), text("code"), text("response_model"),
			number("input_tokens"), number("cached_input_tokens"), number("cache_write_tokens"),
			number("output_tokens"), number("reasoning_tokens"), flag("usage_estimated"), number("cost_nanos"),
			number("latency_micros"), number("first_token_micros"));

	private static final List<Column> TAG = List.of(time("call_started_at"), text("call_id"), text("name"),
			text("content"));

	private final Database database;

	private final Insert insertCall;

	private final Insert insertAttempt;

	private final Insert insertTag;

	LedgerWriter(Database database) {
		this.database = database;
		this.insertCall = Insert.of(database, "switchboard_call", CALL, 2);
		this.insertAttempt = Insert.of(database, "switchboard_attempt", ATTEMPT, 3);
		this.insertTag = Insert.of(database, "switchboard_tag", TAG, 3);
	}

	/**
	 * Writes calls in one transaction.
	 * @param calls the calls, in the order in which they are to be entered
	 */
	void write(List<LedgerCall> calls) {
		Rows rows = rows(calls);
		try {
			write(rows, Insert::sql);
		}
		catch (DuplicateKeyException ex) {
			// Entered before, by a process that could not say so any more. That is
			// seldom,
			// and to look first takes twice as long.
			write(rows, Insert::ifAbsent);
		}
	}

	private static Rows rows(List<LedgerCall> calls) {
		List<@Nullable Object[]> rows = new ArrayList<>(calls.size());
		List<@Nullable Object[]> attempts = new ArrayList<>(calls.size());
		List<@Nullable Object[]> tags = new ArrayList<>();
		for (LedgerCall call : calls) {
			OffsetDateTime time = time(call.startedAt());
			rows.add(row(call, time));
			call.attempts().forEach((attempt) -> attempts.add(row(attempt, call, time)));
			call.tags().forEach((name, content) -> tags.add(new Object[] { time, call.id(), name, content }));
		}
		return new Rows(rows, attempts, tags);
	}

	private void write(Rows rows, Function<Insert, String> sql) {
		this.database.ready().transactions().executeWithoutResult((status) -> {
			this.insertCall.run(this.database, sql, rows.calls());
			this.insertAttempt.run(this.database, sql, rows.attempts());
			this.insertTag.run(this.database, sql, rows.tags());
		});
	}

	static OffsetDateTime time(Instant instant) {
		return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
	}

	private static @Nullable Object[] row(LedgerCall call, OffsetDateTime time) {
		TokenUsage usage = call.usage();
		return new @Nullable Object[] { time, call.id(), call.requestedRoute(), call.route(), call.rule(),
				call.caller(), call.team(), call.streamed(), call.outcome(), call.cache(), call.answeredBy(),
				call.responseModel(), call.finishReason(), (usage != null) ? usage.inputTokens() : null,
				(usage != null) ? usage.cachedInputTokens() : null, (usage != null) ? usage.cacheWriteTokens() : null,
				(usage != null) ? usage.outputTokens() : null, (usage != null) ? usage.reasoningTokens() : null,
				call.costNanos(), call.latencyMicros(), call.firstTokenMicros() };
	}

	private static @Nullable Object[] row(LedgerAttempt attempt, LedgerCall call, OffsetDateTime time) {
		TokenUsage usage = attempt.usage();
		return new @Nullable Object[] { time, call.id(), attempt.number(), attempt.target(), attempt.outcome(),
				attempt.status(), attempt.code(), attempt.responseModel(), (usage != null) ? usage.inputTokens() : null,
				(usage != null) ? usage.cachedInputTokens() : null, (usage != null) ? usage.cacheWriteTokens() : null,
				(usage != null) ? usage.outputTokens() : null, (usage != null) ? usage.reasoningTokens() : null,
				attempt.usageEstimated(), attempt.costNanos(), attempt.latencyMicros(), attempt.firstTokenMicros() };
	}

	private static Column text(String name) {
		return new Column(name, Types.VARCHAR);
	}

	private static Column number(String name) {
		return new Column(name, Types.BIGINT);
	}

	private static Column flag(String name) {
		return new Column(name, Types.BOOLEAN);
	}

	private static Column time(String name) {
		return new Column(name, Types.TIMESTAMP_WITH_TIMEZONE);
	}

	private record Column(String name, int type) {
	}

	private record Rows(List<@Nullable Object[]> calls, List<@Nullable Object[]> attempts,
			List<@Nullable Object[]> tags) {
	}

	/**
	 * An insertion of rows.
	 *
	 * @param sql the statement
	 * @param ifAbsent the statement that passes over what is there
	 * @param types the types of its parameters: a null has none of its own, and a batch
	 * of many types is many batches
	 */
	private record Insert(String sql, String ifAbsent, int[] types) {

		static Insert of(Database database, String table, List<Column> columns, int keys) {
			List<String> names = columns.stream().map(Column::name).toList();
			return new Insert(Dialect.insert(table, names),
					database.dialect().insertIfAbsent(table, names, names.subList(0, keys)),
					columns.stream().mapToInt(Column::type).toArray());
		}

		// A row has nulls, of which the signature of Spring does not know.
		@SuppressWarnings("NullAway")
		void run(Database database, Function<Insert, String> statement, List<@Nullable Object[]> rows) {
			if (!rows.isEmpty()) {
				database.operations().batchUpdate(statement.apply(this), rows, this.types);
			}
		}

	}

}
