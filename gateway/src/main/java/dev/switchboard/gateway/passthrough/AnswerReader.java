package dev.switchboard.gateway.passthrough;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Reads beside an answer on its way to the caller what it took: the tokens, the model
 * that it names, why it ended. It neither changes nor holds up the bytes, and keeps no
 * more than a bounded part of them. Answers of chat completions, embeddings and responses
 * of the OpenAI wire, of Anthropic's messages and of Gemini's contents are understood,
 * whole or as server-sent events, whichever provider sends them.
 */
public interface AnswerReader {

	/**
	 * A reader.
	 * @param contentType the media type of the answer; {@code null} if it has none
	 * @param contentEncoding how it is packed; {@code null} if it is not
	 * @return a reader, for one answer; of one in a format that tells nothing it reads
	 * nothing
	 */
	static AnswerReader of(@Nullable String contentType, @Nullable String contentEncoding) {
		boolean packed = contentEncoding != null && !contentEncoding.equalsIgnoreCase("identity");
		String type = (contentType != null && !packed) ? contentType.toLowerCase(Locale.ROOT) : "";
		if (type.startsWith("text/event-stream")) {
			return new EventAnswerReader();
		}
		return type.startsWith("application/json") ? new JsonAnswerReader() : new UnreadAnswer();
	}

	/**
	 * The next bytes of the answer.
	 * @param bytes where they are
	 * @param offset where they begin
	 * @param length how many they are
	 * @return how much content of a stream there is in them, in characters, roughly
	 */
	int read(byte[] bytes, int offset, int length);

	/**
	 * The answer has come to its end, or broke off.
	 * @return what it told until then
	 */
	AnswerFacts end();

}
