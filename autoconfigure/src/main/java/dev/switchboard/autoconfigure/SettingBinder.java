package dev.switchboard.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.switchboard.autoconfigure.PropertyNames.Unknown;
import dev.switchboard.change.Setting;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Reads what is set at run time as if it stood in the configuration, and finds the same
 * mistakes.
 */
final class SettingBinder {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("setting");

	private SettingBinder() {
	}

	/**
	 * Reads a setting.
	 * @param <T> what it is in the configuration
	 * @param setting the setting
	 * @param property where it would stand
	 * @return its properties; {@code null} if that is a problem
	 */
	static <T extends Record> @Nullable T bind(Setting setting, String property, Class<T> type, Problems problems) {
		Map<String, String> values = new LinkedHashMap<>();
		setting.properties().forEach((name, value) -> values.put(ROOT + "." + name, value));
		for (String name : values.keySet()) {
			Unknown unknown = PropertyNames.unknownPart(type, ROOT, ConfigurationPropertyName.adapt(name, '.'));
			if (unknown != null) {
				problems.add(named(property, unknown.name()), "is not known", "use one of " + unknown.known());
				return null;
			}
		}
		Binder binder = new Binder(new MapConfigurationPropertySource(values));
		CollectingBindHandler handler = new CollectingBindHandler(BindHandler.DEFAULT, type,
				(name) -> named(property, name), problems);
		try {
			T bound = binder.bindOrCreate(ROOT, Bindable.of(type), handler);
			PropertyValidation.report(bound, property, problems);
			return bound;
		}
		catch (BindException ex) {
			problems.add(property, "cannot be read: " + ex.getMessage(), "correct it");
			return null;
		}
	}

	private static String named(String property, String name) {
		return property + name.substring(ROOT.toString().length());
	}

}
