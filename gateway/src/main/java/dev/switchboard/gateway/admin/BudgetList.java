package dev.switchboard.gateway.admin;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.switchboard.autoconfigure.RunTimeSettings;
import dev.switchboard.budget.Balance;
import dev.switchboard.budget.Budget;
import dev.switchboard.budget.BudgetReport;
import dev.switchboard.change.Setting;
import dev.switchboard.cost.Money;
import org.jspecify.annotations.Nullable;

/**
 * Budgets with their accounts.
 */
final class BudgetList implements SettingViews {

	private final BudgetReport report;

	private final RunTimeSettings settings;

	BudgetList(BudgetReport report, RunTimeSettings settings) {
		this.report = report;
		this.settings = settings;
	}

	@Override
	public Object all() {
		Map<String, Setting> set = this.settings.all(Setting.Kind.BUDGET);
		return new Budgets("USD", this.report.entries().stream().map((entry) -> Entry.of(entry, set)).toList());
	}

	@Override
	public @Nullable Object find(String name) {
		BudgetReport.Entry entry = this.report.find(name);
		return (entry != null) ? Entry.of(entry, this.settings.all(Setting.Kind.BUDGET)) : null;
	}

	/** The answer. */
	record Budgets(String currency, List<Entry> budgets) {
	}

	/** A budget; {@code for} tells which calls count. */
	record Entry(String name, String source, @JsonProperty("for") Map<String, Object> selector, String limit,
			@Nullable String softLimit, String per, String zone, String onLimit, String onStream, String unknownPrice,
			List<Holder> accounts) {

		static Entry of(BudgetReport.Entry entry, Map<String, Setting> set) {
			Budget budget = entry.budget();
			Money soft = budget.softLimit();
			return new Entry(budget.name(), Source.of(set.get(budget.name())).word(), Selectors.of(budget.selector()),
					AdminJson.usd(budget.limit()), (soft != null) ? AdminJson.usd(soft) : null, word(budget.period()),
					budget.zone().getId(), BudgetList.onLimit(budget), word(budget.onStream()),
					budget.unknownPriceAllowed() ? "allow" : "refuse",
					entry.balances().stream().map((balance) -> Holder.of(balance, budget)).toList());
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
