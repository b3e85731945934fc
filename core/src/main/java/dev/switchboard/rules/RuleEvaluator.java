package dev.switchboard.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.switchboard.call.Caller;
import dev.switchboard.call.RequestFacts;
import dev.switchboard.route.RoutingRule;
import dev.switchboard.route.RulesRoute;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.ParseException;

/**
 * Picks the rule of a route that picks a route. A condition is an expression of Spring's
 * expression language over the request: <pre>
 * images, audio, files   how many of them the messages carry
 * inputTokens            the estimated input tokens
 * tools                  how many tools are offered
 * outputSchema           whether the answer must keep to a JSON schema
 * tags['team']           a tag of the call; null if it has none of that name
 * caller.name            who is charged
 * caller.group           the group he belongs to; null if he is in none
 * </pre> An expression compares and combines these; it reaches no class, no method and no
 * bean, and changes nothing. Instances are safe for use by many threads.
 */
public final class RuleEvaluator {

	// Weak keys compare by identity: the conditions go when the route does.
	private final LoadingCache<RulesRoute, List<CompiledRule>> compiled = Caffeine.newBuilder()
		.weakKeys()
		.build(RuleEvaluator::compile);

	/**
	 * The first rule that holds for a request. A condition that cannot be evaluated does
	 * not hold; that is logged once, as a warning.
	 * @param route the route whose rules are asked
	 * @param facts what the request is like
	 * @param caller who is charged
	 * @param tags the tags of the call
	 * @return the rule; there always is one, as the last one has no condition
	 * @throws IllegalArgumentException if one of the conditions is not an expression
	 */
	public RoutingRule choose(RulesRoute route, RequestFacts facts, Caller caller, Map<String, String> tags) {
		RuleRequest request = new RuleRequest(facts, caller, tags);
		for (CompiledRule candidate : this.compiled.get(route)) {
			if (candidate.condition() == null || candidate.condition().holds(request)) {
				return candidate.rule();
			}
		}
		throw new IllegalStateException("The last rule of route '" + route.name() + "' has a condition");
	}

	/**
	 * What is wrong with a condition: whether it can be read, knows all its words, and
	 * gives true or false. To be asked before a route is used.
	 * @param expression the condition
	 * @return each problem, in words that continue "the condition …:"; empty if there is
	 * none
	 */
	public List<String> problemsOf(String expression) {
		try {
			return Condition.parse(expression).problems();
		}
		catch (ParseException ex) {
			return List.of("it cannot be read: " + ex.getSimpleMessage() + " (position " + ex.getPosition() + ")");
		}
		catch (IllegalArgumentException ex) {
			return List.of("it is empty");
		}
	}

	private static List<CompiledRule> compile(RulesRoute route) {
		List<CompiledRule> rules = new ArrayList<>();
		for (RoutingRule rule : route.rules()) {
			try {
				rules.add(new CompiledRule(rule, (rule.when() != null) ? Condition.parse(rule.when()) : null));
			}
			catch (ParseException ex) {
				throw new IllegalArgumentException("The condition '" + rule.when() + "' of route '" + route.name()
						+ "' cannot be read: " + ex.getSimpleMessage(), ex);
			}
		}
		return List.copyOf(rules);
	}

	private record CompiledRule(RoutingRule rule, @Nullable Condition condition) {

	}

}
