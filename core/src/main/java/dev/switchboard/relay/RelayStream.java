package dev.switchboard.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import dev.switchboard.provider.ProviderErrorException;
import dev.switchboard.provider.RawAnswer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.model.ChatResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a provider's server-sent events, as many at a time as have arrived, and keeps
 * their bytes beside what they say. An event that can't be read is left out. From the
 * event with the finish reason on, everything is kept until the end, so that the last
 * chunk has the reason, the usage and the end marker, which is supplied where the
 * provider forgot it.
 */
final class RelayStream {

	private static final Logger logger = LoggerFactory.getLogger(RelayStream.class);

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/**
	 * No provider sends an event as large; one without an end must not fill the memory.
	 */
	private static final int MAX_EVENT = 16 * 1024 * 1024;

	/** Much more in one piece saves nothing. */
	private static final int MOST_TOGETHER = 16 * 1024;

	private final RawAnswer answer;

	private final InputStream in;

	private final WireReader reader;

	private final boolean wantsUsage;

	private byte[] buffer = new byte[8 * 1024];

	private int start;

	private int scanned;

	private int end;

	private boolean ended;

	private boolean over;

	private @Nullable IOException failure;

	RelayStream(RawAnswer answer, WireReader reader, boolean wantsUsage) {
		this.answer = answer;
		this.in = answer.body();
		this.reader = reader;
		this.wantsUsage = wantsUsage;
	}

	/**
	 * Waits for more.
	 * @return the next chunk; {@code null} once there is none
	 */
	@Nullable ChatResponse next() throws IOException {
		if (this.failure != null) {
			throw this.failure;
		}
		if (this.over) {
			return null;
		}
		Piece piece = new Piece();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.max(256, this.end - this.start));
		try {
			return read(piece, bytes);
		}
		catch (IOException ex) {
			if (bytes.size() == 0 || piece.isFinished()) {
				throw ex;
			}
			// What came before the failure goes on before it is told, whether or not they
			// came together.
			this.failure = ex;
			return piece.toResponse(bytes.toByteArray());
		}
	}

	private @Nullable ChatResponse read(Piece piece, ByteArrayOutputStream bytes) throws IOException {
		while (true) {
			int boundary = boundary();
			if (boundary >= 0) {
				event(this.start, boundary, piece, bytes);
				this.start = boundary;
				if (this.ended) {
					return last(piece, bytes);
				}
			}
			else if (bytes.size() > 0 && !piece.isFinished() && !hasArrived(bytes.size())) {
				return piece.toResponse(bytes.toByteArray());
			}
			else if (!fill(piece)) {
				return last(piece, bytes);
			}
		}
	}

	private @Nullable ChatResponse last(Piece piece, ByteArrayOutputStream bytes) {
		this.over = true;
		if (piece.isFinished() && !this.ended) {
			bytes.writeBytes(this.reader.endMarker().getBytes(StandardCharsets.US_ASCII));
		}
		return (bytes.size() > 0) ? piece.toResponse(bytes.toByteArray()) : null;
	}

	/** Where the next event ends; -1 if it has not arrived whole. */
	private int boundary() {
		for (int i = this.scanned; i < this.end; i++) {
			if (this.buffer[i] == '\n') {
				int next = i + 1;
				if (next < this.end && this.buffer[next] == '\r') {
					next++;
				}
				if (next < this.end && this.buffer[next] == '\n') {
					this.scanned = next + 1;
					return next + 1;
				}
				if (next >= this.end) {
					this.scanned = i;
					return -1;
				}
			}
		}
		this.scanned = this.end;
		return -1;
	}

	/** Whether more can be taken along without making the caller wait for the rest. */
	private boolean hasArrived(int taken) throws IOException {
		return taken < MOST_TOGETHER && this.in.available() > 0;
	}

	private boolean fill(Piece piece) throws IOException {
		if (this.start > 0) {
			System.arraycopy(this.buffer, this.start, this.buffer, 0, this.end - this.start);
			this.end -= this.start;
			this.scanned -= this.start;
			this.start = 0;
		}
		if (this.end == this.buffer.length) {
			if (this.end >= MAX_EVENT) {
				throw new NoAnswerException("The provider's stream has an event of more than " + MAX_EVENT + " bytes");
			}
			this.buffer = Arrays.copyOf(this.buffer, 2 * this.buffer.length);
		}
		int read;
		try {
			read = this.in.read(this.buffer, this.end, this.buffer.length - this.end);
		}
		catch (IOException ex) {
			if (piece.isFinished()) {
				// The answer is whole; what broke after it is no loss to anybody.
				return false;
			}
			throw ex;
		}
		if (read < 0) {
			return false;
		}
		this.end += read;
		return true;
	}

	private void event(int from, int to, Piece piece, ByteArrayOutputStream bytes) throws IOException {
		int dataFrom = -1;
		int dataTo = -1;
		ByteArrayOutputStream joined = null;
		int line = from;
		for (int i = from; i < to; i++) {
			if (this.buffer[i] != '\n') {
				continue;
			}
			int lineEnd = (i > line && this.buffer[i - 1] == '\r') ? i - 1 : i;
			if (isData(line, lineEnd)) {
				int content = line + "data:".length();
				if (dataFrom < 0) {
					dataFrom = content;
					dataTo = lineEnd;
				}
				else {
					if (joined == null) {
						joined = new ByteArrayOutputStream();
						joined.write(this.buffer, dataFrom, dataTo - dataFrom);
					}
					joined.write('\n');
					joined.write(this.buffer, content, lineEnd - content);
				}
			}
			line = i + 1;
		}
		if (dataFrom < 0) {
			// A comment or a bare name: nothing to read, but it may keep a connection
			// open.
			bytes.write(this.buffer, from, to - from);
			return;
		}
		boolean pass = (joined != null) ? data(joined.toByteArray(), 0, joined.size(), piece)
				: data(this.buffer, dataFrom, dataTo - dataFrom, piece);
		if (pass) {
			bytes.write(this.buffer, from, to - from);
		}
	}

	private boolean isData(int from, int to) {
		return to - from >= 5 && this.buffer[from] == 'd' && this.buffer[from + 1] == 'a'
				&& this.buffer[from + 2] == 't' && this.buffer[from + 3] == 'a' && this.buffer[from + 4] == ':';
	}

	private boolean data(byte[] source, int offset, int length, Piece piece) throws IOException {
		int from = offset;
		int to = offset + length;
		while (from < to && source[from] <= ' ' && source[from] >= 0) {
			from++;
		}
		if (from == to) {
			return true;
		}
		if (source[from] == '['
				&& new String(source, from, to - from, StandardCharsets.UTF_8).strip().equals("[DONE]")) {
			this.ended = true;
			return true;
		}
		JsonNode event;
		try {
			event = MAPPER.readTree(source, from, to - from);
		}
		catch (JacksonException ex) {
			logger.debug("Dropped a malformed event: bytes={}", length);
			return false;
		}
		JsonNode error = this.reader.error(event);
		if (error != null) {
			throw new ProviderErrorException(200, Map.of(), error.toString(), null);
		}
		WireReader.Event kind = this.reader.event(event, piece);
		this.ended |= kind == WireReader.Event.END;
		return kind != WireReader.Event.OURS || this.wantsUsage;
	}

	void close() {
		try {
			if (this.over && this.ended) {
				// The marker was the end of what is said, but not of the HTTP message.
				this.answer.finish();
			}
			else {
				this.answer.close();
			}
		}
		catch (IOException ex) {
			logger.debug("Closing an answer failed", ex);
		}
	}

}
