package dev.switchboard.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.budget.Budget;
import dev.switchboard.change.Setting;
import dev.switchboard.limit.Limit;

/**
 * Makes budgets and limits of the configuration and of what is set at run time, which
 * takes the place of what has the same name.
 */
final class SettingMapper {

	private final SwitchboardProperties properties;

	private final MappedProviders providers;

	SettingMapper(SwitchboardProperties properties, MappedProviders providers) {
		this.properties = properties;
		this.providers = providers;
	}

	/** The budgets; not to be used if there are problems. */
	List<Budget> budgets(List<Setting> settings, Problems problems) {
		SwitchboardProperties all = this.properties.with(merged(Setting.Kind.BUDGET, "switchboard.budgets.", settings,
				this.properties.budgets(), SwitchboardProperties.Budget.class, problems), this.properties.limits());
		return new BudgetMapper(all, new SelectorMapper(all, this.providers, problems), problems).map();
	}

	/** The limits; not to be used if there are problems. */
	List<Limit> limits(List<Setting> settings, Problems problems) {
		SwitchboardProperties all = this.properties.with(this.properties.budgets(),
				merged(Setting.Kind.LIMIT, "switchboard.limits.", settings, this.properties.limits(),
						SwitchboardProperties.Limit.class, problems));
		return new LimitMapper(all, new SelectorMapper(all, this.providers, problems), problems).map();
	}

	private static <T extends Record> Map<String, T> merged(Setting.Kind kind, String prefix, List<Setting> settings,
			Map<String, T> configured, Class<T> type, Problems problems) {
		Map<String, T> all = new LinkedHashMap<>(configured);
		for (Setting setting : settings) {
			if (setting.kind() == kind) {
				T bound = SettingBinder.bind(setting, prefix + setting.name(), type, problems);
				if (bound != null) {
					all.put(setting.name(), bound);
				}
			}
		}
		return all;
	}

}
