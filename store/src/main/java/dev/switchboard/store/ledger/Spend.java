package dev.switchboard.store.ledger;

import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * What calls have cost together.
 *
 * @param name of what: a route, a model, a day as {@code 2027-06-30} …; {@code null} for
 * the calls that have none, such as those of callers without a team, and of a total
 * @param calls how many calls
 * @param attempts how many requests were sent for them
 * @param cost the cost of all attempts whose cost is known
 * @param unknownCostCalls of how many calls the cost is not known, or not of every
 * attempt; it is not in the sum
 * @param usage the tokens of all attempts, as far as they were counted or estimated
 */
public record Spend(@Nullable String name, long calls, long attempts, Money cost, long unknownCostCalls,
		TokenUsage usage) {

	/** The calls of nobody. */
	static final Spend NONE = new Spend(null, 0, 0, Money.ZERO, 0, TokenUsage.NONE);

	Spend of(String otherName) {
		return new Spend(otherName, this.calls, this.attempts, this.cost, this.unknownCostCalls, this.usage);
	}

}
