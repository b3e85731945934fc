package dev.switchboard.store.setting;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.switchboard.change.ChangeFeed;
import dev.switchboard.change.Setting;
import dev.switchboard.change.SettingStore;
import dev.switchboard.change.SettingsUnavailableException;
import dev.switchboard.store.change.AuditEntry;
import dev.switchboard.store.change.AuditLog;
import dev.switchboard.store.change.VersionedTables;
import dev.switchboard.store.change.Watch;
import dev.switchboard.store.change.WatchSettings;
import dev.switchboard.store.database.Database;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Keeps settings in the database, for all nodes that share it, with their entries in the
 * audit.
 */
public final class StoredSettings implements SettingStore, AutoCloseable {

	private static final Watch.Subject SUBJECT = new Watch.Subject("Settings", ChangeFeed.Topic.SETTINGS);

	private final VersionedTables versions;

	private final SettingTable table;

	private final AuditLog audit;

	private final ChangeFeed feed;

	private final WatchSettings settings;

	private final InstantSource clock;

	private volatile @Nullable Watch<SettingSnapshot> watch;

	/**
	 * Settings of a database.
	 * @param database the database
	 * @param feed tells other nodes of changes, and of theirs
	 * @param settings how often to look for changes of other nodes
	 * @param clock tells when a change is made
	 */
	public StoredSettings(Database database, ChangeFeed feed, WatchSettings settings, InstantSource clock) {
		this.versions = new VersionedTables(database, "switchboard_setting_version");
		this.table = new SettingTable(database, this.versions);
		this.audit = new AuditLog(database);
		this.feed = feed;
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	public Outcome put(Setting setting, String who) {
		Change change = new Change(who);
		return run(change, () -> change.put(setting));
	}

	@Override
	public boolean remove(Setting.Kind kind, String name, String who) {
		Change change = new Change(who);
		return run(change, () -> change.remove(kind, name));
	}

	private <T> T run(Change change, Supplier<T> work) {
		try {
			return this.versions.change(work, () -> change.written, this::changed);
		}
		catch (DataAccessException ex) {
			throw new SettingsUnavailableException(ex);
		}
	}

	private void changed() {
		Watch<SettingSnapshot> current = this.watch;
		if (current != null) {
			current.changed();
		}
		else {
			this.feed.announce(ChangeFeed.Topic.SETTINGS);
		}
	}

	@Override
	public synchronized void listen(Consumer<List<Setting>> reader) {
		if (this.watch != null) {
			throw new IllegalStateException("Somebody is told of settings already");
		}
		Watch<SettingSnapshot> next = new Watch<>(SUBJECT, this.table, this.feed, this.settings,
				(snapshot) -> reader.accept(snapshot.settings()));
		this.watch = next;
		next.start();
	}

	/** Tells nobody any more. */
	@Override
	public void close() {
		Watch<SettingSnapshot> current = this.watch;
		if (current != null) {
			current.close();
		}
	}

	/** A change that is being made, in a transaction. */
	private final class Change {

		private final String who;

		// As the database keeps it.
		private final Instant now = StoredSettings.this.clock.instant().truncatedTo(ChronoUnit.MICROS);

		private boolean written;

		private Change(String who) {
			this.who = who;
		}

		Outcome put(Setting setting) {
			Setting old = StoredSettings.this.table.find(setting.kind(), setting.name());
			if (old == null) {
				StoredSettings.this.table.insert(setting, this.now);
				enter("created", setting.kind(), setting.name(), setting.properties());
				return Outcome.CREATED;
			}
			if (old.equals(setting)) {
				return Outcome.UNCHANGED;
			}
			StoredSettings.this.table.update(setting, this.now);
			enter("updated", setting.kind(), setting.name(), difference(old.properties(), setting.properties()));
			return Outcome.CHANGED;
		}

		boolean remove(Setting.Kind kind, String name) {
			Setting old = StoredSettings.this.table.find(kind, name);
			if (old == null) {
				return false;
			}
			StoredSettings.this.table.delete(kind, name);
			enter("deleted", kind, name, old.properties());
			return true;
		}

		private void enter(String what, Setting.Kind kind, String name, Map<String, ?> details) {
			this.written = true;
			StoredSettings.this.audit.add(new AuditEntry(this.now, this.who, what, SettingTable.word(kind), name,
					SettingTable.json(details)));
		}

		private static Map<String, FromTo> difference(Map<String, String> before, Map<String, String> after) {
			Map<String, FromTo> difference = new TreeMap<>();
			Set<String> names = new TreeSet<>(before.keySet());
			names.addAll(after.keySet());
			for (String name : names) {
				FromTo change = new FromTo(before.get(name), after.get(name));
				if (!String.valueOf(change.from()).equals(String.valueOf(change.to()))) {
					difference.put(name, change);
				}
			}
			return difference;
		}

	}

	/** What a property was and is; {@code null} for its default. */
	private record FromTo(@Nullable String from, @Nullable String to) {
	}

}
