package dev.switchboard.store.change;

import java.time.Instant;

/**
 * That somebody changed something.
 *
 * @param time when
 * @param who who it was
 * @param what what he did, such as {@code created}
 * @param kind what it was done to, such as {@code key} or {@code budget}
 * @param name its name
 * @param details what else is to be known, a JSON object; never a key or a hash
 */
public record AuditEntry(Instant time, String who, String what, String kind, String name, String details) {

	/**
	 * An entry with its place.
	 *
	 * @param number counts the entries, in the order of the changes
	 * @param entry the entry
	 */
	public record Numbered(long number, AuditEntry entry) {
	}

}
