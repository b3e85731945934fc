package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.switchboard.budget.Balance;
import dev.switchboard.budget.Budget;
import dev.switchboard.budget.BudgetReport;
import dev.switchboard.call.CallSelector;
import dev.switchboard.cost.Money;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * All budgets with their accounts.
 */
final class BudgetList implements AdminEndpoint {

	private final BudgetReport report;

	BudgetList(BudgetReport report) {
		this.report = report;
	}

	@Override
	public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Parameters.of(request);
		AdminJson.write(response, new Answer("USD", this.report.entries().stream().map(Entry::of).toList()));
	}

	/** The answer. */
	record Answer(String currency, List<Entry> budgets) {
	}

	/** A budget; {@code counts} tells which calls do. */
	record Entry(String name, Map<String, String> counts, String limit, @Nullable String softLimit, String per,
			String zone, String onLimit, String onStream, List<Holder> accounts) {

		static Entry of(BudgetReport.Entry entry) {
			Budget budget = entry.budget();
			Money soft = budget.softLimit();
			return new Entry(budget.name(), counts(budget.selector()), AdminJson.usd(budget.limit()),
					(soft != null) ? AdminJson.usd(soft) : null, word(budget.period()), budget.zone().getId(),
					BudgetList.onLimit(budget), word(budget.onStream()),
					entry.balances().stream().map((balance) -> Holder.of(balance, budget)).toList());
		}

		private static Map<String, String> counts(CallSelector selector) {
			Map<String, String> parts = new TreeMap<>();
			put(parts, "key", selector.key());
			put(parts, "team", selector.team());
			put(parts, "route", selector.route());
			put(parts, "provider", selector.provider());
			selector.tags().forEach((name, value) -> parts.put("tag." + name, value));
			return parts;
		}

		private static void put(Map<String, String> parts, String name, @Nullable String value) {
			if (value != null) {
				parts.put(name, value);
			}
		}

	}

	/**
	 * An account; its effect is what the budget does to its calls now, {@code none} while
	 * there is something left.
	 */
	record Holder(String holder, String spent, String reserved, String left, @Nullable Instant startsAt,
			@Nullable Instant resetsAt, String effect) {

		static Holder of(Balance balance, Budget budget) {
			Instant start = balance.account().start();
			Money committed = balance.spent().plus(balance.reserved());
			return new Holder(balance.account().holder(), AdminJson.usd(balance.spent()),
					AdminJson.usd(balance.reserved()), AdminJson.usd(budget.limit().minusUpTo(committed)),
					start.equals(Instant.EPOCH) ? null : start, balance.account().end(),
					effect(budget, balance.spent(), committed));
		}

		private static String effect(Budget budget, Money spent, Money committed) {
			Money soft = budget.softLimit();
			if (committed.compareTo(budget.limit()) >= 0) {
				return onLimit(budget);
			}
			return (soft != null && spent.compareTo(soft) >= 0) ? "soft-limit" : "none";
		}

	}

	private static String onLimit(Budget budget) {
		return budget.onLimit().match(() -> "refuse", () -> "warn", (degrade) -> degrade.route().value());
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
