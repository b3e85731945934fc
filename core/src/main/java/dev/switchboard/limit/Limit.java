package dev.switchboard.limit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import dev.switchboard.call.CallSelector;
import dev.switchboard.call.LimitUnit;

/**
 * How many calls and tokens may pass in a time. One for a day is what is called a quota.
 *
 * @param name its name
 * @param selector which calls count; names no provider
 * @param amounts how much of each unit there is in one period, and at most; more than
 * nothing, of one unit at least
 * @param per the period
 * @param zone whose midnight ends a day
 */
public record Limit(String name, CallSelector selector, Map<LimitUnit, Long> amounts, LimitPeriod per, ZoneId zone) {

	/**
	 * Bucket4j gives back no more than one in a nanosecond, and some days are shorter.
	 */
	private static final long MOST_PER_SECOND = 100_000_000;

	public Limit {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A limit must have a name");
		}
		if (selector.countsAttempts()) {
			throw new IllegalArgumentException("Limit '" + name + "' names a provider, but limits count whole calls");
		}
		if (amounts.isEmpty()) {
			throw new IllegalArgumentException("Limit '" + name + "' limits nothing");
		}
		long most = MOST_PER_SECOND * per.length().toSeconds();
		amounts.forEach((unit, amount) -> {
			if (amount <= 0 || amount > most) {
				throw new IllegalArgumentException("Limit '" + name + "' must allow 1 to " + most + " "
						+ unit.label().replace('-', ' ') + " per " + per.label() + ", but found " + amount);
			}
		});
		amounts = Collections.unmodifiableMap(new EnumMap<>(amounts));
	}

	/**
	 * The bucket of one holder.
	 * @param unit what it counts
	 * @param holder whose it is, in the words of the selector
	 * @param now a time in its period
	 */
	LimitBucket bucket(LimitUnit unit, String holder, Instant now) {
		long amount = Objects.requireNonNull(this.amounts.get(unit));
		if (this.per != LimitPeriod.DAY) {
			return new LimitBucket(this.name, unit, holder, amount, this.per, Instant.EPOCH, Instant.MAX);
		}
		LocalDate today = LocalDate.ofInstant(now, this.zone);
		return new LimitBucket(this.name, unit, holder, amount, this.per, today.atStartOfDay(this.zone).toInstant(),
				today.plusDays(1).atStartOfDay(this.zone).toInstant());
	}

}
