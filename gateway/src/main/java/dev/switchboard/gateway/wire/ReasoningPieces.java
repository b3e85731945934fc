package dev.switchboard.gateway.wire;

import dev.switchboard.options.Answers;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * What a model thought, as the pieces of one stream: a remembered answer says once more
 * in its last chunk all that was thought, which is told only once here.
 */
public final class ReasoningPieces {

	/** How many characters were told. */
	private int told;

	/**
	 * What a chunk adds.
	 * @param chunk the next chunk, or a whole answer
	 * @return the text, which may be empty; {@code null} if there is none
	 */
	public @Nullable String next(ChatResponse chunk) {
		String reasoning = Answers.reasoning(chunk);
		Generation generation = chunk.getResult();
		if (reasoning == null || generation == null) {
			return null;
		}
		boolean isPiece = generation.getOutput().getMetadata().containsKey(Answers.REASONING_DELTA);
		String piece = isPiece ? reasoning : reasoning.substring(Math.min(this.told, reasoning.length()));
		this.told += piece.length();
		return piece;
	}

}
