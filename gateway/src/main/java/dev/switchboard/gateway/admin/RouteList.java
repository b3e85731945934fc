package dev.switchboard.gateway.admin;

import java.util.List;
import java.util.Map;

import dev.switchboard.autoconfigure.RunTimeSettings;
import dev.switchboard.change.Setting;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * Routes with their targets.
 */
final class RouteList implements SettingViews {

	private final RouteEngine engine;

	private final RunTimeSettings settings;

	RouteList(RouteEngine engine, RunTimeSettings settings) {
		this.engine = engine;
		this.settings = settings;
	}

	@Override
	public Object all() {
		Map<String, Setting> set = this.settings.all(Setting.Kind.ROUTE);
		return new Routes(this.engine.routes().routes().stream().map((route) -> Entry.of(route, set)).toList());
	}

	@Override
	public @Nullable Object find(String name) {
		Map<String, Setting> set = this.settings.all(Setting.Kind.ROUTE);
		return this.engine.routes()
			.routes()
			.stream()
			.filter((route) -> route.name().value().equals(name))
			.findFirst()
			.map((route) -> Entry.of(route, set))
			.orElse(null);
	}

	/** The answer. */
	record Routes(List<Entry> routes) {
	}

	/** A route; without targets it picks others by rules. */
	record Entry(String name, String description, String source, @Nullable List<String> targets) {

		static Entry of(Route route, Map<String, Setting> set) {
			String name = route.name().value();
			return new Entry(name, route.description(), Source.of(set.get(name)).word(),
					route.<@Nullable List<String>>match(
							(models) -> models.targets().stream().map((target) -> target.model().toString()).toList(),
							(rules) -> null));
		}

	}

}
