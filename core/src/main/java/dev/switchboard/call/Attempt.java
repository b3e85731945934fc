package dev.switchboard.call;

import java.time.Duration;

import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * One request sent to one target.
 *
 * @param number which attempt of the call, from 1
 * @param target who was asked
 * @param outcome how it ended
 * @param latency from sending it to its end
 * @param timeToFirstToken from sending it to its first content; {@code null} if there was
 * none or the answer was not streamed
 * @param usage the tokens; {@code null} if nobody counted them
 * @param usageEstimated whether the tokens are our estimate, as the attempt ended before
 * the provider told them
 * @param cost what it cost
 * @param responseModel the model that the answer names; {@code null} if it named none
 */
public record Attempt(int number, ModelId target, AttemptOutcome outcome, Duration latency,
		@Nullable Duration timeToFirstToken, @Nullable TokenUsage usage, boolean usageEstimated, Cost cost,
		@Nullable String responseModel) {

	public Attempt {
		if (number < 1) {
			throw new IllegalArgumentException("Attempts are numbered from 1, but found " + number);
		}
	}

}
