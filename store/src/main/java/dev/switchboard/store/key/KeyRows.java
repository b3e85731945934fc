package dev.switchboard.store.key;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * How values stand in the tables.
 */
final class KeyRows {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final TypeReference<List<String>> LIST = new TypeReference<>() {
	};

	private KeyRows() {
	}

	static StoredKey key(ResultSet row) throws SQLException {
		return new StoredKey(row.getString("name"),
				new KeyHashes(row.getString("hash"), row.getString("previous_hash"), instant(row, "previous_until")),
				row.getString("team"), reach(row), row.getBoolean("admin"), instant(row, "expires_at"),
				row.getBoolean("blocked"), requiredInstant(row, "created_at"), requiredInstant(row, "changed_at"));
	}

	static StoredTeam team(ResultSet row) throws SQLException {
		return new StoredTeam(row.getString("name"), reach(row), row.getBoolean("blocked"),
				requiredInstant(row, "created_at"), requiredInstant(row, "changed_at"));
	}

	static String json(List<String> list) {
		return MAPPER.writeValueAsString(list);
	}

	static @Nullable OffsetDateTime time(@Nullable Instant instant) {
		return (instant != null) ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC) : null;
	}

	private static Reach reach(ResultSet row) throws SQLException {
		return new Reach(list(row, "routes"), list(row, "models"), list(row, "passthrough"));
	}

	private static List<String> list(ResultSet row, String column) throws SQLException {
		return MAPPER.readValue(row.getString(column), LIST);
	}

	private static Instant requiredInstant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

}
