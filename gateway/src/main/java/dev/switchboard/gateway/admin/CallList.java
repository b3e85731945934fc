package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.store.ledger.CallFilter;
import dev.switchboard.store.ledger.CallPosition;
import dev.switchboard.store.ledger.LedgerAttempt;
import dev.switchboard.store.ledger.LedgerCall;
import dev.switchboard.store.ledger.LedgerReports;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Calls with their attempts, a page at a time, in the order in which they began.
 */
final class CallList implements AdminEndpoint {

	private final LedgerReports reports;

	private final InstantSource clock;

	CallList(LedgerReports reports, InstantSource clock) {
		this.reports = reports;
		this.clock = clock;
	}

	@Override
	public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Set<String> page = Set.of(Parameters.LIMIT, Parameters.AFTER);
		CallFilter filter = Question.of(request, page, this.clock.instant());
		Parameters parameters = Parameters.of(request, page, (name) -> true);
		int limit = parameters.limit();
		List<LedgerCall> calls = this.reports.calls(filter, after(parameters.text(Parameters.AFTER)), limit);
		String next = (calls.size() == limit) ? text(calls.get(calls.size() - 1)) : null;
		AdminJson.write(response, new Answer(calls.stream().map(Call::of).toList(), next));
	}

	private static String text(LedgerCall call) {
		return call.startedAt() + "_" + call.id();
	}

	private static @Nullable CallPosition after(@Nullable String text) {
		if (text == null) {
			return null;
		}
		int split = text.indexOf('_');
		try {
			if (split > 0) {
				return new CallPosition(Instant.parse(text.substring(0, split)), text.substring(split + 1));
			}
		}
		catch (DateTimeException ex) {
			// Told below.
		}
		throw Parameters.noPlace();
	}

	/** The answer; {@code next} is what to ask after, if there may be more. */
	record Answer(List<Call> calls, @Nullable String next) {
	}

	/** A call; its cost is {@code null} if it is unknown. */
	record Call(String id, Instant startedAt, String requestedRoute, String route, @Nullable String rule, String key,
			@Nullable String team, Map<String, String> tags, boolean streamed, String outcome, String cache,
			@Nullable String answeredBy, @Nullable String finishReason, @Nullable TokenUsage usage,
			@Nullable String cost, long latencyMicros, @Nullable Long firstTokenMicros, List<Attempt> attempts) {

		static Call of(LedgerCall call) {
			return new Call(call.id(), call.startedAt(), call.requestedRoute(), call.route(), call.rule(),
					call.caller(), call.team(), call.tags(), call.streamed(), call.outcome(), call.cache(),
					call.answeredBy(), call.finishReason(), call.usage(), usd(call.costNanos()), call.latencyMicros(),
					call.firstTokenMicros(), call.attempts().stream().map(Attempt::of).toList());
		}

	}

	/** An attempt; its cost is {@code null} if it is unknown. */
	record Attempt(int number, String target, String outcome, @Nullable Integer status, @Nullable String code,
			@Nullable TokenUsage usage, boolean usageEstimated, @Nullable String cost, long latencyMicros) {

		static Attempt of(LedgerAttempt attempt) {
			return new Attempt(attempt.number(), attempt.target(), attempt.outcome(), attempt.status(), attempt.code(),
					attempt.usage(), attempt.usageEstimated(), usd(attempt.costNanos()), attempt.latencyMicros());
		}

	}

	private static @Nullable String usd(@Nullable Long nanos) {
		return (nanos != null) ? AdminJson.usd(new Money(nanos)) : null;
	}

}
