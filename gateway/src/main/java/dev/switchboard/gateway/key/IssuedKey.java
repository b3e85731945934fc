package dev.switchboard.gateway.key;

import dev.switchboard.provider.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What became of a key.
 *
 * @param secret the key itself, if it is new: it is shown now and never again;
 * {@code null} if it is as it was
 * @param view what is known of it
 */
public record IssuedKey(@Nullable Secret secret, KeyView view) {
}
