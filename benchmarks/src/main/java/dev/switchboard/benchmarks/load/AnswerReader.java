package dev.switchboard.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads HTTP/1.1 answers, one after the other, as they come in. It looks for the
 * stand-in's word in each: the first one is the first token, and an answer without the
 * expected number of them is a wrong one.
 */
final class AnswerReader {

	private static final byte[] WORD = StandInAnswers.WORD.getBytes(StandardCharsets.US_ASCII);

	private static final int MAX_LINE = 16 * 1024;

	private State state = State.STATUS;

	private final byte[] line = new byte[MAX_LINE];

	private int lineLength;

	private int status;

	private boolean chunked;

	private boolean closes;

	private long left;

	private int matched;

	private int words;

	private long firstWord;

	/**
	 * Makes ready for the next answer.
	 */
	void reset() {
		this.state = State.STATUS;
		this.lineLength = 0;
		this.status = 0;
		this.chunked = false;
		this.closes = false;
		this.left = 0;
		this.matched = 0;
		this.words = 0;
		this.firstWord = 0;
	}

	/**
	 * Reads on.
	 * @param bytes what has come in
	 * @param length how much of it
	 * @param now the nanosecond at which it came in
	 * @return whether the answer is whole
	 */
	boolean read(byte[] bytes, int length, long now) {
		int at = 0;
		while (at < length && this.state != State.WHOLE) {
			if (this.state == State.BODY || this.state == State.CHUNK) {
				int step = (int) Math.min(this.left, length - at);
				look(bytes, at, at + step, now);
				at += step;
				this.left -= step;
				if (this.left == 0) {
					this.state = (this.state == State.BODY) ? State.WHOLE : State.CHUNK_END;
				}
			}
			else {
				byte next = bytes[at++];
				if (next == '\n') {
					line();
					this.lineLength = 0;
				}
				else if (next != '\r') {
					this.line[this.lineLength++] = next;
				}
			}
		}
		return this.state == State.WHOLE;
	}

	private void line() {
		switch (this.state) {
			case STATUS -> {
				this.status = Integer.parseInt(new String(this.line, 9, 3, StandardCharsets.US_ASCII));
				this.state = State.HEADER;
			}
			case HEADER -> header();
			case CHUNK_END -> this.state = State.CHUNK_SIZE;
			case CHUNK_SIZE -> {
				this.left = Long.parseLong(text().strip(), 16);
				this.state = (this.left == 0) ? State.TRAILER : State.CHUNK;
			}
			case TRAILER -> {
				if (this.lineLength == 0) {
					this.state = State.WHOLE;
				}
			}
			default -> throw new IllegalStateException("No line is expected in " + this.state);
		}
	}

	private void header() {
		if (this.lineLength == 0) {
			this.state = this.chunked ? State.CHUNK_SIZE : (this.left > 0) ? State.BODY : State.WHOLE;
			return;
		}
		// Only these two letters begin a header that matters.
		int first = this.line[0] | 0x20;
		if (first == 'c' || first == 't') {
			String header = text().toLowerCase(Locale.ROOT);
			if (header.startsWith("content-length:")) {
				this.left = Long.parseLong(header.substring("content-length:".length()).strip());
			}
			else if (header.startsWith("transfer-encoding:")) {
				this.chunked = header.endsWith("chunked");
			}
			else if (header.startsWith("connection:")) {
				this.closes = header.endsWith("close");
			}
		}
	}

	private void look(byte[] bytes, int from, int to, long now) {
		if (this.words > 0 && this.state == State.BODY) {
			// A long answer is not worth more of our time.
			return;
		}
		int match = this.matched;
		for (int i = from; i < to; i++) {
			byte next = bytes[i];
			match = (next == WORD[match]) ? match + 1 : (next == WORD[0]) ? 1 : 0;
			if (match == WORD.length) {
				match = 0;
				if (this.words++ == 0) {
					this.firstWord = now;
				}
				if (this.state == State.BODY) {
					break;
				}
			}
		}
		this.matched = match;
	}

	private String text() {
		return new String(Arrays.copyOf(this.line, this.lineLength), StandardCharsets.US_ASCII);
	}

	boolean isRight(boolean streamed) {
		return this.status == 200 && (streamed ? this.words == StandInAnswers.TOKENS : this.words > 0);
	}

	boolean closesConnection() {
		return this.closes;
	}

	long firstWord() {
		return this.firstWord;
	}

	@Override
	public String toString() {
		return "status=" + this.status + " words=" + this.words + " state=" + this.state;
	}

	private enum State {

		STATUS, HEADER, BODY, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILER, WHOLE

	}

}
