package dev.switchboard.provider;

import java.net.URI;

import dev.switchboard.route.Wire;
import org.jspecify.annotations.Nullable;

/**
 * A provider that needs nothing but its key.
 *
 * @param name the name under which targets call it
 * @param wire the dialect it speaks
 * @param baseUrl its address, as {@link ProviderSettings} want it
 * @param keyVariable the environment variable in which its users keep the key;
 * {@code null} if it knows no keys
 * @param needsKey whether it answers only those who have a key
 */
public record WellKnownProvider(String name, Wire wire, URI baseUrl, @Nullable String keyVariable, boolean needsKey) {

	public WellKnownProvider {
		if (needsKey && keyVariable == null) {
			throw new IllegalArgumentException("The variable of the key of provider '" + name + "' must be known");
		}
	}

}
