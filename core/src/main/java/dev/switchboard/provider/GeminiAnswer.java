package dev.switchboard.provider;

import java.io.EOFException;
import java.io.IOException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at an answer of Gemini's for what gets lost further on: that the prompt was
 * blocked, of which Spring AI makes an answer without content, and that the end is
 * missing, as Spring AI takes every chunk for a finished one.
 */
final class GeminiAnswer {

	/**
	 * An event without content, to be put after each event, as the library keeps each
	 * back until it has the next, and before the first, as Reactor's {@code concatMap}
	 * does so with the first.
	 */
	static final String FILLER = "{\"candidates\":[],\"modelVersion\":\"\"}";

	/** Inside a text the second quote would have a backslash before it. */
	private static final String FINISHED = "\"finishReason\"";

	private static final String BLOCKED = "\"blockReason\"";

	private boolean begun;

	private boolean finished;

	/**
	 * Takes note of a part of the answer, or of the whole.
	 * @param json what came
	 * @return whether it is the first part
	 * @throws ErrorAnswerException if the prompt was blocked
	 */
	boolean read(String json) throws ErrorAnswerException {
		if (json.contains(BLOCKED)) {
			throw new ErrorAnswerException(blocked(JsonMapper.shared().readTree(json)));
		}
		boolean first = !this.begun;
		this.begun = true;
		// An error ends a stream too.
		this.finished = this.finished || json.contains(FINISHED) || json.startsWith("{\"error\"");
		return first;
	}

	/**
	 * A chunk that says of itself whether it is the last: Spring AI takes one that says
	 * nothing for finished.
	 * @param json the chunk as it came
	 * @return the same, with an end that is still open where it named none
	 */
	static String chunk(String json) {
		if (json.contains(FINISHED)) {
			return json;
		}
		JsonNode chunk = JsonMapper.shared().readTree(json);
		for (JsonNode candidate : chunk.path("candidates")) {
			if (candidate instanceof ObjectNode open) {
				open.put("finishReason", "FINISH_REASON_UNSPECIFIED");
			}
		}
		return JsonMapper.shared().writeValueAsString(chunk);
	}

	/**
	 * Takes note of the end.
	 * @throws IOException if it came before the answer was finished
	 */
	void end() throws IOException {
		if (this.begun && !this.finished) {
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
