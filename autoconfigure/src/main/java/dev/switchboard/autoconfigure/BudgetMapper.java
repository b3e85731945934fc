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

import dev.switchboard.autoconfigure.SwitchboardProperties.Selector;
import dev.switchboard.autoconfigure.SwitchboardProperties.UnknownPrice;
import dev.switchboard.budget.Budget;
import dev.switchboard.budget.BudgetPeriod;
import dev.switchboard.budget.BudgetSelector;
import dev.switchboard.budget.OnLimit;
import dev.switchboard.cost.Money;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

/**
 * Makes budgets out of the properties.
 */
final class BudgetMapper {

	private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)\\s*%");

	private final SwitchboardProperties properties;

	private final RouteChecks checks;

	private final Problems problems;

	BudgetMapper(SwitchboardProperties properties, RouteChecks checks, Problems problems) {
		this.properties = properties;
		this.checks = checks;
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
		BudgetSelector selector = selector(property + ".for", budget.selector());
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

	private BudgetSelector selector(String property, Selector selector) {
		Map<String, String> parts = new LinkedHashMap<>();
		parts.put("key", String.valueOf(selector.key()));
		parts.put("team", String.valueOf(selector.team()));
		selector.tags().forEach((tag, value) -> parts.put("tags." + tag, value));
		parts.forEach((part, value) -> {
			if (value.isBlank()) {
				this.problems.add(property + "." + part, "is blank, so that no call would fit",
						"give a value, '*' for each, or leave it out");
			}
		});
		String route = selector.route();
		if (route != null && !route.equals(BudgetSelector.EACH)) {
			reportIfNoRoute(property + ".route", route, true);
		}
		String provider = selector.provider();
		MappedProviders providers = this.checks.providers();
		if (provider != null && !provider.equals(BudgetSelector.EACH) && !providers.isKnown(provider)) {
			String meant = providers.nearest(provider);
			this.problems.add(property + ".provider",
					"names provider '" + provider + "', but the providers configured are " + providers.names(),
					((meant != null) ? "did you mean '" + meant + "'? Else use" : "use")
							+ " one of these, or add 'switchboard.providers." + provider + "'");
		}
		return new BudgetSelector(selector.key(), selector.team(), route, provider, selector.tags());
	}

	private OnLimit onLimit(String property, String text, BudgetSelector selector) {
		switch (text) {
			case "refuse" -> {
				return new OnLimit.Refuse();
			}
			case "warn" -> {
				return new OnLimit.Warn();
			}
			default -> {
				if (!reportIfNoRoute(property, text, false)) {
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

	private boolean reportIfNoRoute(String property, String name, boolean withTargets) {
		SwitchboardProperties.Route route = this.properties.routes().get(name);
		if (route == null || !RouteMapper.isName(name)) {
			String meant = PropertyNames.nearest(name, this.properties.routes().keySet());
			this.problems.add(property,
					"names route '" + name + "', but the routes are " + this.properties.routes().keySet(),
					((meant != null) ? "did you mean '" + meant + "'? Else use" : "use")
							+ " one of these, or add 'switchboard.routes." + name + "'");
			return false;
		}
		if (withTargets && !route.rules().isEmpty()) {
			this.problems.add(property, "names route '" + name + "', which only picks others by its rules",
					"name the routes that it picks");
			return false;
		}
		return true;
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
			else if (from != null && !from.equals(BudgetSelector.EACH)) {
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
