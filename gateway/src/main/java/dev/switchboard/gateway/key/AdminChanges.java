package dev.switchboard.gateway.key;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.switchboard.gateway.access.VirtualKeys;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.store.change.AuditEntry;
import dev.switchboard.store.key.KeyChange;
import dev.switchboard.store.key.KeySnapshot;
import dev.switchboard.store.key.KeyTables;
import dev.switchboard.store.key.KeyWatch;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries changes out: each with its entry in the audit, never so that nobody is left who
 * runs the gateway, and known to this node before it is told to be done.
 */
final class AdminChanges {

	private final KeyTables tables;

	private final KeyWatch watch;

	private final VirtualKeys configured;

	private final InstantSource clock;

	AdminChanges(KeyTables tables, KeyWatch watch, VirtualKeys configured, InstantSource clock) {
		this.tables = tables;
		this.watch = watch;
		this.configured = configured;
		this.clock = clock;
	}

	// As the database keeps it, so that what is compared with it later is the same.
	Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	KeySnapshot state() {
		return this.tables.load();
	}

	/** All keys as they are shown, by name. */
	List<KeyView> views(KeySnapshot state) {
		Instant now = now();
		return Stream
			.concat(this.configured.byName().values().stream().map((key) -> KeyView.of(key, state, now)),
					state.keys()
						.stream()
						.filter((key) -> !this.configured.byName().containsKey(key.name()))
						.map((key) -> KeyView.of(key, state, now)))
			.sorted((one, other) -> one.name().compareTo(other.name()))
			.toList();
	}

	<T> T run(Administrator admin, Function<Draft, T> work) {
		return this.tables.change((change) -> {
			Draft draft = new Draft(change, admin, change.state(), now());
			T result = work.apply(draft);
			if (draft.changed && !admin.force()) {
				requireAdmin(draft, change.state());
			}
			return result;
		}, this.watch::changed);
	}

	private void requireAdmin(Draft draft, KeySnapshot after) {
		if (hasAdmin(after)) {
			return;
		}
		if (hasAdmin(draft.state)) {
			throw lastAdmin("Nobody could run this gateway by key any more: it is the last key with 'admin: true' that "
					+ "is good. Make another first, or insist by '?force=true'");
		}
		if (draft.admin.local() && !after.keys().isEmpty()) {
			throw lastAdmin("With the first key, callers on this machine need one too, and nobody could run this "
					+ "gateway: make a key with 'admin: true' first, or insist by '?force=true'");
		}
	}

	private boolean hasAdmin(KeySnapshot state) {
		return views(state).stream().anyMatch(KeyView::isUsableByAdmin);
	}

	private static RefusedRequestException lastAdmin(String message) {
		return new RefusedRequestException(409, "last_admin_key", message, null);
	}

	/** A change that is being made. */
	static final class Draft {

		final KeyChange change;

		final Administrator admin;

		/** What was before. */
		final KeySnapshot state;

		final Instant now;

		private boolean changed;

		private Draft(KeyChange change, Administrator admin, KeySnapshot state, Instant now) {
			this.change = change;
			this.admin = admin;
			this.state = state;
			this.now = now;
		}

		void audit(String what, String kind, String name, ObjectNode details) {
			this.changed = true;
			if (this.admin.force()) {
				details.put("force", true);
			}
			this.change.audit(new AuditEntry(this.now, this.admin.name(), what, kind, name, details.toString()));
		}

	}

}
