package dev.switchboard.engine;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.switchboard.call.Caller;
import dev.switchboard.call.RequestFacts;
import dev.switchboard.relay.PromptView;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Route;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.RouteTable;
import dev.switchboard.route.RoutingRule;
import dev.switchboard.route.RulesRoute;
import dev.switchboard.rules.RuleEvaluator;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;

/**
 * Leads from the route that was asked for to the one whose targets answer, by one table.
 */
final class RouteResolver {

	/** Said of a turn that stays with the route that began its tool loop. */
	private static final String SAME_TURN = "continues the turn";

	private final RouteTable table;

	private final RuleEvaluator evaluator;

	RouteResolver(RouteTable table, RuleEvaluator evaluator) {
		this.table = table;
		this.evaluator = evaluator;
		for (Route route : table.routes()) {
			requireNoCycle(route, new HashSet<>());
		}
	}

	RouteTable table() {
		return this.table;
	}

	Resolved resolve(RouteName requested, Prompt prompt, Caller caller, Map<String, String> tags) {
		Route route = this.table.get(requested);
		return route.match((models) -> new Resolved(requested, models, null, null),
				(rulesRoute) -> chooseByRules(rulesRoute, prompt, caller, tags));
	}

	private Resolved chooseByRules(RulesRoute asked, Prompt prompt, Caller caller, Map<String, String> tags) {
		RouteName begun = PromptView.chosenRoute(prompt);
		if (begun != null && this.table.names().contains(begun)
				&& this.table.get(begun) instanceof ModelRoute stillThere) {
			return new Resolved(asked.name(), stillThere, SAME_TURN, null);
		}
		RequestFacts facts = PromptView.facts(prompt);
		RulesRoute current = asked;
		while (true) {
			RoutingRule rule = this.evaluator.choose(current, facts, caller, tags);
			Route next = this.table.get(rule.route());
			ModelRoute models = next.<@Nullable ModelRoute>match((found) -> found, (another) -> null);
			if (models != null) {
				return new Resolved(asked.name(), models, rule.toString(), facts);
			}
			current = (RulesRoute) next;
		}
	}

	private void requireNoCycle(Route route, Set<RouteName> path) {
		if (!path.add(route.name())) {
			throw new IllegalArgumentException("The rules of routes " + path + " lead in a circle");
		}
		route.match((models) -> null, (rulesRoute) -> {
			for (RoutingRule rule : rulesRoute.rules()) {
				requireNoCycle(this.table.get(rule.route()), new HashSet<>(path));
			}
			return null;
		});
	}

	/**
	 * A route that was asked for and the one that is used.
	 *
	 * @param requested the name that was asked for
	 * @param route the route whose targets answer
	 * @param rule the rule that chose it; {@code null} if none did
	 * @param facts what the rules were asked about; {@code null} if there were none
	 */
	record Resolved(RouteName requested, ModelRoute route, @Nullable String rule, @Nullable RequestFacts facts) {
	}

}
