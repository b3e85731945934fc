package dev.switchboard.gateway.admin;

import org.jspecify.annotations.Nullable;

/**
 * How things of one kind are shown that can be set at run time.
 */
interface SettingViews {

	/** All of them. */
	Object all();

	/** One; {@code null} if there is none of that name. */
	@Nullable Object find(String name);

}
