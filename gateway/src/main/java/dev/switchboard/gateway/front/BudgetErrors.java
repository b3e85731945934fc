package dev.switchboard.gateway.front;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.switchboard.call.BudgetExceededException;
import dev.switchboard.call.BudgetRefusal;
import dev.switchboard.call.BudgetUnavailableException;
import dev.switchboard.call.RouteCallException;
import dev.switchboard.gateway.wire.GatewayError;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told whose call a budget did not admit.
 */
public final class BudgetErrors {

	static final String BUDGET_EXCEEDED = "budget_exceeded";

	static final String PRICE_UNKNOWN = "price_unknown";

	static final String BUDGET_UNAVAILABLE = "budget_unavailable";

	/** As long as it takes at most until a database is tried again. */
	static final Duration PATIENCE = Duration.ofSeconds(5);

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

	/**
	 * The error of a call that a budget could not be asked about.
	 * @param ex how it was refused
	 * @return the error, with the name of the budget and when to try again
	 */
	public static GatewayError of(BudgetUnavailableException ex) {
		return error(503, BUDGET_UNAVAILABLE, ex, PATIENCE, Map.of("budget", ex.refusal().budget()));
	}

	private static GatewayError error(int status, String code, RouteCallException ex, @Nullable Duration wait,
			Map<String, String> details) {
		return new GatewayError(status, code, String.valueOf(ex.getMessage()), null, wait, ex.record().id(), details);
	}

}
