package dev.switchboard.store.setting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

import dev.switchboard.change.Setting;
import dev.switchboard.store.change.SnapshotSource;
import dev.switchboard.store.change.VersionedTables;
import dev.switchboard.store.database.Database;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Settings in their table. A kind of which a newer version of this software has put some
 * is left out.
 */
final class SettingTable implements SnapshotSource<SettingSnapshot> {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final TypeReference<SortedMap<String, String>> PROPERTIES = new TypeReference<>() {
	};

	private final Database database;

	private final VersionedTables versions;

	SettingTable(Database database, VersionedTables versions) {
		this.database = database;
		this.versions = versions;
	}

	@Override
	public long version() {
		return this.versions.version();
	}

	// The version first: what is changed meanwhile is then read once more, not missed.
	@Override
	public SettingSnapshot load() {
		long version = version();
		List<Setting> settings = new ArrayList<>(this.database.client()
			.sql("select kind, name, properties from switchboard_setting where kind in (?, ?, ?)")
			.params(List.of(word(Setting.Kind.ROUTE), word(Setting.Kind.BUDGET), word(Setting.Kind.LIMIT)))
			.query((row, number) -> setting(row))
			.list());
		// Databases sort texts by languages of their own.
		settings.sort(Comparator.comparing(Setting::kind).thenComparing(Setting::name));
		return new SettingSnapshot(version, settings);
	}

	@Nullable Setting find(Setting.Kind kind, String name) {
		return this.database.client()
			.sql("select kind, name, properties from switchboard_setting where kind = ? and name = ?")
			.params(List.of(word(kind), name))
			.query((row, number) -> setting(row))
			.optional()
			.orElse(null);
	}

	void insert(Setting setting, Instant now) {
		this.database.client()
			.sql("insert into switchboard_setting (properties, changed_at, kind, name) values (?, ?, ?, ?)")
			.params(values(setting, now))
			.update();
	}

	void update(Setting setting, Instant now) {
		this.database.client()
			.sql("update switchboard_setting set properties = ?, changed_at = ? where kind = ? and name = ?")
			.params(values(setting, now))
			.update();
	}

	void delete(Setting.Kind kind, String name) {
		this.database.client()
			.sql("delete from switchboard_setting where kind = ? and name = ?")
			.params(List.of(word(kind), name))
			.update();
	}

	private static List<Object> values(Setting setting, Instant now) {
		return List.of(json(setting.properties()), OffsetDateTime.ofInstant(now, ZoneOffset.UTC), word(setting.kind()),
				setting.name());
	}

	private static Setting setting(ResultSet row) throws SQLException {
		return new Setting(Setting.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), row.getString("name"),
				MAPPER.readValue(row.getString("properties"), PROPERTIES));
	}

	/** What a kind is called in the table and in the audit. */
	static String word(Setting.Kind kind) {
		return kind.name().toLowerCase(Locale.ROOT);
	}

	static String json(Object value) {
		return MAPPER.writeValueAsString(value);
	}

}
