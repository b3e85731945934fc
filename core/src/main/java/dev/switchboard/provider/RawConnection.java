package dev.switchboard.provider;

import java.io.InputStream;

import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a provider, which tells how much of an answer has arrived beyond the
 * chunk that is being read. Many providers send each event as a chunk of its own; those
 * that came together can go on together.
 */
final class RawConnection extends DefaultBHttpClientConnection {

	/**
	 * What stands before the bytes of the next chunk: the end of the line of the one
	 * before it, up to eight digits of its length and the end of their line (RFC 9112,
	 * section 7.1).
	 */
	private static final int CHUNK_HEAD = 2 + 8 + 2;

	private @Nullable SessionInputBuffer buffer;

	RawConnection(Http1Config config) {
		super(config);
	}

	@Override
	protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream in) {
		this.buffer = buffer;
		return super.createContentInputStream(length, buffer, in);
	}

	/**
	 * How many bytes of further chunks can be read without waiting.
	 * @return the bytes, at least; zero if there are none, or only the head of a chunk
	 */
	int availableBeyondChunk() {
		SessionInputBuffer arrived = this.buffer;
		return (arrived != null) ? Math.max(0, arrived.length() - CHUNK_HEAD) : 0;
	}

	/** Ends the connection at once, from any thread. */
	void end() {
		close(CloseMode.IMMEDIATE);
	}

}
