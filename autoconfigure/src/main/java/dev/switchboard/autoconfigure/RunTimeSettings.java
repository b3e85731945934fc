package dev.switchboard.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

import dev.switchboard.budget.Budget;
import dev.switchboard.change.Setting;
import dev.switchboard.change.SettingStore;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.limit.Limit;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Route;
import dev.switchboard.route.RouteTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Targets of routes, budgets and limits that are set while the application runs, in place
 * of what the configuration says. They are checked as the configuration is. Where they
 * are kept, and for how long, is the {@link SettingStore}'s.
 */
public final class RunTimeSettings {

	private static final Logger log = LoggerFactory.getLogger(RunTimeSettings.class);

	private final SettingStore store;

	private final RouteEngine engine;

	private final SettingMapper mapper;

	private final Retargeting routes;

	private final UnpricedTargets unpriced;

	private final Consumer<List<Budget>> newBudgets;

	/** Warnings are told once. */
	private final Set<String> told = new HashSet<>();

	private volatile List<Setting> inEffect = List.of();

	/**
	 * Settings of an engine.
	 * @param unpriced finds calls that budgets would refuse
	 * @param newBudgets told of all budgets when they are others
	 */
	RunTimeSettings(SettingStore store, RouteEngine engine, SettingMapper mapper, Retargeting routes,
			UnpricedTargets unpriced, Consumer<List<Budget>> newBudgets) {
		this.store = store;
		this.engine = engine;
		this.mapper = mapper;
		this.routes = routes;
		this.unpriced = unpriced;
		this.newBudgets = newBudgets;
	}

	/** Has what is set already take effect, and what will be. */
	void start() {
		this.store.listen(this::apply);
	}

	/**
	 * What is set at present.
	 * @param kind which of it
	 * @return the settings that are in effect, by name
	 */
	public Map<String, Setting> all(Setting.Kind kind) {
		Map<String, Setting> all = new TreeMap<>();
		this.inEffect.stream()
			.filter((setting) -> setting.kind() == kind)
			.forEach((setting) -> all.put(setting.name(), setting));
		return all;
	}

	/**
	 * Sets something. When this returns, it is in effect on this node.
	 * @param setting what
	 * @param who who wants it
	 * @return what it did
	 * @throws InvalidSwitchboardConfigurationException if it will not do, with everything
	 * that is wrong with it
	 * @throws dev.switchboard.change.SettingsUnavailableException if it can't be kept;
	 * then nothing is changed
	 */
	public SettingStore.Outcome put(Setting setting, String who) {
		List<Setting> next = new ArrayList<>(this.inEffect);
		next.removeIf((other) -> other.kind() == setting.kind() && other.name().equals(setting.name()));
		next.add(setting);
		Problems problems = new Problems();
		map(next, problems);
		problems.throwIfAny();
		return this.store.put(setting, who);
	}

	/**
	 * Gives back to the configuration what was set, or removes what is not in it.
	 * @param kind what it is
	 * @param name its name
	 * @param who who wants it
	 * @return whether it was set
	 * @throws dev.switchboard.change.SettingsUnavailableException if that can't be done;
	 * then nothing is changed
	 */
	public boolean remove(Setting.Kind kind, String name, String who) {
		return this.store.remove(kind, name, who);
	}

	private synchronized void apply(List<Setting> settings) {
		List<Setting> usable = usable(settings);
		Mapped mapped = map(usable, new Problems());
		Set<String> changed = new TreeSet<>(all(Setting.Kind.ROUTE).keySet());
		changed.addAll(mapped.routes().keySet());
		changeRoutes(changed, mapped.routes());
		if (!mapped.budgets().equals(this.engine.budgets().all())) {
			this.engine.budgets().replace(mapped.budgets());
			this.newBudgets.accept(mapped.budgets());
		}
		if (!mapped.limits().equals(this.engine.limits().all())) {
			this.engine.limits().replace(mapped.limits());
		}
		this.inEffect = List.copyOf(usable);
		if (!usable.isEmpty()) {
			warn(mapped.budgets());
		}
	}

	// What the configuration alone leads to was told at the start.
	private void warn(List<Budget> budgets) {
		Problems problems = new Problems();
		this.unpriced.report(this.engine.routes(), budgets, problems);
		problems.warnings().stream().filter(this.told::add).forEach(log::warn);
	}

	private void changeRoutes(Set<String> names, Map<String, ModelRoute> changed) {
		RouteTable table = this.engine.routes();
		List<Route> next = new ArrayList<>(table.routes());
		for (String name : names) {
			Route route = changed.containsKey(name) ? changed.get(name) : this.routes.find(name);
			next.replaceAll((other) -> (route != null && other.name().equals(route.name())) ? route : other);
		}
		if (!next.equals(table.routes())) {
			this.engine.replaceRoutes(new RouteTable(next, table.defaultRoute()));
		}
	}

	/**
	 * What can be used of settings that another node has checked, whose configuration may
	 * be another: a route may be gone since.
	 */
	private List<Setting> usable(List<Setting> settings) {
		Problems problems = new Problems();
		map(settings, problems);
		if (problems.all().isEmpty()) {
			return settings;
		}
		List<Setting> usable = new ArrayList<>();
		for (Setting setting : settings) {
			List<ConfigurationProblem> wrong = with(usable, setting);
			if (!wrong.isEmpty()) {
				useInstead(setting, usable, wrong);
			}
		}
		return usable;
	}

	// That a route is gone which was to take over lets nobody spend what he wants.
	private static Setting refusing(Setting setting) {
		Map<String, String> properties = new LinkedHashMap<>(setting.properties());
		properties.remove("on-limit");
		return Setting.of(setting.kind(), setting.name(), properties);
	}

	private void useInstead(Setting setting, List<Setting> usable, List<ConfigurationProblem> wrong) {
		if (setting.kind() == Setting.Kind.BUDGET && with(usable, refusing(setting)).isEmpty()) {
			log.error("A budget that was set at run time cannot be used as it is, and refuses when it is spent "
					+ "budget={} problems={}", setting.name(), wrong);
			return;
		}
		log.error("What was set at run time cannot be used, and the configuration counts kind={} name={} problems={}",
				setting.kind(), setting.name(), wrong);
	}

	/** Adds a setting if it fits; else tells why not. */
	private List<ConfigurationProblem> with(List<Setting> usable, Setting setting) {
		Problems problems = new Problems();
		usable.add(setting);
		map(usable, problems);
		if (!problems.all().isEmpty()) {
			usable.remove(usable.size() - 1);
		}
		return problems.all();
	}

	private Mapped map(List<Setting> settings, Problems problems) {
		Map<String, ModelRoute> changed = new LinkedHashMap<>();
		for (Setting setting : settings) {
			if (setting.kind() == Setting.Kind.ROUTE) {
				ModelRoute route = this.routes.retarget(setting, problems);
				if (route != null) {
					changed.put(setting.name(), route);
				}
			}
		}
		return new Mapped(changed, this.mapper.budgets(settings, problems), this.mapper.limits(settings, problems));
	}

	/** What comes of settings. */
	private record Mapped(Map<String, ModelRoute> routes, List<Budget> budgets, List<Limit> limits) {
	}

}
