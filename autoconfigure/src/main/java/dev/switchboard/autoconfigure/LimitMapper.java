package dev.switchboard.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.CallSelector;
import dev.switchboard.call.LimitUnit;
import dev.switchboard.limit.Limit;

/**
 * Makes limits out of the properties.
 */
final class LimitMapper {

	private final SwitchboardProperties properties;

	private final SelectorMapper selectors;

	private final Problems problems;

	LimitMapper(SwitchboardProperties properties, SelectorMapper selectors, Problems problems) {
		this.properties = properties;
		this.selectors = selectors;
		this.problems = problems;
	}

	/** The limits; not to be used if there are problems. */
	List<Limit> map() {
		List<Limit> limits = new ArrayList<>();
		this.properties.limits().forEach((name, limit) -> {
			String property = "switchboard.limits." + name;
			CallSelector selector = this.selectors.map(property + ".for", limit.selector());
			Map<LimitUnit, Long> amounts = limit.amounts();
			if (amounts.isEmpty()) {
				this.problems.add(property, "limits nothing",
						"add 'requests', 'input-tokens', 'output-tokens' or 'tokens'");
			}
			else if (amounts.values().stream().allMatch((amount) -> amount > 0)) {
				// Others are reported by the validation.
				Limit mapped = this.problems.check(property, "correct it",
						() -> new Limit(name, selector, amounts, limit.per(), limit.zone()));
				if (mapped != null) {
					limits.add(mapped);
				}
			}
		});
		return limits;
	}

}
