package dev.switchboard.change;

import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps what is set at run time. Does not check it: whoever puts something has.
 */
public interface SettingStore {

	/**
	 * Puts a setting in the place of the one of its kind and name.
	 * @param setting the setting
	 * @param who who wants it, for the audit
	 * @return what it did
	 * @throws SettingsUnavailableException if it can't be kept; then nothing is changed
	 */
	Outcome put(Setting setting, String who);

	/**
	 * Removes a setting.
	 * @param kind what it is
	 * @param name its name
	 * @param who who wants it, for the audit
	 * @return whether there was one
	 * @throws SettingsUnavailableException if it can't be removed; then nothing is
	 * changed
	 */
	boolean remove(Setting.Kind kind, String name, String who);

	/**
	 * Has somebody told of all settings: at once, if they can be read, and after each
	 * change, those of other nodes too. When a change of this node returns, he has been
	 * told.
	 * @param reader is given all settings, one time after another
	 */
	void listen(Consumer<List<Setting>> reader);

	/** What a change did. */
	enum Outcome {

		/** There was none of that name. */
		CREATED,

		/** There was another one of that name. */
		CHANGED,

		/** It was there already. */
		UNCHANGED

	}

}
