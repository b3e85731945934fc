package dev.switchboard.budget;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

import org.jspecify.annotations.Nullable;

/**
 * How long a budget lasts before it begins anew. Periods begin and end with a day of the
 * calendar, in a time zone: a day in which clocks change has 23 or 25 hours.
 */
public enum BudgetPeriod {

	/** From midnight to midnight. */
	DAY,

	/** From Monday to Sunday. */
	WEEK,

	/** From the first to the last day of a month. */
	MONTH,

	/** For ever. */
	TOTAL;

	/**
	 * The beginning of the period that an instant belongs to.
	 * @param now the instant
	 * @param zone whose calendar counts
	 * @return when it began; {@link Instant#EPOCH} if it lasts for ever
	 */
	Instant start(Instant now, ZoneId zone) {
		return (this == TOTAL) ? Instant.EPOCH : firstDay(now, zone).atStartOfDay(zone).toInstant();
	}

	/**
	 * The end of the period that an instant belongs to, which is the beginning of the
	 * next.
	 * @param now the instant
	 * @param zone whose calendar counts
	 * @return when it ends; {@code null} if it lasts for ever
	 */
	@Nullable Instant end(Instant now, ZoneId zone) {
		LocalDate first = firstDay(now, zone);
		LocalDate next = switch (this) {
			case DAY -> first.plusDays(1);
			case WEEK -> first.plusWeeks(1);
			case MONTH -> first.plusMonths(1);
			case TOTAL -> null;
		};
		return (next != null) ? next.atStartOfDay(zone).toInstant() : null;
	}

	private LocalDate firstDay(Instant now, ZoneId zone) {
		LocalDate today = LocalDate.ofInstant(now, zone);
		return switch (this) {
			case DAY, TOTAL -> today;
			case WEEK -> today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
			case MONTH -> today.withDayOfMonth(1);
		};
	}

}
