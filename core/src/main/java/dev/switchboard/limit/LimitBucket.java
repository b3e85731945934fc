package dev.switchboard.limit;

import java.time.Duration;
import java.time.Instant;

import dev.switchboard.call.LimitUnit;
import io.github.bucket4j.Bandwidth;

/**
 * What one holder may take of one unit of one limit. Its components together tell it from
 * every other: one whose amount is changed is another, and so is that of the next day.
 *
 * @param limit the limit's name
 * @param unit what it counts
 * @param holder whose it is, such as {@code key=ann}; empty if the limit has but one
 * @param amount how much there is in one period, and at most
 * @param per the period
 * @param start of a day, when it began; else {@link Instant#EPOCH}
 * @param end of a day, when it ends and the next bucket takes its place; else
 * {@link Instant#MAX}
 */
public record LimitBucket(String limit, LimitUnit unit, String holder, long amount, LimitPeriod per, Instant start,
		Instant end) {

	/**
	 * How it fills, in the words of Bucket4j. At first it is full.
	 * @return the only bandwidth of the bucket
	 */
	public Bandwidth bandwidth() {
		return (this.per != LimitPeriod.DAY)
				? Bandwidth.builder().capacity(this.amount).refillGreedy(this.amount, this.per.length()).build()
				// A day has 23 to 25 hours: each has a bucket of its own, which never
				// gets as far as a second period.
				: Bandwidth.builder()
					.capacity(this.amount)
					.refillIntervallyAligned(this.amount, Duration.between(this.start, this.end), this.end)
					.build();
	}

	/**
	 * Whether its day is over.
	 * @param now the time
	 * @return whether it is; always {@code false} for a shorter period, which goes on
	 */
	public boolean isOver(Instant now) {
		return !now.isBefore(this.end);
	}

	/**
	 * How long it takes until it is full if nothing more is taken.
	 * @param remaining what is left
	 * @param now the time
	 * @return how long, in milliseconds rounded up
	 */
	public Duration untilFull(long remaining, Instant now) {
		if (remaining >= this.amount) {
			return Duration.ZERO;
		}
		if (this.per == LimitPeriod.DAY) {
			return isOver(now) ? Duration.ZERO : Duration.between(now, this.end);
		}
		// In milliseconds, in which the greatest amount does not overflow; rounded up.
		long missing = this.amount - remaining;
		long millis = this.per.length().toMillis();
		return Duration.ofMillis(Math.multiplyExact(missing / this.amount, millis)
				+ (missing % this.amount * millis + this.amount - 1) / this.amount);
	}

}
