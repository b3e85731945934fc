package dev.switchboard.store.ledger;

import java.util.Map;

import dev.switchboard.cost.ModelId;
import org.jspecify.annotations.Nullable;

/**
 * Which calls of the ledger.
 *
 * @param span when they began
 * @param route the route that was used; {@code null} for any
 * @param team whose; {@code null} for any
 * @param key whose, by the name of the caller; {@code null} for any
 * @param model a target that was asked, and of reports by model the only one that counts;
 * {@code null} for any
 * @param outcome how they ended, such as {@code answered}; {@code null} for any
 * @param tags tags that they all have
 */
public record CallFilter(Span span, @Nullable String route, @Nullable String team, @Nullable String key,
		@Nullable ModelId model, @Nullable String outcome, Map<String, String> tags) {

	public CallFilter {
		tags = Map.copyOf(tags);
	}

	/**
	 * All calls of some time.
	 * @param span when they began
	 * @return the filter
	 */
	public static CallFilter of(Span span) {
		return new CallFilter(span, null, null, null, null, null, Map.of());
	}

	/**
	 * The same filter for another time.
	 * @param other when the calls began
	 * @return the filter
	 */
	public CallFilter span(Span other) {
		return new CallFilter(other, this.route, this.team, this.key, this.model, this.outcome, this.tags);
	}

	/**
	 * The same filter for one route.
	 * @param name the route that was used
	 * @return the filter
	 */
	public CallFilter route(String name) {
		return new CallFilter(this.span, name, this.team, this.key, this.model, this.outcome, this.tags);
	}

	/**
	 * The same filter for one team.
	 * @param name the group of the callers
	 * @return the filter
	 */
	public CallFilter team(String name) {
		return new CallFilter(this.span, this.route, name, this.key, this.model, this.outcome, this.tags);
	}

	/**
	 * The same filter for one key.
	 * @param name the name of the caller
	 * @return the filter
	 */
	public CallFilter key(String name) {
		return new CallFilter(this.span, this.route, this.team, name, this.model, this.outcome, this.tags);
	}

	/**
	 * The same filter for one model.
	 * @param target a target that was asked
	 * @return the filter
	 */
	public CallFilter model(ModelId target) {
		return new CallFilter(this.span, this.route, this.team, this.key, target, this.outcome, this.tags);
	}

	/**
	 * The same filter for one outcome.
	 * @param label how the calls ended
	 * @return the filter
	 */
	public CallFilter outcome(String label) {
		return new CallFilter(this.span, this.route, this.team, this.key, this.model, label, this.tags);
	}

	/**
	 * The same filter for calls with tags.
	 * @param all the tags that they have
	 * @return the filter
	 */
	public CallFilter tags(Map<String, String> all) {
		return new CallFilter(this.span, this.route, this.team, this.key, this.model, this.outcome, all);
	}

}
