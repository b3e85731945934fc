package dev.switchboard.redis.cache;

import org.jspecify.annotations.Nullable;

/**
 * What stands in Redis is no entry that this version has written for this key.
 */
final class UnreadableEntryException extends RuntimeException {

	UnreadableEntryException(String found) {
		this(found, null);
	}

	UnreadableEntryException(String found, @Nullable Throwable cause) {
		super("Found " + found, cause, false, false);
	}

}
