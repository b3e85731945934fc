package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.store.ledger.CallFilter;
import dev.switchboard.store.ledger.LedgerReports;
import dev.switchboard.store.ledger.Spend;
import dev.switchboard.store.ledger.SpendBy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * What was spent, altogether and by something.
 */
final class SpendReport implements AdminEndpoint {

	private static final String BY = "by";

	private static final String TAG = "tag:";

	private final LedgerReports reports;

	private final InstantSource clock;

	SpendReport(LedgerReports reports, InstantSource clock) {
		this.reports = reports;
		this.clock = clock;
	}

	@Override
	public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		CallFilter filter = Question.of(request, Set.of(BY), this.clock.instant());
		String asked = request.getParameter(BY);
		String by = (asked != null) ? asked : "route";
		SpendBy kind = by(by);
		List<Sum> rows = this.reports.spend(kind, filter).stream().map(Sum::of).toList();
		AdminJson.write(response, new Answer(filter.span().from(), filter.span().until(), filter.span().zone().getId(),
				by, "USD", Sum.of(this.reports.total(filter)), rows));
	}

	private static SpendBy by(String text) {
		if (text.startsWith(TAG) && text.length() > TAG.length()) {
			return SpendBy.tag(text.substring(TAG.length()));
		}
		return switch (text.toLowerCase(Locale.ROOT)) {
			case "route" -> SpendBy.ROUTE;
			case "model" -> SpendBy.MODEL;
			case "team" -> SpendBy.TEAM;
			case "key" -> SpendBy.KEY;
			case "day" -> SpendBy.DAY;
			default -> throw RefusedRequestException.invalid(BY,
					"'by' must be route, model, team, key, day, or tag: and the name of a tag");
		};
	}

	/** The answer. */
	record Answer(Instant from, Instant until, String zone, String by, String currency, Sum total, List<Sum> rows) {
	}

	/** What some calls have cost together; the name is missing where they have none. */
	@JsonInclude(Include.NON_NULL)
	record Sum(@Nullable String name, long calls, long attempts, String cost, long unknownCostCalls, long inputTokens,
			long cachedInputTokens, long cacheWriteTokens, long outputTokens) {

		static Sum of(Spend spend) {
			return new Sum(spend.name(), spend.calls(), spend.attempts(), AdminJson.usd(spend.cost()),
					spend.unknownCostCalls(), spend.usage().inputTokens(), spend.usage().cachedInputTokens(),
					spend.usage().cacheWriteTokens(), spend.usage().outputTokens());
		}

	}

}
