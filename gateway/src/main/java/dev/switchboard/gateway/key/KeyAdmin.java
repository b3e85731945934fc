package dev.switchboard.gateway.key;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.switchboard.gateway.access.KeyHash;
import dev.switchboard.gateway.access.VirtualKeys;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.provider.Secret;
import dev.switchboard.store.key.KeyHashes;
import dev.switchboard.store.key.StoredKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What those who run the gateway do to its keys. Everything here throws a
 * {@link RefusedRequestException} for what can't be done, and a
 * {@link org.springframework.dao.DataAccessException} if the database is away.
 */
public final class KeyAdmin {

	private static final String KEY = "key";

	private final AdminChanges changes;

	private final VirtualKeys configured;

	private final Supplier<Set<String>> routes;

	private final NewKeys newKeys = new NewKeys();

	KeyAdmin(AdminChanges changes, VirtualKeys configured, Supplier<Set<String>> routes) {
		this.changes = changes;
		this.configured = configured;
		this.routes = routes;
	}

	/**
	 * All keys, those of the configuration too.
	 * @return the keys, by name
	 */
	public List<KeyView> keys() {
		return this.changes.views(this.changes.state());
	}

	/**
	 * A key.
	 * @param name its name
	 * @return the key
	 */
	public KeyView key(String name) {
		return keys().stream().filter((key) -> key.name().equals(name)).findFirst().orElseThrow(KeyAdmin::unknown);
	}

	/**
	 * Makes a key, or makes it what it is to be. Whether it is blocked stays as it is.
	 * @param name its name
	 * @param spec what it is to be
	 * @param admin who wants it
	 * @return the key; with its secret if it is new
	 */
	public IssuedKey put(String name, KeySpec spec, Administrator admin) {
		requireStored(name);
		AdminNames.require(name);
		Rules.reach(spec.reach(), this.routes.get());
		return this.changes.run(admin, (draft) -> {
			Rules.team(spec.team(), draft.state);
			StoredKey old = draft.state.key(name);
			if (old == null) {
				return create(name, spec, draft);
			}
			KeySpec before = KeySpec.of(old);
			if (before.equals(spec)) {
				return new IssuedKey(null, view(old, draft));
			}
			if (spec.expires() != null && !spec.expires().equals(before.expires())) {
				Rules.future(spec.expires(), draft.now);
			}
			return new IssuedKey(null, update(spec.applyTo(old, draft.now), draft, "updated",
					Details.change(Details.of(before), Details.of(spec))));
		});
	}

	private IssuedKey create(String name, KeySpec spec, AdminChanges.Draft draft) {
		Rules.future(spec.expires(), draft.now);
		Secret secret = this.newKeys.next();
		StoredKey key = spec.newKey(name, KeyHashes.of(KeyHash.of(secret.reveal()).hex()), draft.now);
		draft.change.insert(key);
		draft.audit("created", KEY, name, Details.of(spec));
		return new IssuedKey(secret, view(key, draft));
	}

	/**
	 * Blocks a key, or lets it in again.
	 * @param name its name
	 * @param blocked whether it is to be refused
	 * @param admin who wants it
	 * @return the key
	 */
	public KeyView block(String name, boolean blocked, Administrator admin) {
		return change(name, admin, (draft) -> {
			StoredKey key = require(name, draft);
			return (key.blocked() == blocked) ? view(key, draft)
					: update(key.withBlocked(blocked), draft, blocked ? "blocked" : "unblocked", Details.none());
		});
	}

	/**
	 * Ends a key.
	 * @param name its name
	 * @param at when it is to end; {@code null} for at once
	 * @param admin who wants it
	 * @return the key
	 */
	public KeyView expire(String name, @Nullable Instant at, Administrator admin) {
		return change(name, admin, (draft) -> {
			StoredKey key = require(name, draft);
			Instant old = key.expires();
			Instant end = (at != null) ? at : endedBy(draft.now, old);
			if (end.equals(old)) {
				return view(key, draft);
			}
			return update(key.withExpires(end), draft, "expired", Details.change("expires", old, end));
		});
	}

	private static Instant endedBy(Instant now, @Nullable Instant end) {
		return (end != null && end.isBefore(now)) ? end : now;
	}

	/**
	 * Puts a new key in the place of one.
	 * @param name its name
	 * @param overlap for how long the old one is good too; of one before it nothing is
	 * left
	 * @param admin who wants it
	 * @return the key, with its new secret
	 */
	public IssuedKey rotate(String name, Duration overlap, Administrator admin) {
		return change(name, admin, (draft) -> {
			StoredKey key = require(name, draft);
			Secret secret = this.newKeys.next();
			Instant until = draft.now.plus(overlap);
			KeyHashes hashes = key.hashes().replaced(KeyHash.of(secret.reveal()).hex(), until);
			return new IssuedKey(secret, update(key.withHashes(hashes), draft, "rotated",
					Details.none().put("overlap", overlap.toString())));
		});
	}

	/**
	 * Removes a key.
	 * @param name its name
	 * @param admin who wants it
	 * @return whether there was one
	 */
	public boolean delete(String name, Administrator admin) {
		return change(name, admin, (draft) -> {
			StoredKey key = draft.state.key(name);
			if (key == null) {
				return false;
			}
			draft.change.deleteKey(name);
			draft.audit("deleted", KEY, name, Details.of(KeySpec.of(key)));
			return true;
		});
	}

	private <T> T change(String name, Administrator admin, Function<AdminChanges.Draft, T> work) {
		requireStored(name);
		return this.changes.run(admin, work);
	}

	private KeyView update(StoredKey key, AdminChanges.Draft draft, String what, ObjectNode details) {
		StoredKey changed = key.withChanged(draft.now);
		draft.change.update(changed);
		draft.audit(what, KEY, key.name(), details);
		return view(changed, draft);
	}

	private static KeyView view(StoredKey key, AdminChanges.Draft draft) {
		return KeyView.of(key, draft.state, draft.now);
	}

	private void requireStored(String name) {
		if (this.configured.byName().containsKey(name)) {
			throw new RefusedRequestException(409, "key_is_configured", "This key stands in the configuration, under "
					+ "'switchboard.gateway.keys', and can only be changed there", "name");
		}
	}

	private static StoredKey require(String name, AdminChanges.Draft draft) {
		StoredKey key = draft.state.key(name);
		if (key == null) {
			throw unknown();
		}
		return key;
	}

	private static RefusedRequestException unknown() {
		return new RefusedRequestException(404, "unknown_key", "There is no key of that name", "name");
	}

}
