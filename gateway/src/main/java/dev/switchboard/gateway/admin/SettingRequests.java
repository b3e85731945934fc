package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.switchboard.autoconfigure.ConfigurationProblem;
import dev.switchboard.autoconfigure.InvalidSwitchboardConfigurationException;
import dev.switchboard.autoconfigure.RunTimeSettings;
import dev.switchboard.change.Setting;
import dev.switchboard.change.SettingStore;
import dev.switchboard.gateway.key.AdminNames;
import dev.switchboard.gateway.wire.RefusedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Requests about what can be set at run time.
 */
final class SettingRequests {

	private final Thing thing;

	private final SettingViews views;

	private final RunTimeSettings settings;

	private final ChangeRequests changes;

	SettingRequests(Thing thing, SettingViews views, RunTimeSettings settings, ChangeRequests changes) {
		this.thing = thing;
		this.views = views;
		this.settings = settings;
		this.changes = changes;
	}

	void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Parameters.of(request);
		AdminJson.write(response, this.views.all());
	}

	void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Parameters.of(request);
		write(response, ChangeRequests.name(request));
	}

	void put(HttpServletRequest request, HttpServletResponse response) throws IOException {
		String name = ChangeRequests.name(request);
		Map<String, String> properties = SettingBody.read(request, this.thing.fields(), this.thing.selectable());
		String who = this.changes.plain(request).name();
		if (this.thing.kind() == Setting.Kind.ROUTE) {
			require(name);
		}
		else {
			AdminNames.require(name);
		}
		if (put(Setting.of(this.thing.kind(), name, properties), who) == SettingStore.Outcome.CREATED) {
			response.setStatus(HttpServletResponse.SC_CREATED);
		}
		write(response, name);
	}

	private SettingStore.Outcome put(Setting setting, String who) {
		try {
			return this.settings.put(setting, who);
		}
		catch (InvalidSwitchboardConfigurationException ex) {
			List<ConfigurationProblem> problems = ex.problems();
			throw RefusedRequestException.invalid(field(problems.get(0), setting), problems.stream()
				.map((problem) -> "'" + field(problem, setting) + "' " + problem.found() + ": " + problem.action())
				.collect(Collectors.joining("; ")));
		}
	}

	/** What a property is called in a request. */
	private String field(ConfigurationProblem problem, Setting setting) {
		String own = this.thing.prefix() + "." + setting.name() + ".";
		return problem.property().startsWith(own) ? problem.property().substring(own.length()).replace('-', '_')
				: problem.property();
	}

	void delete(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ChangeRequests.requireNoBody(request);
		String name = ChangeRequests.name(request);
		ChangeRequests.deleted(response, name,
				this.settings.remove(this.thing.kind(), name, this.changes.plain(request).name()));
	}

	private void write(HttpServletResponse response, String name) throws IOException {
		AdminJson.write(response, require(name));
	}

	private Object require(String name) {
		Object view = this.views.find(name);
		if (view == null) {
			throw new RefusedRequestException(404, "unknown_" + this.thing.word(),
					"There is no " + this.thing.word() + " of that name", "name");
		}
		return view;
	}

	/**
	 * What can be set.
	 *
	 * @param kind its kind
	 * @param word what it is called
	 * @param fields its fields in a request
	 * @param selectable the fields by which it picks calls
	 */
	record Thing(Setting.Kind kind, String word, Set<String> fields, Set<String> selectable) {

		static final Thing ROUTE = new Thing(Setting.Kind.ROUTE, "route", Set.of("targets"), Set.of());

		static final Thing BUDGET = new Thing(Setting.Kind.BUDGET, "budget",
				Set.of("for", "limit", "soft_limit", "per", "zone", "on_limit", "on_stream", "unknown_price"),
				Set.of("key", "team", "route", "provider", "tags"));

		static final Thing LIMIT = new Thing(Setting.Kind.LIMIT, "limit",
				Set.of("for", "requests", "input_tokens", "output_tokens", "tokens", "per", "zone"),
				Set.of("key", "team", "route", "tags"));

		/** Where things of the kind stand in the configuration. */
		String prefix() {
			return "switchboard." + this.word + "s";
		}

	}

}
