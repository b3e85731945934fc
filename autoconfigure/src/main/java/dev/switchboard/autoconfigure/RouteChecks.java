package dev.switchboard.autoconfigure;

import java.util.Locale;
import java.util.Map;

import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.provider.InvalidTargetOptionException;
import dev.switchboard.provider.MissingWireLibraryException;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.route.Target;
import dev.switchboard.rules.RuleEvaluator;

/**
 * What routes are checked against.
 *
 * @param providers the providers that they may name
 * @param clients knows the options of targets
 * @param catalog what is known of the models
 * @param rules knows the conditions of rules
 */
record RouteChecks(MappedProviders providers, TargetClients clients, ModelCatalog catalog, RuleEvaluator rules) {

	/**
	 * Reports why a target cannot be called, each option by itself.
	 */
	void check(Target target, String property, Problems problems) {
		if (target.options().isEmpty()) {
			connect(target, property, problems);
		}
		target.options()
			.forEach((name, value) -> connect(new Target(target.model(), target.timeout(), Map.of(name, value)),
					property, problems));
	}

	private void connect(Target target, String property, Problems problems) {
		try {
			this.clients.get(target);
		}
		catch (InvalidTargetOptionException ex) {
			String option = property + ".options." + ex.option();
			if (ex.knownOptions().contains(ex.option())) {
				problems.add(option, "has a value that does not fit: " + ex.getMessage(), "correct its value");
			}
			else {
				String meant = PropertyNames.nearest(ex.option(), ex.knownOptions());
				problems.add(option, "is no option of " + target.model(),
						(meant != null) ? "did you mean '" + meant + "'" : "use one of " + ex.knownOptions());
			}
		}
		catch (MissingWireLibraryException ex) {
			problems.add(property,
					"names provider '" + ex.provider() + "', which speaks the "
							+ ex.wire().name().toLowerCase(Locale.ROOT) + " wire, but the library for it is missing",
					"add the dependency '" + ex.dependency() + "'");
		}
	}

}
