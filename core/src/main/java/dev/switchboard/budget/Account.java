package dev.switchboard.budget;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is spent of a budget by one holder in one period. Budget, holder and start
 * together tell it from every other.
 *
 * @param budget the budget's name
 * @param holder whose it is, such as {@code key=ann}; empty if the budget has but one
 * @param start when its period began; {@link Instant#EPOCH} for one that lasts for ever
 * @param end when its period ends; {@code null} for never
 */
public record Account(String budget, String holder, Instant start, @Nullable Instant end) {

	/**
	 * Whether its period is over.
	 * @param now the time
	 * @return whether it is
	 */
	public boolean isOver(Instant now) {
		return this.end != null && !now.isBefore(this.end);
	}

}
