package dev.switchboard.gateway.key;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import dev.switchboard.gateway.access.VirtualKeys;
import dev.switchboard.store.change.AuditEntry;
import dev.switchboard.store.change.AuditFilter;
import dev.switchboard.store.key.KeyTables;
import dev.switchboard.store.key.KeyWatch;

/**
 * Where those who run the gateway change its keys and teams, and see who did.
 */
public final class KeyDesk {

	private final KeyTables tables;

	private final KeyAdmin keys;

	private final TeamAdmin teams;

	/**
	 * A desk.
	 * @param tables where keys are kept
	 * @param watch told of changes
	 * @param configured the keys of the configuration
	 * @param routes the names of the routes that there are
	 * @param clock tells when a change is made
	 */
	public KeyDesk(KeyTables tables, KeyWatch watch, VirtualKeys configured, Supplier<Set<String>> routes,
			InstantSource clock) {
		AdminChanges changes = new AdminChanges(tables, watch, configured, clock);
		this.tables = tables;
		this.keys = new KeyAdmin(changes, configured, routes);
		this.teams = new TeamAdmin(changes, routes);
	}

	/**
	 * The keys.
	 * @return changes keys
	 */
	public KeyAdmin keys() {
		return this.keys;
	}

	/**
	 * The teams.
	 * @return changes teams
	 */
	public TeamAdmin teams() {
		return this.teams;
	}

	/**
	 * Who changed what, in the order in which it was done.
	 * @param filter which changes
	 * @param after the number of the last entry of the page before; 0 for the first page
	 * @param limit how many, at most
	 * @return the entries
	 */
	public List<AuditEntry.Numbered> audit(AuditFilter filter, long after, int limit) {
		return this.tables.audit(filter, after, limit);
	}

}
