package dev.switchboard.autoconfigure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.switchboard.autoconfigure.SwitchboardProperties.UnknownPrice;
import dev.switchboard.budget.Budget;
import dev.switchboard.budget.BudgetPeriod;
import dev.switchboard.budget.OnLimit;
import dev.switchboard.call.CallSelector;
import dev.switchboard.cost.Money;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

/**
 * Makes budgets out of the properties.
 */
final class BudgetMapper {

	private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)\\s*%");

	private final SwitchboardProperties properties;

	private final SelectorMapper selectors;

	private final Problems problems;

	BudgetMapper(SwitchboardProperties properties, SelectorMapper selectors, Problems problems) {
		this.properties = properties;
		this.selectors = selectors;
		this.problems = problems;
	}

	/** The budgets; not to be used if there are problems. */
	List<Budget> map() {
		List<Budget> budgets = new ArrayList<>();
		this.properties.budgets().forEach((name, budget) -> {
			Budget mapped = budget(name, budget);
			if (mapped != null) {
				budgets.add(mapped);
			}
		});
		reportCycles();
		return budgets;
	}

	private @Nullable Budget budget(String name, SwitchboardProperties.Budget budget) {
		String property = property(name);
		CallSelector selector = this.selectors.map(property + ".for", budget.selector());
		OnLimit onLimit = onLimit(property + ".on-limit", budget.onLimit(), selector);
		Money limit = money(property + ".limit", budget.limit());
		BudgetPeriod per = budget.per();
		if (limit == null || per == null) {
			// Reported by the validation, if not here.
			return null;
		}
		Money softLimit = softLimit(property + ".soft-limit", budget.softLimit(), limit);
		return this.problems.check(property, "correct it", () -> new Budget(name, selector, limit, per, budget.zone(),
				softLimit, onLimit, budget.onStream(), budget.unknownPrice() == UnknownPrice.ALLOW));
	}

	private OnLimit onLimit(String property, String text, CallSelector selector) {
		switch (text) {
			case "refuse" -> {
				return new OnLimit.Refuse();
			}
			case "warn" -> {
				return new OnLimit.Warn();
			}
			default -> {
				if (!this.selectors.reportIfNoRoute(property, text, false)) {
					return new OnLimit.Refuse();
				}
			}
		}
		if (selector.countsAttempts()) {
			this.problems.add(property,
					"names a route, but what a provider's budget does not admit goes on with the next target",
					"use 'refuse' or 'warn', or leave 'provider' out");
			return new OnLimit.Refuse();
		}
		return new OnLimit.Degrade(new RouteName(text));
	}

	private @Nullable Money money(String property, @Nullable BigDecimal usd) {
		if (usd == null || usd.signum() <= 0) {
			// Reported by the validation.
			return null;
		}
		return this.problems.check(property, "give an amount in US dollars with at most nine decimal places",
				() -> Money.ofUsd(usd.toPlainString()));
	}

	private @Nullable Money softLimit(String property, @Nullable String text, Money limit) {
		if (text == null || text.isBlank()) {
			return null;
		}
		Matcher percent = PERCENT.matcher(text.strip());
		BigDecimal usd;
		try {
			usd = percent.matches() ? limit.usd()
				.multiply(new BigDecimal(percent.group(1)))
				.movePointLeft(2)
				.setScale(9, RoundingMode.DOWN) : new BigDecimal(text.strip());
		}
		catch (NumberFormatException ex) {
			this.problems.add(property, "is '" + text + "', which is no amount", "write dollars, such as 8.50, or 80%");
			return null;
		}
		if (usd.signum() <= 0 || usd.compareTo(limit.usd()) >= 0) {
			this.problems.add(property, "is '" + text + "', but must be more than 0 and less than the limit, " + limit,
					"give a smaller amount, or a larger limit");
			return null;
		}
		return money(property, usd);
	}

	/**
	 * A call that one budget leads from a route to another must not be led back by the
	 * next.
	 */
	private void reportCycles() {
		Map<String, Set<String>> ways = new LinkedHashMap<>();
		this.properties.budgets().forEach((name, budget) -> {
			String to = budget.onLimit();
			if (!this.properties.routes().containsKey(to)) {
				return;
			}
			String from = budget.selector().route();
			if (to.equals(from)) {
				this.problems.add(property(name) + ".on-limit", "names the route whose budget it is",
						"name another route, or use 'refuse'");
			}
			else if (from != null && !from.equals(CallSelector.EACH)) {
				ways.computeIfAbsent(from, (route) -> new LinkedHashSet<>()).add(to);
			}
			else {
				this.properties.routes()
					.keySet()
					.stream()
					.filter((route) -> !route.equals(to))
					.forEach((route) -> ways.computeIfAbsent(route, (key) -> new LinkedHashSet<>()).add(to));
			}
		});
		Set<String> done = new LinkedHashSet<>();
		ways.keySet().forEach((route) -> visit(route, new ArrayList<>(), ways, done));
	}

	private void visit(String route, List<String> path, Map<String, Set<String>> ways, Set<String> done) {
		int start = path.indexOf(route);
		if (start >= 0) {
			List<String> cycle = new ArrayList<>(path.subList(start, path.size()));
			cycle.add(route);
			this.problems.add("switchboard.budgets",
					"lead calls in a circle when they are spent, " + String.join(" -> ", cycle),
					"change an 'on-limit' on that way");
			return;
		}
		if (!done.contains(route)) {
			path.add(route);
			ways.getOrDefault(route, Set.of()).forEach((next) -> visit(next, path, ways, done));
			path.remove(path.size() - 1);
			done.add(route);
		}
	}

	private static String property(String name) {
		return "switchboard.budgets." + name;
	}

}
