package dev.switchboard.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.switchboard.budget.Budget;
import dev.switchboard.call.CallSelector;
import dev.switchboard.budget.OnLimit;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Route;
import dev.switchboard.route.RouteTable;
import org.jspecify.annotations.Nullable;

/**
 * Finds routes whose calls budgets would refuse as nobody knows what a model costs.
 */
final class UnpricedTargets {

	private final ModelCatalog catalog;

	UnpricedTargets(ModelCatalog catalog) {
		this.catalog = catalog;
	}

	/** Warns of all of them at once. */
	void report(RouteTable routes, List<Budget> budgets, Problems problems) {
		Map<String, Set<String>> models = new LinkedHashMap<>();
		Set<String> refusing = new TreeSet<>();
		for (Route route : routes.routes()) {
			for (ModelId model : route.match(this::unpriced, (rules) -> List.<ModelId>of())) {
				for (Budget budget : budgets) {
					if (refuses(budget, route, model)) {
						refusing.add(budget.name());
						models.computeIfAbsent(route.name().value(), (name) -> new TreeSet<>()).add(model.toString());
					}
				}
			}
		}
		if (!models.isEmpty()) {
			problems.warn("Budgets " + refusing + " refuse calls of models whose price is unknown, by route: " + models
					+ ". Say what they cost under 'switchboard.catalog.models', or that a budget lets them through with "
					+ "'unknown-price: allow'");
		}
	}

	private List<ModelId> unpriced(ModelRoute route) {
		return route.targets().stream().map((target) -> target.model()).filter((model) -> {
			ModelCard card = this.catalog.find(model);
			return card == null || card.price() == null;
		}).toList();
	}

	private static boolean refuses(Budget budget, Route route, ModelId model) {
		CallSelector selector = budget.selector();
		return !(budget.onLimit() instanceof OnLimit.Warn) && !budget.unknownPriceAllowed()
				&& mayFit(selector.route(), route.name().value()) && mayFit(selector.provider(), model.provider());
	}

	private static boolean mayFit(@Nullable String asked, String found) {
		return asked == null || asked.equals(CallSelector.EACH) || asked.equals(found);
	}

}
