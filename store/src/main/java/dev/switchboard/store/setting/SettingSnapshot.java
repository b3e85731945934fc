package dev.switchboard.store.setting;

import java.util.List;

import dev.switchboard.change.Setting;
import dev.switchboard.store.change.Snapshot;

/**
 * All settings at one time.
 *
 * @param version counts the changes
 * @param settings the settings, by kind and name
 */
record SettingSnapshot(long version, List<Setting> settings) implements Snapshot {

	SettingSnapshot {
		settings = List.copyOf(settings);
	}

}
