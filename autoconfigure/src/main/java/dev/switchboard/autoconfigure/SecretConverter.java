package dev.switchboard.autoconfigure;

import dev.switchboard.provider.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;

/**
 * Reads a credential; an empty one, as an unset variable leaves it, is none.
 */
final class SecretConverter implements Converter<String, @Nullable Secret> {

	// The type argument allows null, which the checker does not follow.
	@Override
	@SuppressWarnings("NullAway")
	public @Nullable Secret convert(String source) {
		return source.isBlank() ? null : Secret.of(source);
	}

}
