package dev.switchboard.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.switchboard.call.CallSelector;
import dev.switchboard.call.LimitUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a store does with its buckets, wherever they are. Each test begins with full ones.
 */
public abstract class LimitStoreContract {

	private static final Instant START = Instant.parse("2026-05-10T12:00:00Z");

	static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	volatile Instant now = START;

	/** Its time is {@link #now}. */
	protected abstract LimitStore store();

	protected final Instant now() {
		return this.now;
	}

	@Test
	void whatIsTakenComesBackLittleByLittle() {
		LimitBucket bucket = bucket("ann", 60, LimitPeriod.MINUTE);
		assertThat(take(draw(bucket, 60))).isEqualTo(granted(new Level(bucket, 0)));
		assertThat(take(draw(bucket, 1))).isEqualTo(new Grant.Refused(draw(bucket, 1), 0, Duration.ofSeconds(1)));
		assertThat(take(draw(bucket, 3))).isEqualTo(new Grant.Refused(draw(bucket, 3), 0, Duration.ofSeconds(3)));
		this.now = START.plusMillis(1500);
		assertThat(take(draw(bucket, 1))).isEqualTo(granted(new Level(bucket, 0)));
		assertThat(take(draw(bucket, 1))).isEqualTo(new Grant.Refused(draw(bucket, 1), 0, Duration.ofMillis(500)));
		this.now = START.plus(Duration.ofHours(1));
		assertThat(take(draw(bucket, 1))).isEqualTo(granted(new Level(bucket, 59)));
	}

	@Test
	void eachHolderHasABucketOfHisOwn() {
		take(draw(bucket("ann", 5, LimitPeriod.MINUTE), 5));
		assertThat(take(draw(bucket("bob", 5, LimitPeriod.MINUTE), 5))).isInstanceOf(Grant.Granted.class);
		assertThat(take(draw(bucket("ann", 5, LimitPeriod.MINUTE), 1))).isInstanceOf(Grant.Refused.class);
	}

	@Test
	void allBucketsHaveItOrNoneIsTouched() {
		LimitBucket rich = bucket("rich", 10, LimitPeriod.MINUTE);
		LimitBucket poor = bucket("poor", 10, LimitPeriod.MINUTE);
		take(draw(poor, 8));
		assertThat(take(draw(rich, 5), draw(poor, 5))).isInstanceOfSatisfying(Grant.Refused.class, (refused) -> {
			assertThat(refused.draw()).isEqualTo(draw(poor, 5));
			assertThat(refused.remaining()).isEqualTo(2);
		});
		assertThat(take(draw(rich, 10), draw(poor, 2))).isEqualTo(granted(new Level(rich, 0), new Level(poor, 0)));
	}

	@Test
	void whoNeedsNothingYetIsLetThroughAsLongAsAnythingIsLeft() {
		LimitBucket bucket = bucket("ann", 10, LimitPeriod.MINUTE);
		assertThat(take(draw(bucket, 0))).isEqualTo(granted(new Level(bucket, 10)));
		take(draw(bucket, 9));
		assertThat(take(draw(bucket, 0))).isEqualTo(granted(new Level(bucket, 1)));
		take(draw(bucket, 1));
		assertThat(take(draw(bucket, 0))).isEqualTo(new Grant.Refused(draw(bucket, 0), 0, Duration.ofSeconds(6)));
	}

	@Test
	void whatIsOwedIsWaitedFor() {
		LimitBucket bucket = bucket("ann", 10, LimitPeriod.SECOND);
		assertThat(store().correct(List.of(draw(bucket, 30)))).containsExactly(new Level(bucket, -20));
		assertThat(take(draw(bucket, 1))).isEqualTo(new Grant.Refused(draw(bucket, 1), 0, Duration.ofMillis(2100)));
		this.now = START.plusMillis(2100);
		assertThat(take(draw(bucket, 1))).isEqualTo(granted(new Level(bucket, 0)));
	}

	@Test
	void whatIsPutBackNeverOverflows() {
		LimitBucket bucket = bucket("ann", 10, LimitPeriod.MINUTE);
		take(draw(bucket, 3));
		assertThat(store().correct(List.of(draw(bucket, -2)))).containsExactly(new Level(bucket, 9));
		assertThat(store().correct(List.of(draw(bucket, -2)))).containsExactly(new Level(bucket, 10));
	}

	@ParameterizedTest
	@CsvSource({ "2026-05-10, 12", "2026-10-25, 13", "2026-03-29, 11" })
	void aDayEndsAtMidnightHoweverLongItIs(LocalDate day, int hoursUntilNoon) {
		Limit limit = limit(10, LimitPeriod.DAY, BERLIN);
		this.now = day.atStartOfDay(BERLIN).toInstant().plus(Duration.ofHours(hoursUntilNoon));
		assertThat(LocalTime.ofInstant(this.now, BERLIN)).isEqualTo(LocalTime.NOON);
		LimitBucket today = limit.bucket(LimitUnit.REQUESTS, "ann", this.now);
		take(draw(today, 10));
		assertThat(take(draw(today, 1))).isEqualTo(new Grant.Refused(draw(today, 1), 0, Duration.ofHours(12)));
		this.now = this.now.plus(Duration.ofHours(12).minusMillis(1));
		assertThat(limit.bucket(LimitUnit.REQUESTS, "ann", this.now)).isEqualTo(today);
		assertThat(take(draw(today, 1))).isInstanceOf(Grant.Refused.class);
		this.now = this.now.plusMillis(1);
		LimitBucket tomorrow = limit.bucket(LimitUnit.REQUESTS, "ann", this.now);
		assertThat(take(draw(tomorrow, 1))).isEqualTo(granted(new Level(tomorrow, 9)));
	}

	@Test
	void whatADayOwesIsForgottenAtMidnight() {
		Limit limit = limit(10, LimitPeriod.DAY, BERLIN);
		LimitBucket today = limit.bucket(LimitUnit.REQUESTS, "ann", this.now);
		store().correct(List.of(draw(today, 1000)));
		assertThat(take(draw(today, 1))).isInstanceOfSatisfying(Grant.Refused.class,
				(refused) -> assertThat(this.now.plus(refused.availableIn())).isEqualTo(today.end()));
		this.now = today.end();
		assertThat(store().correct(List.of(draw(today, 1000)))).containsExactly(new Level(today, 10));
		assertThat(take(draw(limit.bucket(LimitUnit.REQUESTS, "ann", this.now), 10))).isInstanceOf(Grant.Granted.class);
	}

	@Test
	void nobodyIsRefusedForWantOfWhatAnotherPutsBack() throws Exception {
		LimitBucket wide = bucket("wide", 60, LimitPeriod.HOUR);
		LimitBucket narrow = bucket("narrow", 50, LimitPeriod.HOUR);
		LimitBucket elsewhere = bucket("elsewhere", 50, LimitPeriod.HOUR);
		take(draw(elsewhere, 50));
		ExecutorService threads = Executors.newFixedThreadPool(16);
		long granted = 0;
		try {
			List<Callable<Grant>> callers = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				LimitBucket second = (i % 2 == 0) ? narrow : elsewhere;
				callers.add(() -> store().take(List.of(draw(wide, 1), draw(second, 1))));
			}
			for (Future<Grant> grant : threads.invokeAll(callers)) {
				granted += (grant.get() instanceof Grant.Granted) ? 1 : 0;
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(granted).isEqualTo(50);
		assertThat(take(draw(wide, 10))).isEqualTo(granted(new Level(wide, 0)));
	}

	protected final Grant take(Draw... draws) {
		return store().take(List.of(draws));
	}

	protected static Draw draw(LimitBucket bucket, long amount) {
		return new Draw(bucket, amount);
	}

	protected static Grant granted(Level... levels) {
		return new Grant.Granted(List.of(levels));
	}

	protected static LimitBucket bucket(String holder, long amount, LimitPeriod per) {
		return limit(amount, per, BERLIN).bucket(LimitUnit.REQUESTS, holder, START);
	}

	static Limit limit(long amount, LimitPeriod per, ZoneId zone) {
		return new Limit("l", CallSelector.ALL, Map.of(LimitUnit.REQUESTS, amount), per, zone);
	}

}
