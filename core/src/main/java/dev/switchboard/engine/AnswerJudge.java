package dev.switchboard.engine;

import dev.switchboard.options.Answers;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.provider.FinishReasons;
import dev.switchboard.provider.FinishReasons.Finish;
import dev.switchboard.relay.PromptView;
import dev.switchboard.relay.Relayed;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Tells an answer from what only looks like one.
 */
final class AnswerJudge {

	private final SchemaCheck schemas = new SchemaCheck();

	/**
	 * What is wrong with a whole answer.
	 * @param response the answer
	 * @param prompt what was asked
	 * @param finishKnown whether the wire always says why an answer ends
	 * @return the failure; {@code null} if the answer can be used
	 */
	@Nullable Failure judge(@Nullable ChatResponse response, Prompt prompt, boolean finishKnown) {
		if (response == null || response.getResults().isEmpty()) {
			return Failure.of(FailureKind.UNUSABLE_ANSWER, "The provider's answer holds no message");
		}
		String text = Answers.text(response);
		boolean more = Answers.hasToolCalls(response) || Relayed.hasOtherContent(response);
		return judge(text, more, Answers.refusal(response), Answers.finishReason(response), prompt, finishKnown);
	}

	/**
	 * What is wrong with an answer that was put together from chunks.
	 * @param text its text
	 * @param more whether it calls tools, or has other content than text
	 * @param refusal the provider's words for declining; {@code null} if it said none
	 * @param finishReason why it ended; {@code null} if that never came
	 * @param prompt what was asked
	 * @param finishKnown whether the wire always says why an answer ends
	 * @return the failure; {@code null} if the answer can be used
	 */
	@Nullable Failure judge(CharSequence text, boolean more, @Nullable String refusal, @Nullable String finishReason,
			Prompt prompt, boolean finishKnown) {
		Finish finish = FinishReasons.judge(finishReason);
		if (refusal != null || finish == Finish.REFUSED) {
			String reason = (refusal != null) ? refusal : "The provider ended its answer with '" + finishReason + "'";
			return new Failure(FailureKind.CONTENT_REFUSED, null, finishReason, null, reason, null);
		}
		if (finish == Finish.BROKEN) {
			return new Failure(FailureKind.UNUSABLE_ANSWER, null, finishReason, null,
					"The provider broke its answer off with '" + finishReason + "'", null);
		}
		if (text.isEmpty() && !more) {
			return Failure.of(FailureKind.UNUSABLE_ANSWER, "The provider's answer is empty"
					+ ((finishReason != null) ? " (it ended with '" + finishReason + "')" : ""));
		}
		if (finish == Finish.MISSING && finishKnown) {
			return Failure.of(FailureKind.UNUSABLE_ANSWER, "The provider's answer has no end");
		}
		String schema = (!more && finish != Finish.TRUNCATED) ? PromptView.outputSchema(prompt) : null;
		if (schema != null) {
			String violation = this.schemas.violation(text.toString(), schema);
			if (violation != null) {
				return Failure.of(FailureKind.UNUSABLE_ANSWER, violation);
			}
		}
		return null;
	}

}
