package dev.switchboard.gateway.admin;

import java.util.Locale;

import dev.switchboard.change.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Where something is said that can be set at run time.
 */
enum Source {

	/** In the configuration. */
	CONFIGURATION,

	/** In the database, in place of the configuration if it says something too. */
	DATABASE;

	static Source of(@Nullable Setting setting) {
		return (setting != null) ? DATABASE : CONFIGURATION;
	}

	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
