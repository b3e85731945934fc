package dev.switchboard.cost;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PriceTests {

	private final Price price = new Price(Money.ofUsd("2.50"), Money.ofUsd("0.25"), Money.ofUsd("3.125"),
			Money.ofUsd("10"));

	@Test
	void eachKindOfTokenHasItsOwnPrice() {
		TokenUsage usage = new TokenUsage(1_000_000, 400_000, 100_000, 200_000);

		// 500 000 uncached at 2.50, 400 000 cached at 0.25, 100 000 written at 3.125, 200
		// 000 out at 10
		assertThat(this.price.of(usage)).isEqualTo(Money.ofUsd("3.6625"));
	}

	@Test
	void aSingleTokenCostsAFractionOfACentExactly() {
		assertThat(this.price.of(TokenUsage.of(1, 0))).isEqualTo(new Money(2_500));
	}

	@Test
	void lessThanANanoDollarIsRoundedUp() {
		Price tiny = new Price(new Money(1), Money.ZERO, Money.ZERO, Money.ZERO);

		assertThat(tiny.of(TokenUsage.of(1, 0))).isEqualTo(new Money(1));
	}

	@Test
	void aLongInputMakesEveryTokenOfTheAttemptDearer() {
		Price dearer = new Price(Money.ofUsd("5"), Money.ofUsd("0.50"), Money.ofUsd("6.25"), Money.ofUsd("15"));
		Price stepped = new Price(this.price.input(), this.price.cachedInput(), this.price.cacheWrite(),
				this.price.output(), List.of(new Price.LongInput(272_000, dearer)));

		assertThat(stepped.of(TokenUsage.of(272_000, 1_000))).isEqualTo(this.price.of(TokenUsage.of(272_000, 1_000)));
		assertThat(stepped.of(TokenUsage.of(272_001, 1_000))).isEqualTo(dearer.of(TokenUsage.of(272_001, 1_000)));
	}

	@Test
	void ofSeveralStepsTheLastOneExceededCounts() {
		Price one = new Price(Money.ofUsd("1"), Money.ofUsd("1"), Money.ofUsd("1"), Money.ofUsd("1"));
		Price two = new Price(Money.ofUsd("2"), Money.ofUsd("2"), Money.ofUsd("2"), Money.ofUsd("2"));
		Price stepped = new Price(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO,
				List.of(new Price.LongInput(100, one), new Price.LongInput(200, two)));

		assertThat(stepped.of(TokenUsage.of(150, 0))).isEqualTo(one.of(TokenUsage.of(150, 0)));
		assertThat(stepped.of(TokenUsage.of(1_000, 0))).isEqualTo(two.of(TokenUsage.of(1_000, 0)));
	}

	@Test
	void stepsRiseAndHaveNoStepsOfTheirOwn() {
		Price.LongInput step = new Price.LongInput(100, this.price);

		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Price(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, List.of(step, step)));
		Price stepped = new Price(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, List.of(step));
		assertThatIllegalArgumentException().isThrownBy(() -> new Price.LongInput(200, stepped));
	}

	@Test
	void anUnknownCostStaysUnknownWhateverIsAdded() {
		assertThat(new Cost(Money.ofUsd("1")).plus(Cost.UNKNOWN)).isEqualTo(Cost.UNKNOWN);
		assertThat(Cost.UNKNOWN.plus(Cost.ZERO)).hasToString("unknown");
	}

	@Test
	void moneyIsWrittenInDollars() {
		assertThat(Money.ofUsd("0.00042")).hasToString("0.00042 USD");
		assertThat(Money.ofUsd("100")).hasToString("100 USD");
	}

	@Test
	void moneyThatIsTooFineOrNegativeIsRefused() {
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Money.ofUsd("0.0000000001"));
		assertThatIllegalArgumentException().isThrownBy(() -> new Money(-1));
	}

	@Test
	void moneyDoesNotOverflowSilently() {
		assertThatExceptionOfType(ArithmeticException.class)
			.isThrownBy(() -> new Money(Long.MAX_VALUE).plus(new Money(1)));
	}

}
