package dev.switchboard.call;

import java.time.Duration;

/**
 * How a limit stands that a call counts in.
 *
 * @param limit the limit's name
 * @param unit what it counts
 * @param amount how much of it there is in one period, and at most
 * @param per how long a period is; a day in which clocks change counts as one of 24 hours
 * @param remaining how much is left; 0 also if more was taken than there was
 * @param reset how long it takes until all of it is there again, if nothing more is
 * taken; of a limit that refused the call, until there is enough for it
 */
public record LimitNote(String limit, LimitUnit unit, long amount, Duration per, long remaining, Duration reset) {

	/**
	 * Whether less of this limit is left than of another, each as a share of all that it
	 * has.
	 * @param other the other limit
	 * @return whether this is nearer to its end
	 */
	public boolean isNearerToItsEndThan(LimitNote other) {
		return (double) this.remaining / this.amount < (double) other.remaining / other.amount;
	}

}
