package dev.switchboard.change;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps settings until the application ends, for one node.
 */
public final class InMemorySettingStore implements SettingStore {

	private final List<Setting> settings = new ArrayList<>();

	private final List<Consumer<List<Setting>>> readers = new ArrayList<>();

	@Override
	public synchronized Outcome put(Setting setting, String who) {
		if (this.settings.contains(setting)) {
			return Outcome.UNCHANGED;
		}
		boolean replaced = this.settings.removeIf((other) -> is(other, setting.kind(), setting.name()));
		this.settings.add(setting);
		tell();
		return replaced ? Outcome.CHANGED : Outcome.CREATED;
	}

	@Override
	public synchronized boolean remove(Setting.Kind kind, String name, String who) {
		boolean removed = this.settings.removeIf((setting) -> is(setting, kind, name));
		if (removed) {
			tell();
		}
		return removed;
	}

	@Override
	public synchronized void listen(Consumer<List<Setting>> reader) {
		this.readers.add(reader);
		reader.accept(List.copyOf(this.settings));
	}

	private void tell() {
		List<Setting> all = List.copyOf(this.settings);
		this.readers.forEach((reader) -> reader.accept(all));
	}

	private static boolean is(Setting setting, Setting.Kind kind, String name) {
		return setting.kind() == kind && setting.name().equals(name);
	}

}
