package dev.switchboard.limit;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

import dev.switchboard.call.CallSelector;
import dev.switchboard.call.LimitUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LimitTests {

	private static final ZoneId UTC = ZoneId.of("UTC");

	@Test
	void oneThatLimitsNothingIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> limit(Map.of(), LimitPeriod.DAY))
			.withMessage("Limit 'l' limits nothing");
	}

	@Test
	void oneCountsCallsAndNotAttempts() {
		CallSelector provider = new CallSelector(null, null, null, "openai", Map.of());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Limit("l", provider, Map.of(LimitUnit.REQUESTS, 1L), LimitPeriod.DAY, UTC))
			.withMessage("Limit 'l' names a provider, but limits count whole calls");
	}

	@Test
	void nothingIsNoAmount() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> limit(Map.of(LimitUnit.INPUT_TOKENS, 0L), LimitPeriod.MINUTE))
			.withMessage("Limit 'l' must allow 1 to 6000000000 input tokens per minute, but found 0");
	}

	@ParameterizedTest
	@EnumSource
	void theGreatestAmountCanBeCounted(LimitPeriod per) {
		long most = 100_000_000 * per.length().toSeconds();
		LimitBucket bucket = limit(Map.of(LimitUnit.TOKENS, most), per).bucket(LimitUnit.TOKENS, "", Instant.EPOCH);
		assertThat(bucket.bandwidth().getCapacity()).isEqualTo(most);
		assertThatIllegalArgumentException().isThrownBy(() -> limit(Map.of(LimitUnit.TOKENS, most + 1), per));
	}

	private static Limit limit(Map<LimitUnit, Long> amounts, LimitPeriod per) {
		return new Limit("l", CallSelector.ALL, amounts, per, UTC);
	}

}
