package dev.switchboard.call;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Why a limit did not admit a call.
 *
 * @param reason what was in the way
 * @param limit the limit's name
 * @param holder whose account of it, such as {@code key=ann}; empty if it has but one
 * @param unit what it counts
 * @param amount how much of it there is in one period, and at most
 * @param period the name of the period, such as {@code minute}
 * @param remaining how much is left; 0 also if more was taken than there was
 * @param asked how much the call takes at its beginning, by estimate if it is tokens; 0
 * if it needs only that some is left
 * @param availableAt when there is enough for this call, if nobody else takes it before;
 * {@code null} if never, or if it is not known
 */
public record LimitRefusal(Reason reason, String limit, String holder, LimitUnit unit, long amount, String period,
		long remaining, long asked, @Nullable Instant availableAt) {

	/** What was in the way of a call. */
	public enum Reason {

		/** There is not enough left at the moment. */
		EXHAUSTED,

		/** The call takes more than there ever is. */
		TOO_LARGE,

		/** How much is left can't be looked up, and nobody is let through on trust. */
		UNAVAILABLE

	}

	@Override
	public String toString() {
		String who = "Limit '" + this.limit + "'" + (this.holder.isEmpty() ? "" : " of " + this.holder);
		String what = this.amount + " " + this.unit.label().replace('-', ' ') + " per " + this.period;
		return switch (this.reason) {
			case EXHAUSTED -> who + " has " + this.remaining + " of its " + what + " left"
					+ ((this.asked > 1) ? ", and this call takes " + this.asked : "")
					+ ((this.availableAt != null) ? "; there is room again at " + this.availableAt : "");
			case TOO_LARGE -> who + " never has more than its " + what + ", and this call takes about " + this.asked
					+ ": a shorter one may pass";
			case UNAVAILABLE -> who + " can't be looked up at the moment";
		};
	}

}
