package dev.switchboard.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.switchboard.provider.ProviderSettings;
import org.jspecify.annotations.Nullable;

/**
 * The providers that routes may name.
 *
 * @param settings those that we speak to ourselves, by name
 * @param modelBeans those whose model the application hands in: names of beans, by name
 * @param disabled those without a key: what to set, by name
 * @param faulty those with problems of their own, which are reported already
 * @param simulated those of the first that the simulator stands in for
 * @param wellKnown further names that need only a key
 */
record MappedProviders(Map<String, ProviderSettings> settings, Map<String, String> modelBeans,
		Map<String, String> disabled, Set<String> faulty, Set<String> simulated, Set<String> wellKnown) {

	boolean isKnown(String name) {
		return this.settings.containsKey(name) || this.modelBeans.containsKey(name) || this.disabled.containsKey(name)
				|| this.faulty.contains(name);
	}

	boolean isUsable(String name) {
		return this.settings.containsKey(name) || this.modelBeans.containsKey(name);
	}

	/**
	 * The names to show to somebody who wrote another.
	 */
	List<String> names() {
		return Stream.of(this.settings.keySet(), this.modelBeans.keySet(), this.disabled.keySet(), this.faulty)
			.flatMap(Set::stream)
			.distinct()
			.sorted()
			.toList();
	}

	@Nullable String nearest(String name) {
		String nearest = PropertyNames.nearest(name, names());
		return (nearest != null) ? nearest : PropertyNames.nearest(name, this.wellKnown);
	}

}
