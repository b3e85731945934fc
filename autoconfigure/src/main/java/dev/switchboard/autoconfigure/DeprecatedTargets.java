package dev.switchboard.autoconfigure;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.switchboard.autoconfigure.SwitchboardProperties.Target;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Says once, when the application starts, which routes name models that will soon be
 * gone, or are already.
 */
final class DeprecatedTargets implements SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(DeprecatedTargets.class);

	private static final int NOTICE_DAYS = 30;

	private static final String NEXT_LINE = System.lineSeparator() + "  ";

	private final SwitchboardProperties properties;

	private final MappedProviders providers;

	private final ModelCatalog catalog;

	private final InstantSource clock;

	DeprecatedTargets(SwitchboardProperties properties, MappedProviders providers, ModelCatalog catalog,
			InstantSource clock) {
		this.properties = properties;
		this.providers = providers;
		this.catalog = catalog;
		this.clock = clock;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<String> found = find();
		if (!found.isEmpty()) {
			log.warn(
					"By the model catalog these models are gone, or may be within {} days. Action: name others, or "
							+ "correct 'switchboard.catalog.models'.{}",
					NOTICE_DAYS, found.stream().collect(Collectors.joining(NEXT_LINE, NEXT_LINE, "")));
		}
	}

	/**
	 * The targets that may be called and whose models go within a month, or went.
	 * @return each with its property, model and day
	 */
	List<String> find() {
		LocalDate soon = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC).plusDays(NOTICE_DAYS);
		List<String> found = new ArrayList<>();
		this.properties.routes().forEach((route, settings) -> {
			List<Target> targets = settings.targets();
			for (int i = 0; i < targets.size(); i++) {
				String model = targets.get(i).model();
				LocalDate deprecated = (model != null) ? deprecated(ModelId.parse(model)) : null;
				if (deprecated != null && !deprecated.isAfter(soon)) {
					found.add("property=switchboard.routes." + route + ".targets[" + i + "] model=" + model
							+ " deprecated=" + deprecated);
				}
			}
		});
		return found;
	}

	private @Nullable LocalDate deprecated(ModelId id) {
		// The simulator goes on answering, and nobody calls a provider that has no key.
		if (!this.providers.isUsable(id.provider()) || this.providers.simulated().contains(id.provider())) {
			return null;
		}
		ModelCard card = this.catalog.find(id);
		return (card != null) ? card.deprecated() : null;
	}

}
