package dev.switchboard.gateway.front;

import java.util.List;
import java.util.Locale;

import dev.switchboard.call.BudgetNote;
import dev.switchboard.call.CallProgress;
import dev.switchboard.call.CallRecord;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelId;
import dev.switchboard.gateway.wire.GatewayError;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The headers that tell of a call.
 */
final class CallHeaders {

	static final String CALL = "X-Switchboard-Call";

	static final String ROUTE = "X-Switchboard-Route";

	static final String TARGET = "X-Switchboard-Target";

	static final String ATTEMPTS = "X-Switchboard-Attempts";

	static final String CACHE = "X-Switchboard-Cache";

	static final String COST = "X-Switchboard-Cost";

	static final String BUDGET = "X-Switchboard-Budget";

	private CallHeaders() {
	}

	static void write(HttpServletResponse response, CallRecord record) {
		response.setHeader(CALL, record.id());
		response.setHeader(ROUTE, record.route().value());
		target(response, record.answeredBy());
		response.setHeader(ATTEMPTS, Integer.toString(record.attempts().size()));
		response.setHeader(CACHE, word(record.cache()));
		response.setHeader(COST, cost(record.cost()));
		budgets(response, record.budgets());
		LimitHeaders.of(record.limits()).forEach(response::setHeader);
	}

	/** What is known when a stream begins; its cost is told behind it. */
	static void write(HttpServletResponse response, CallProgress progress) {
		response.setHeader(CALL, progress.id());
		response.setHeader(ROUTE, progress.route().value());
		target(response, progress.target());
		response.setHeader(ATTEMPTS, Integer.toString(progress.attempts()));
		response.setHeader(CACHE, word(progress.cache()));
		budgets(response, progress.budgets());
		LimitHeaders.of(progress.limits()).forEach(response::setHeader);
	}

	static void write(HttpServletResponse response, GatewayError error) {
		if (error.retryAfter() != null) {
			response.setHeader("Retry-After", Long.toString(LimitHeaders.seconds(error.retryAfter())));
		}
		if (response.getHeader(CALL) == null) {
			response.setHeader(CALL, error.requestId());
		}
	}

	private static void target(HttpServletResponse response, @Nullable ModelId target) {
		if (target != null) {
			response.setHeader(TARGET, printable(target.toString()));
		}
	}

	/** One value for each budget that has something to say. */
	private static void budgets(HttpServletResponse response, List<BudgetNote> notes) {
		for (int i = 0; i < notes.size(); i++) {
			BudgetNote note = notes.get(i);
			String value = printable(note.budget()) + "; spent=" + note.spent().usd().toPlainString() + "; limit="
					+ note.limit().usd().toPlainString();
			if (note.effect() != BudgetNote.Effect.SOFT_LIMIT) {
				value += "; effect=" + note.effect().label();
			}
			if (i == 0) {
				response.setHeader(BUDGET, value);
			}
			else {
				response.addHeader(BUDGET, value);
			}
		}
	}

	/** An amount in US dollars, or {@code unknown}. */
	static String cost(Cost cost) {
		String text = cost.toString();
		return text.endsWith(" USD") ? text.substring(0, text.length() - " USD".length()) : text;
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Names of models come from callers and providers. */
	private static String printable(String text) {
		StringBuilder safe = new StringBuilder(text.length());
		for (int i = 0; i < Math.min(256, text.length()); i++) {
			char c = text.charAt(i);
			safe.append((c > ' ' && c <= '~') ? c : '?');
		}
		return safe.toString();
	}

}
