package dev.switchboard.gateway.front;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.switchboard.call.BudgetExceededException;
import dev.switchboard.call.BudgetRefusal;
import dev.switchboard.gateway.wire.GatewayError;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told whose call a budget did not admit.
 */
public final class BudgetErrors {

	static final String BUDGET_EXCEEDED = "budget_exceeded";

	static final String PRICE_UNKNOWN = "price_unknown";

	private BudgetErrors() {
	}

	/**
	 * The error of a call.
	 * @param ex how it was refused
	 * @param now the time
	 * @return the error, with the name of the budget and when it begins anew
	 */
	public static GatewayError of(BudgetExceededException ex, Instant now) {
		BudgetRefusal refusal = ex.refusal();
		Map<String, String> details = new LinkedHashMap<>();
		details.put("budget", refusal.budget());
		if (refusal.isForUnknownPrice()) {
			// Nobody is helped by asking again: an operator must say what it costs.
			return error(403, PRICE_UNKNOWN, ex, null, details);
		}
		Instant resetsAt = refusal.resetsAt();
		if (resetsAt == null) {
			return error(429, BUDGET_EXCEEDED, ex, null, details);
		}
		details.put("resets_at", resetsAt.toString());
		Duration wait = Duration.between(now, resetsAt);
		return error(429, BUDGET_EXCEEDED, ex, wait.isNegative() ? Duration.ZERO : wait, details);
	}

	private static GatewayError error(int status, String code, BudgetExceededException ex, @Nullable Duration wait,
			Map<String, String> details) {
		return new GatewayError(status, code, String.valueOf(ex.getMessage()), null, wait, ex.record().id(), details);
	}

}
