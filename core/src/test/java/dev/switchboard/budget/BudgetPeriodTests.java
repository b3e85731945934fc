package dev.switchboard.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BudgetPeriodTests {

	private static final ZoneId UTC = ZoneId.of("UTC");

	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	@Test
	void aDayIsThatOfTheZone() {
		Instant lateInUtc = Instant.parse("2026-05-10T23:30:00Z");
		assertThat(BudgetPeriod.DAY.start(lateInUtc, UTC)).isEqualTo("2026-05-10T00:00:00Z");
		assertThat(BudgetPeriod.DAY.start(lateInUtc, BERLIN)).isEqualTo("2026-05-10T22:00:00Z");
		assertThat(BudgetPeriod.DAY.end(lateInUtc, BERLIN)).isEqualTo("2026-05-11T22:00:00Z");
	}

	@Test
	void aDayInWhichClocksChangeIsShorterOrLonger() {
		assertThat(lengthOf(BudgetPeriod.DAY, "2026-03-29T12:00:00Z")).isEqualTo(Duration.ofHours(23));
		assertThat(lengthOf(BudgetPeriod.DAY, "2026-10-25T12:00:00Z")).isEqualTo(Duration.ofHours(25));
		assertThat(lengthOf(BudgetPeriod.DAY, "2026-10-26T12:00:00Z")).isEqualTo(Duration.ofHours(24));
	}

	@Test
	void aDayThatHasNoMidnightBeginsWithItsFirstMoment() {
		ZoneId havana = ZoneId.of("America/Havana");
		Instant now = Instant.parse("2026-03-08T15:00:00Z");
		assertThat(BudgetPeriod.DAY.start(now, havana)).isEqualTo("2026-03-08T05:00:00Z");
		assertThat(BudgetPeriod.DAY.end(Instant.parse("2026-03-08T04:59:59Z"), havana))
			.isEqualTo("2026-03-08T05:00:00Z");
	}

	@Test
	void aWeekBeginsOnMonday() {
		Instant sunday = Instant.parse("2026-05-10T12:00:00Z");
		assertThat(BudgetPeriod.WEEK.start(sunday, UTC)).isEqualTo("2026-05-04T00:00:00Z");
		assertThat(BudgetPeriod.WEEK.end(sunday, UTC)).isEqualTo("2026-05-11T00:00:00Z");
		Instant monday = Instant.parse("2026-05-11T00:00:00Z");
		assertThat(BudgetPeriod.WEEK.start(monday, UTC)).isEqualTo(monday);
	}

	@Test
	void aMonthHasAsManyDaysAsItHas() {
		assertThat(lengthOf(BudgetPeriod.MONTH, "2028-02-29T12:00:00Z")).isEqualTo(Duration.ofDays(29));
		assertThat(BudgetPeriod.MONTH.end(Instant.parse("2026-12-31T22:59:59Z"), BERLIN))
			.isEqualTo("2026-12-31T23:00:00Z");
	}

	@Test
	void theWholeNeverEnds() {
		assertThat(BudgetPeriod.TOTAL.start(Instant.parse("2026-05-10T12:00:00Z"), BERLIN)).isEqualTo(Instant.EPOCH);
		assertThat(BudgetPeriod.TOTAL.end(Instant.parse("2026-05-10T12:00:00Z"), BERLIN)).isNull();
	}

	private static Duration lengthOf(BudgetPeriod period, String at) {
		Instant now = Instant.parse(at);
		return Duration.between(period.start(now, BERLIN), period.end(now, BERLIN));
	}

}
