package dev.switchboard.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of US dollars, counted exactly in nano-dollars (10<sup>-9</sup> USD).
 *
 * @param nanos the amount in nano-dollars; at least 0
 */
public record Money(long nanos) implements Comparable<Money> {

	/** Nothing at all. */
	public static final Money ZERO = new Money(0);

	private static final int SCALE = 9;

	public Money {
		if (nanos < 0) {
			throw new IllegalArgumentException("An amount of money must not be negative, but was " + nanos + " nanos");
		}
	}

	/**
	 * Reads an amount such as {@code "2.50"}.
	 * @param usd the amount in dollars, with at most nine decimal places
	 * @return the amount
	 * @throws ArithmeticException if the amount is finer than a nano-dollar or too large
	 */
	public static Money ofUsd(String usd) {
		return new Money(new BigDecimal(usd).movePointRight(SCALE).longValueExact());
	}

	/**
	 * The sum of both amounts.
	 * @param other what to add
	 * @return the sum
	 * @throws ArithmeticException on overflow, beyond nine billion dollars
	 */
	public Money plus(Money other) {
		return new Money(Math.addExact(this.nanos, other.nanos));
	}

	/**
	 * What is left of this amount once another is taken from it.
	 * @param other what to take
	 * @return the rest; {@link #ZERO} if there is none
	 */
	public Money minusUpTo(Money other) {
		return (this.nanos > other.nanos) ? new Money(this.nanos - other.nanos) : ZERO;
	}

	/**
	 * The amount in dollars.
	 * @return the amount, without trailing zeros
	 */
	public BigDecimal usd() {
		BigDecimal usd = BigDecimal.valueOf(this.nanos, SCALE).stripTrailingZeros();
		return (usd.scale() < 0) ? usd.setScale(0, RoundingMode.UNNECESSARY) : usd;
	}

	@Override
	public int compareTo(Money other) {
		return Long.compare(this.nanos, other.nanos);
	}

	@Override
	public String toString() {
		return usd().toPlainString() + " USD";
	}

}
