package dev.switchboard.store.key;

import java.sql.Types;
import java.time.Instant;

import dev.switchboard.store.change.AuditEntry;
import dev.switchboard.store.change.AuditLog;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A change of keys and teams that is being made, in one transaction; nobody else changes
 * any meanwhile, on no node.
 */
public final class KeyChange {

	private static final String KEY_COLUMNS = "hash = ?, previous_hash = ?, previous_until = ?, team = ?, "
			+ "routes = ?, models = ?, passthrough = ?, admin = ?, expires_at = ?, blocked = ?, created_at = ?, "
			+ "changed_at = ?";

	private static final String TEAM_COLUMNS = "routes = ?, models = ?, passthrough = ?, blocked = ?, created_at = ?, "
			+ "changed_at = ?";

	private final JdbcClient client;

	private final KeyReader reader;

	private final AuditLog audit;

	private boolean written;

	KeyChange(JdbcClient client, KeyReader reader, AuditLog audit) {
		this.client = client;
		this.reader = reader;
		this.audit = audit;
	}

	/**
	 * All keys and teams, with what was changed so far.
	 * @return the keys and teams
	 */
	public KeySnapshot state() {
		return this.reader.load();
	}

	/**
	 * Adds a key.
	 * @param key a key of a new name
	 */
	public void insert(StoredKey key) {
		write(key(this.client.sql("insert into switchboard_key (hash, previous_hash, previous_until, team, routes, "
				+ "models, passthrough, admin, expires_at, blocked, created_at, changed_at, name) values "
				+ "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"), key));
	}

	/**
	 * Puts a key in the place of the one of the same name.
	 * @param key the key
	 */
	public void update(StoredKey key) {
		write(key(this.client.sql("update switchboard_key set " + KEY_COLUMNS + " where name = ?"), key));
	}

	/**
	 * Removes a key.
	 * @param name its name
	 */
	public void deleteKey(String name) {
		write(this.client.sql("delete from switchboard_key where name = ?").param(name));
	}

	/**
	 * Adds a team.
	 * @param team a team of a new name
	 */
	public void insert(StoredTeam team) {
		write(team(this.client.sql("insert into switchboard_team (routes, models, passthrough, blocked, created_at, "
				+ "changed_at, name) values (?, ?, ?, ?, ?, ?, ?)"), team));
	}

	/**
	 * Puts a team in the place of the one of the same name.
	 * @param team the team
	 */
	public void update(StoredTeam team) {
		write(team(this.client.sql("update switchboard_team set " + TEAM_COLUMNS + " where name = ?"), team));
	}

	/**
	 * Removes a team that no key belongs to.
	 * @param name its name
	 */
	public void deleteTeam(String name) {
		write(this.client.sql("delete from switchboard_team where name = ?").param(name));
	}

	/**
	 * Enters who changed what.
	 * @param entry the entry
	 */
	public void audit(AuditEntry entry) {
		this.written = true;
		this.audit.add(entry);
	}

	/** Whether there is anything new for those who read. */
	boolean isWritten() {
		return this.written;
	}

	private void write(JdbcClient.StatementSpec statement) {
		this.written = true;
		if (statement.update() != 1) {
			throw new IllegalStateException("A key or team that was to be changed is not there");
		}
	}

	private static JdbcClient.StatementSpec key(JdbcClient.StatementSpec statement, StoredKey key) {
		int next = 1;
		statement.param(next++, key.hashes().current());
		statement.param(next++, key.hashes().previous(), Types.VARCHAR);
		statement.param(next++, time(key.hashes().previousUntil()), Types.TIMESTAMP_WITH_TIMEZONE);
		statement.param(next++, key.team(), Types.VARCHAR);
		next = reach(statement, key.reach(), next);
		statement.param(next++, key.admin());
		statement.param(next++, time(key.expires()), Types.TIMESTAMP_WITH_TIMEZONE);
		statement.param(next++, key.blocked());
		statement.param(next++, time(key.created()));
		statement.param(next++, time(key.changed()));
		return statement.param(next, key.name());
	}

	private static JdbcClient.StatementSpec team(JdbcClient.StatementSpec statement, StoredTeam team) {
		int next = reach(statement, team.reach(), 1);
		statement.param(next++, team.blocked());
		statement.param(next++, time(team.created()));
		statement.param(next++, time(team.changed()));
		return statement.param(next, team.name());
	}

	private static int reach(JdbcClient.StatementSpec statement, Reach reach, int first) {
		statement.param(first, KeyRows.json(reach.routes()));
		statement.param(first + 1, KeyRows.json(reach.models()));
		statement.param(first + 2, KeyRows.json(reach.passthrough()));
		return first + 3;
	}

	private static @Nullable Object time(@Nullable Instant instant) {
		return KeyRows.time(instant);
	}

}
