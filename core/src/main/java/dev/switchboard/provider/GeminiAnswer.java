package dev.switchboard.provider;

import java.io.EOFException;
import java.io.IOException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at an answer of Gemini's for what gets lost further on: that the prompt was
 * blocked, of which Spring AI makes an answer without content, and that the end is
 * missing, as Spring AI takes every chunk for a finished one.
 */
final class GeminiAnswer {

	/**
	 * An event without content, to be put after each event: the library keeps each back
	 * until it has the next.
	 */
	static final String FILLER = "{\"candidates\":[],\"modelVersion\":\"\"}";

	/** Inside a text the second quote would have a backslash before it. */
	private static final String FINISHED = "\"finishReason\"";

	private static final String BLOCKED = "\"blockReason\"";

	private boolean finished;

	/**
	 * Takes note of a part of the answer, or of the whole.
	 * @param json what came
	 * @throws ErrorAnswerException if the prompt was blocked
	 */
	void read(String json) throws ErrorAnswerException {
		if (json.contains(BLOCKED)) {
			throw new ErrorAnswerException(blocked(JsonMapper.shared().readTree(json)));
		}
		// An error ends a stream too.
		this.finished = this.finished || json.contains(FINISHED) || json.startsWith("{\"error\"");
	}

	/**
	 * Takes note of the end.
	 * @throws IOException if it came before the answer was finished
	 */
	void end() throws IOException {
		if (!this.finished) {
			throw new EOFException("The stream ended without a finish reason");
		}
	}

	private static ErrorAnswer blocked(JsonNode answer) {
		JsonNode feedback = answer.path("promptFeedback");
		String reason = feedback.path("blockReason").asString("OTHER");
		String words = feedback.path("blockReasonMessage").asString("The prompt was blocked: " + reason);
		return new ErrorAnswer(null, reason, ErrorKinds.PROMPT_BLOCKED, words, null, null);
	}

}
