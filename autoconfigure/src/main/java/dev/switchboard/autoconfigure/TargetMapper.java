package dev.switchboard.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelId;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * Makes the targets of a route out of the properties.
 */
final class TargetMapper {

	private final RouteChecks checks;

	private final MappedProviders providers;

	private final Problems problems;

	TargetMapper(RouteChecks checks, Problems problems) {
		this.checks = checks;
		this.providers = checks.providers();
		this.problems = problems;
	}

	/**
	 * Maps targets; those of disabled providers are left out.
	 * @param property the property of the route
	 * @param properties its targets
	 * @param requires what they must be able to do
	 * @return the usable targets
	 */
	List<Target> map(String property, List<SwitchboardProperties.Target> properties, Requirements requires) {
		List<Target> targets = new ArrayList<>();
		Set<String> disabled = new LinkedHashSet<>();
		boolean wrong = false;
		for (int i = 0; i < properties.size(); i++) {
			String at = property + ".targets[" + i + "]";
			Target target = target(at, properties.get(i));
			if (target == null) {
				wrong = true;
			}
			else if (this.providers.disabled().containsKey(target.model().provider())) {
				disabled.add(target.model().provider());
			}
			else {
				wrong |= !meets(at, target.model(), requires);
				targets.add(target);
			}
		}
		if (targets.isEmpty() && !wrong) {
			this.problems.add(property + ".targets", "has no usable target, as no key is known of " + disabled,
					"set " + String.join(", or ", disabled.stream().map(this.providers.disabled()::get).toList())
							+ ", or add a target of another provider");
		}
		return targets;
	}

	private @Nullable Target target(String property, SwitchboardProperties.Target target) {
		String text = target.model();
		if (text == null || text.isBlank()) {
			// Reported by the validation.
			return null;
		}
		ModelId id = modelId(property, text);
		if (id == null) {
			return null;
		}
		if (!this.providers.isKnown(id.provider())) {
			List<String> known = this.providers.names();
			String meant = this.providers.nearest(id.provider());
			this.problems.add(property,
					"names provider '" + id.provider() + "', but the providers configured are " + known,
					((meant != null) ? "did you mean '" + meant + "'? Else use" : "use")
							+ " one of these, or add 'switchboard.providers." + id.provider() + "'");
			return null;
		}
		Target mapped = new Target(id, this.problems.positive(property + ".timeout", target.timeout()),
				options(target.options()));
		if (this.providers.isUsable(id.provider())) {
			this.checks.check(mapped, property, this.problems);
		}
		return mapped;
	}

	// A list below a map of anything is bound as a map of its indexes.
	private static Map<String, Object> options(Map<String, Object> bound) {
		Map<String, Object> options = new LinkedHashMap<>();
		bound.forEach((name, value) -> options.put(name, plain(value)));
		return options;
	}

	private static Object plain(Object value) {
		if (!(value instanceof Map<?, ?> map)) {
			return value;
		}
		Map<String, Object> plain = new LinkedHashMap<>();
		map.forEach((name, inner) -> plain.put(String.valueOf(name), plain(inner)));
		for (int i = 0; i < plain.size(); i++) {
			if (!plain.containsKey(String.valueOf(i))) {
				return plain;
			}
		}
		return List.copyOf(plain.values());
	}

	private @Nullable ModelId modelId(String property, String text) {
		try {
			return ModelId.parse(text);
		}
		catch (IllegalArgumentException ex) {
			this.problems.add(property, "is '" + text + "', which is not of the form 'provider/model'",
					"write the provider before the model, such as 'openai/gpt-5.4-mini'");
			return null;
		}
	}

	private boolean meets(String property, ModelId id, Requirements requires) {
		ModelCard card = this.checks.catalog().find(id);
		if (requires.equals(Requirements.NONE)) {
			return true;
		}
		if (card == null) {
			this.problems.warn("The model catalog does not know " + id + ", so that nobody can tell whether it meets "
					+ "the requirements of property '" + property.substring(0, property.indexOf(".targets"))
					+ ".requires'. Action: add it under 'switchboard.catalog.models'.");
			return true;
		}
		List<String> missed = requires.missedBy(card);
		if (!missed.isEmpty()) {
			this.problems.add(property,
					"names " + id + ", but the route requires " + String.join(" and ", missed)
							+ ", which by the model catalog it lacks",
					"use another model, lower 'requires', or correct 'switchboard.catalog.models'");
		}
		return missed.isEmpty();
	}

}
