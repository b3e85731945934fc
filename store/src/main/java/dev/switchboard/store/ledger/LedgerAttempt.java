package dev.switchboard.store.ledger;

import dev.switchboard.cost.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as the ledger keeps it.
 *
 * @param number which attempt of the call, from 1
 * @param target who was asked, as {@code provider/model}
 * @param outcome how it ended
 * @param status the HTTP status of a failure; {@code null} if there was none
 * @param code the provider's own code of a failure; {@code null} if it gave none
 * @param responseModel the model that the answer names; {@code null} if it named none
 * @param usage the tokens; {@code null} if nobody counted them
 * @param usageEstimated whether the tokens are our estimate
 * @param costNanos what it cost, in nano-dollars (10<sup>-9</sup> USD); {@code null} if
 * it is unknown
 * @param latencyMicros from sending it to its end, in microseconds
 * @param firstTokenMicros from sending it to its first content, in microseconds;
 * {@code null} if there was none or the answer was not streamed
 */
public record LedgerAttempt(int number, String target, String outcome, @Nullable Integer status, @Nullable String code,
		@Nullable String responseModel, @Nullable TokenUsage usage, boolean usageEstimated, @Nullable Long costNanos,
		long latencyMicros, @Nullable Long firstTokenMicros) {

}
