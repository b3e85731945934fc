package dev.switchboard.gateway.admin;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.switchboard.autoconfigure.RunTimeSettings;
import dev.switchboard.call.LimitUnit;
import dev.switchboard.change.Setting;
import dev.switchboard.limit.Limit;
import dev.switchboard.limit.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Limits. What is left of one is told to its holder in the headers of his answers.
 */
final class LimitList implements SettingViews {

	private final Limits limits;

	private final RunTimeSettings settings;

	LimitList(Limits limits, RunTimeSettings settings) {
		this.limits = limits;
		this.settings = settings;
	}

	@Override
	public Object all() {
		Map<String, Setting> set = this.settings.all(Setting.Kind.LIMIT);
		return new All(this.limits.all().stream().map((limit) -> Entry.of(limit, set)).toList());
	}

	@Override
	public @Nullable Object find(String name) {
		Map<String, Setting> set = this.settings.all(Setting.Kind.LIMIT);
		return this.limits.all()
			.stream()
			.filter((limit) -> limit.name().equals(name))
			.findFirst()
			.map((limit) -> Entry.of(limit, set))
			.orElse(null);
	}

	/** The answer. */
	record All(List<Entry> limits) {
	}

	/** A limit; {@code for} tells which calls count. */
	record Entry(String name, String source, @JsonProperty("for") Map<String, Object> selector, @Nullable Long requests,
			@Nullable Long inputTokens, @Nullable Long outputTokens, @Nullable Long tokens, String per, String zone) {

		static Entry of(Limit limit, Map<String, Setting> set) {
			Map<LimitUnit, Long> amounts = limit.amounts();
			return new Entry(limit.name(), Source.of(set.get(limit.name())).word(), Selectors.of(limit.selector()),
					amounts.get(LimitUnit.REQUESTS), amounts.get(LimitUnit.INPUT_TOKENS),
					amounts.get(LimitUnit.OUTPUT_TOKENS), amounts.get(LimitUnit.TOKENS), limit.per().label(),
					limit.zone().getId());
		}

	}

}
