package dev.switchboard.store.key;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.switchboard.store.change.VersionedTables;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the tables.
 */
final class KeyReader {

	private final JdbcClient client;

	private final VersionedTables tables;

	KeyReader(JdbcClient client, VersionedTables tables) {
		this.client = client;
		this.tables = tables;
	}

	// The version first: what is changed meanwhile is then read once more, not missed.
	KeySnapshot load() {
		long version = this.tables.version();
		List<StoredTeam> teams = new ArrayList<>(
				this.client.sql("select * from switchboard_team").query((row, number) -> KeyRows.team(row)).list());
		List<StoredKey> keys = new ArrayList<>(
				this.client.sql("select * from switchboard_key").query((row, number) -> KeyRows.key(row)).list());
		// Databases sort texts by languages of their own.
		teams.sort(Comparator.comparing(StoredTeam::name));
		keys.sort(Comparator.comparing(StoredKey::name));
		return new KeySnapshot(version, keys, teams);
	}

}
