package dev.switchboard.store.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A length of time in a time zone.
 *
 * @param from its beginning
 * @param until its end, which is not part of it
 * @param zone where its days begin
 */
public record Span(Instant from, Instant until, ZoneId zone) {

	private static final int MOST_DAYS = 3700;

	public Span {
		if (until.isBefore(from)) {
			throw new IllegalArgumentException("A span ends after it begins, but found " + from + " to " + until);
		}
	}

	/**
	 * Whole days.
	 * @param first the first day
	 * @param last the last day, which is part of it
	 * @param zone where they begin
	 * @return the span
	 */
	public static Span ofDays(LocalDate first, LocalDate last, ZoneId zone) {
		return new Span(first.atStartOfDay(zone).toInstant(), last.plusDays(1).atStartOfDay(zone).toInstant(), zone);
	}

	/**
	 * From one instant to another, with the days of UTC.
	 * @param from its beginning
	 * @param until its end, which is not part of it
	 * @return the span
	 */
	public static Span of(Instant from, Instant until) {
		return new Span(from, until, ZoneOffset.UTC);
	}

	/**
	 * Its days, of which the first and the last may be cut.
	 * @throws IllegalArgumentException if there are more than those of ten years
	 */
	List<Day> days() {
		List<Day> days = new ArrayList<>();
		LocalDate date = this.from.atZone(this.zone).toLocalDate();
		Instant begin = this.from;
		while (begin.isBefore(this.until)) {
			if (days.size() == MOST_DAYS) {
				throw new IllegalArgumentException("A report by day goes over at most ten years");
			}
			Instant next = date.plusDays(1).atStartOfDay(this.zone).toInstant();
			Instant end = next.isBefore(this.until) ? next : this.until;
			days.add(new Day(date, begin, end));
			begin = end;
			date = date.plusDays(1);
		}
		return days;
	}

	record Day(LocalDate date, Instant from, Instant until) {
	}

}
