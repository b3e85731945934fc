package dev.switchboard.engine;

import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * What a call's record says of its answer.
 *
 * @param target who gave it
 * @param responseModel the model that it names
 * @param finishReason why it ended
 * @param usage the tokens that it took
 */
record AnswerSummary(ModelId target, @Nullable String responseModel, @Nullable String finishReason,
		@Nullable TokenUsage usage) {

}
