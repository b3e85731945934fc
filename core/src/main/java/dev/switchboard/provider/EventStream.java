package dev.switchboard.provider;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;

/**
 * A provider's server-sent events on their way to the vendor's library, event by event:
 * one that cannot be read is dropped, as the library would give up the whole stream for
 * it. Read by one thread at a time; any may {@link #leave} it.
 */
final class EventStream extends ForwardingSource {

	private static final Logger logger = LoggerFactory.getLogger(EventStream.class);

	private static final JsonFactory JSON = new JsonFactory();

	private final BufferedSource lines;

	private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

	private final @Nullable GeminiAnswer gemini;

	private final Buffer ready = new Buffer();

	private final Buffer event = new Buffer();

	private final StringBuilder data = new StringBuilder();

	/**
	 * Reads events.
	 * @param source what the provider sends
	 * @param gemini looks at the events of Gemini's; {@code null} on the other wires
	 */
	EventStream(BufferedSource source, @Nullable GeminiAnswer gemini) {
		super(source);
		this.lines = source;
		this.gemini = gemini;
	}

	@Override
	public long read(Buffer sink, long byteCount) throws IOException {
		if (!this.state.compareAndSet(State.IDLE, State.READING)) {
			throw new IOException("The stream was given up");
		}
		try {
			return readEvent(sink, byteCount);
		}
		finally {
			if (!this.state.compareAndSet(State.READING, State.IDLE)) {
				super.close();
			}
		}
	}

	private long readEvent(Buffer sink, long byteCount) throws IOException {
		while (this.ready.exhausted()) {
			String line = this.lines.readUtf8Line();
			if (line == null) {
				endEvent();
				if (this.ready.exhausted() && this.gemini != null) {
					this.gemini.end();
				}
				return this.ready.exhausted() ? -1 : this.ready.read(sink, byteCount);
			}
			if (line.isEmpty()) {
				endEvent();
			}
			else if (line.charAt(0) != ':') {
				this.event.writeUtf8(line).writeByte('\n');
				if (line.startsWith("data:")) {
					this.data.append(this.data.isEmpty() ? "" : "\n").append(line, "data:".length(), line.length());
				}
			}
		}
		return this.ready.read(sink, byteCount);
	}

	/**
	 * Gives the stream up: some libraries just stop reading, and would keep its
	 * connection until the garbage collector comes. That of a stream that has ended
	 * serves others already, and nothing happens to it.
	 * @param cancel ends the request, without which closing would first read the rest
	 */
	void leave(Runnable cancel) {
		State before = this.state.getAndSet(State.LEFT);
		if (before == State.LEFT) {
			return;
		}
		cancel.run();
		if (before == State.IDLE) {
			try {
				super.close();
			}
			catch (IOException ex) {
				logger.debug("A stream was given up, and its connection was broken already", ex);
			}
		}
	}

	@Override
	public void close() throws IOException {
		if (this.state.getAndSet(State.LEFT) == State.IDLE) {
			super.close();
		}
	}

	private void endEvent() throws IOException {
		String text = this.data.toString().strip();
		this.data.setLength(0);
		if (this.event.exhausted()) {
			return;
		}
		if (!text.isEmpty() && !"[DONE]".equals(text) && !isJson(text)) {
			logger.debug("Dropped a malformed event: bytes={}", this.event.size());
			this.event.clear();
			return;
		}
		if (this.gemini != null && !text.isEmpty()) {
			this.event.clear();
			if (this.gemini.read(text)) {
				ready(GeminiAnswer.FILLER);
			}
			ready(GeminiAnswer.chunk(text));
			ready(GeminiAnswer.FILLER);
			return;
		}
		this.ready.write(this.event, this.event.size());
		this.ready.writeByte('\n');
	}

	private void ready(String data) {
		this.ready.writeUtf8("data: ").writeUtf8(data).writeUtf8("\n\n");
	}

	private static boolean isJson(String text) {
		try (JsonParser parser = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
			while (parser.nextToken() != null) {
				// On to the end, or to what is wrong.
			}
			return true;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private enum State {

		IDLE, READING,

		/** Whoever reads meanwhile closes it. */
		LEFT

	}

}
