package dev.switchboard.relay;

import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * The answer with which a model or its provider declined. In process that is a failure
 * like any other; on a wire it is an answer, which its caller is to see.
 */
public final class RefusedAnswerException extends RuntimeException {

	private final transient ChatResponse answer;

	private RefusedAnswerException(ChatResponse answer) {
		super("The answer is a refusal", null, false, false);
		this.answer = answer;
	}

	/**
	 * A failure with the answer behind it, where there is a caller on a wire to see it.
	 * @param failure what the answer was judged to be; {@code null} for nothing wrong
	 * @param prompt what was asked
	 * @param answer the answer, or its last chunk; {@code null} if there is none
	 * @return the failure
	 */
	public static @Nullable Failure keep(@Nullable Failure failure, Prompt prompt, @Nullable ChatResponse answer) {
		if (failure == null || answer == null || failure.kind() != FailureKind.CONTENT_REFUSED
				|| !(prompt instanceof RelayPrompt)) {
			return failure;
		}
		return new Failure(failure.kind(), failure.status(), failure.code(), failure.retryAfter(), failure.message(),
				new RefusedAnswerException(answer));
	}

	/**
	 * The answer behind a failure.
	 * @param failure the failure; {@code null} for none
	 * @return the answer, or its last chunk; {@code null} if none was kept
	 */
	public static @Nullable ChatResponse answerOf(@Nullable Failure failure) {
		return (failure != null && failure.cause() instanceof RefusedAnswerException refused) ? refused.answer : null;
	}

}
