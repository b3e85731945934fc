package dev.switchboard.cost;

import org.jspecify.annotations.Nullable;

/**
 * The cost of an attempt or a call: an amount, or unknown. Unknown is never counted as
 * zero: whatever is added to it stays unknown.
 *
 * @param amount the amount; {@code null} if it is unknown
 */
public record Cost(@Nullable Money amount) {

	/** A cost that nobody can tell, as the price or the usage is not known. */
	public static final Cost UNKNOWN = new Cost(null);

	/** The known cost of nothing, such as an answer from the response cache. */
	public static final Cost ZERO = new Cost(Money.ZERO);

	/**
	 * The sum of both; unknown as soon as one of them is.
	 * @param other what to add
	 * @return the sum
	 */
	public Cost plus(Cost other) {
		return (this.amount != null && other.amount != null) ? new Cost(this.amount.plus(other.amount)) : UNKNOWN;
	}

	@Override
	public String toString() {
		return (this.amount != null) ? this.amount.toString() : "unknown";
	}

}
