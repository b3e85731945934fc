package dev.switchboard.call;

import java.time.Instant;
import java.util.List;

import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import org.jspecify.annotations.Nullable;

/**
 * Why a budget did not admit a call.
 *
 * @param budget the budget's name
 * @param holder whose account of it, such as {@code team=search}; empty if it has but one
 * @param limit what may be spent
 * @param spent what is spent in the present period
 * @param reserved what calls under way may still spend
 * @param asked what the call may cost, by estimate; {@code null} if nobody can tell
 * @param resetsAt when the budget begins anew; {@code null} for never
 * @param unpriced the models without a known price, for which nothing can be counted;
 * empty if there are none
 * @param unavailable whether nobody could tell, as what is spent can't be looked up at
 * the moment
 */
public record BudgetRefusal(String budget, String holder, Money limit, Money spent, Money reserved,
		@Nullable Money asked, @Nullable Instant resetsAt, List<ModelId> unpriced, boolean unavailable) {

	public BudgetRefusal {
		unpriced = List.copyOf(unpriced);
	}

	/**
	 * A refusal by a budget of which it is known what is spent.
	 * @param budget the budget's name
	 * @param holder whose account of it; empty if it has but one
	 * @param limit what may be spent
	 * @param spent what is spent in the present period
	 * @param reserved what calls under way may still spend
	 * @param asked what the call may cost; {@code null} if nobody can tell
	 * @param resetsAt when the budget begins anew; {@code null} for never
	 * @param unpriced the models without a known price; empty if there are none
	 */
	public BudgetRefusal(String budget, String holder, Money limit, Money spent, Money reserved, @Nullable Money asked,
			@Nullable Instant resetsAt, List<ModelId> unpriced) {
		this(budget, holder, limit, spent, reserved, asked, resetsAt, unpriced, false);
	}

	/**
	 * A refusal by a budget of which it is not known what is spent.
	 * @param budget the budget's name
	 * @param holder whose account of it; empty if it has but one
	 * @param limit what may be spent
	 * @param asked what the call may cost
	 * @param resetsAt when the budget begins anew; {@code null} for never
	 * @return the refusal
	 */
	public static BudgetRefusal unavailable(String budget, String holder, Money limit, Money asked,
			@Nullable Instant resetsAt) {
		return new BudgetRefusal(budget, holder, limit, Money.ZERO, Money.ZERO, asked, resetsAt, List.of(), true);
	}

	/**
	 * Whether nothing was wrong but that nobody can tell the price.
	 * @return whether it was so
	 */
	public boolean isForUnknownPrice() {
		return !this.unpriced.isEmpty();
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("Budget '").append(this.budget).append('\'');
		if (!this.holder.isEmpty()) {
			text.append(" of ").append(this.holder);
		}
		if (isForUnknownPrice()) {
			return text.append(" can't count what ")
				.append(this.unpriced)
				.append(" cost: add their prices under 'switchboard.catalog.models', or say that the budget allows it ")
				.append("with 'unknown-price: allow'")
				.toString();
		}
		if (this.unavailable) {
			return text.append(" can't be asked at the moment, as what is spent of it is in a database that is away: ")
				.append("try again soon")
				.toString();
		}
		text.append(" has a limit of ").append(this.limit).append(", of which ").append(this.spent).append(" is spent");
		if (this.reserved.compareTo(Money.ZERO) > 0) {
			text.append(" and ").append(this.reserved).append(" is reserved by calls under way");
		}
		if (this.asked != null) {
			text.append("; this call may cost up to ").append(this.asked);
		}
		text.append((this.resetsAt != null) ? "; it begins anew at " + this.resetsAt : "; it does not begin anew");
		return text.toString();
	}

}
