package dev.switchboard.engine;

import java.util.function.Function;

import dev.switchboard.policy.Failure;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * What one attempt without streaming came to.
 */
sealed interface AttemptResult {

	<T> T match(Function<ChatResponse, T> answered, Function<Failure, T> failed);

	/**
	 * The target answered.
	 *
	 * @param response the answer, normalised
	 */
	record Answered(ChatResponse response) implements AttemptResult {

		@Override
		public <T> T match(Function<ChatResponse, T> answered, Function<Failure, T> failed) {
			return answered.apply(this.response);
		}

	}

	/**
	 * The target failed.
	 *
	 * @param failure how
	 */
	record Failed(Failure failure) implements AttemptResult {

		@Override
		public <T> T match(Function<ChatResponse, T> answered, Function<Failure, T> failed) {
			return failed.apply(this.failure);
		}

	}

}
