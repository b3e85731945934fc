package dev.switchboard.store.change;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which changes.
 *
 * @param from not those before; {@code null} for any
 * @param until not those from then on; {@code null} for any
 * @param name those of what has that name; {@code null} for all
 */
public record AuditFilter(@Nullable Instant from, @Nullable Instant until, @Nullable String name) {

	/** All of them. */
	public static final AuditFilter ALL = new AuditFilter(null, null, null);

}
