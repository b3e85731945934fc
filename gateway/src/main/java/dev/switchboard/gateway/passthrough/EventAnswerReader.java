package dev.switchboard.gateway.passthrough;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads an answer of server-sent events, event by event. Only the few events that may
 * tell something are parsed: the first, and those with tokens or an end in them.
 */
final class EventAnswerReader implements AnswerReader {

	private static final int LONGEST_EVENT = 1024 * 1024;

	/** What the memory of a usual event may grow to before it is given back. */
	private static final int KEPT = 64 * 1024;

	/** An event carries a token, of four characters by the usual rule of thumb. */
	private static final int CHARACTERS_PER_EVENT = 4;

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final byte[] FIELD = bytes("data:");

	/** Names of fields, of which only a value other than {@code null} is telling. */
	private static final List<byte[]> TELLING = List.of(bytes("usage\""), bytes("usageMetadata\""),
			bytes("finish_reason\""), bytes("finishReason\""), bytes("stop_reason\""));

	private final AnswerFacts facts = new AnswerFacts();

	private byte[] event = new byte[1024];

	private int length;

	private boolean tooLong;

	private Line line = Line.BEGINNING;

	/** How many bytes of the line, as far as they could be the field's name. */
	private int matched;

	private boolean afterReturn;

	private boolean anyEvent;

	@Override
	public int read(byte[] bytes, int offset, int count) {
		int events = 0;
		int i = offset;
		int end = offset + count;
		while (i < end) {
			byte b = bytes[i];
			if (b == '\n' || b == '\r') {
				if (b == '\r' || !this.afterReturn) {
					events += endLine();
				}
				this.afterReturn = b == '\r';
				i++;
				continue;
			}
			this.afterReturn = false;
			if (this.line == Line.BEGINNING) {
				begin(b);
				i++;
				continue;
			}
			int stop = endOfLine(bytes, i, end);
			if (this.line == Line.DATA) {
				keep(bytes, i, stop - i);
			}
			i = stop;
		}
		return events * CHARACTERS_PER_EVENT;
	}

	@Override
	public AnswerFacts end() {
		endEvent();
		return this.facts;
	}

	private static int endOfLine(byte[] bytes, int from, int end) {
		int i = from;
		while (i < end && bytes[i] != '\n' && bytes[i] != '\r') {
			i++;
		}
		return i;
	}

	private void begin(byte b) {
		if (b == FIELD[this.matched]) {
			this.matched++;
			this.line = (this.matched == FIELD.length) ? Line.DATA : Line.BEGINNING;
		}
		else {
			this.line = Line.OTHER;
		}
	}

	private int endLine() {
		boolean empty = this.line == Line.BEGINNING && this.matched == 0;
		this.line = Line.BEGINNING;
		this.matched = 0;
		return (empty && endEvent()) ? 1 : 0;
	}

	private void keep(byte[] bytes, int offset, int count) {
		if (this.tooLong || this.length + count > LONGEST_EVENT) {
			this.tooLong = true;
			return;
		}
		if (this.length + count > this.event.length) {
			this.event = Arrays.copyOf(this.event, Math.max(this.length + count, 2 * this.event.length));
		}
		System.arraycopy(bytes, offset, this.event, this.length, count);
		this.length += count;
	}

	private boolean endEvent() {
		boolean any = this.length > 0;
		if (any && !this.tooLong && (!this.anyEvent || isTelling())) {
			try {
				this.facts.take(MAPPER.readTree(this.event, 0, this.length));
			}
			catch (JacksonException ex) {
				// '[DONE]', or something malformed.
			}
		}
		this.anyEvent |= any;
		this.length = 0;
		this.tooLong = false;
		if (this.event.length > KEPT) {
			this.event = new byte[1024];
		}
		return any;
	}

	private boolean isTelling() {
		for (int i = 0; i < this.length; i++) {
			byte b = this.event[i];
			if (b == '"' && i + 1 < this.length && "ufs".indexOf(this.event[i + 1]) >= 0 && isTelling(i + 1)) {
				return true;
			}
		}
		return false;
	}

	private boolean isTelling(int start) {
		for (byte[] name : TELLING) {
			int value = start + name.length;
			if (value <= this.length && Arrays.equals(this.event, start, value, name, 0, name.length)) {
				while (value < this.length && (this.event[value] == ':' || this.event[value] <= ' ')) {
					value++;
				}
				return value < this.length && this.event[value] != 'n';
			}
		}
		return false;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/** Where in a line the next byte stands. */
	private enum Line {

		/** In what may become the name of the field. */
		BEGINNING,

		/** In the data of the event. */
		DATA,

		/** In anything else. */
		OTHER

	}

}
