package dev.switchboard.limit;

import java.time.Duration;
import java.util.List;

import dev.switchboard.call.LimitUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryLimitStoreTests extends LimitStoreContract {

	private final InMemoryLimitStore store = new InMemoryLimitStore(() -> this.now);

	@Override
	protected LimitStore store() {
		return this.store;
	}

	@Test
	void bucketsThatAreFullAgainAndDaysThatAreOverAreForgotten() {
		Limit daily = limit(10, LimitPeriod.DAY, BERLIN);
		LimitBucket owing = bucket("owing", 10, LimitPeriod.HOUR);
		this.store.correct(List.of(draw(owing, 10_000_000)));
		for (int i = 0; i < 50_000; i++) {
			this.now = this.now.plusSeconds(100);
			take(draw(bucket("minute-" + i, 10, LimitPeriod.MINUTE), 5),
					draw(daily.bucket(LimitUnit.REQUESTS, "day-" + i, this.now), 1));
		}
		assertThat(this.store.size()).isLessThan(4000);
		assertThat(take(draw(owing, 1))).isInstanceOf(Grant.Refused.class);
	}

	@Test
	void aDayThatIsOverIsNotRememberedAnewToBeCorrected() {
		LimitBucket today = limit(10, LimitPeriod.DAY, BERLIN).bucket(LimitUnit.REQUESTS, "ann", this.now);
		this.now = today.end().plus(Duration.ofMinutes(1));
		this.store.correct(List.of(draw(today, 1000)));
		assertThat(this.store.size()).isZero();
	}

}
