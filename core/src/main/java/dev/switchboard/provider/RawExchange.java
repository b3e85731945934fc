package dev.switchboard.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, over one connection that is theirs until the answer has
 * been read to its end.
 */
final class RawExchange implements RawAnswer {

	private static final InputStream NOTHING = InputStream.nullInputStream();

	/** How long the end of a body may take after the last that it says. */
	private static final Timeout END_PATIENCE = Timeout.ofMilliseconds(50);

	/** Blank lines and comments, at most. */
	private static final int MOST_AFTER_THE_END = 1024;

	private final RawConnections connections;

	private final RawConnection connection;

	private final ClassicHttpRequest request;

	private @Nullable ClassicHttpResponse response;

	private InputStream body = NOTHING;

	private boolean released;

	RawExchange(RawConnections connections, RawConnection connection, ClassicHttpRequest request) {
		this.connections = connections;
		this.connection = connection;
		this.request = request;
	}

	/** Gives a message the body of a request, and says how long it is. */
	static void body(BasicClassicHttpRequest message, RawRequest request, boolean hasType, Runnable onFailure) {
		RawRequest.Body body = request.body();
		if (body == null) {
			if (request.method().equals("POST") || request.method().equals("PUT") || request.method().equals("PATCH")) {
				message.addHeader("Content-Length", "0");
			}
			return;
		}
		String type = body.contentType();
		if (type != null && !hasType) {
			message.addHeader("Content-Type", type);
		}
		if (body.length() >= 0) {
			message.addHeader("Content-Length", Long.toString(body.length()));
		}
		else {
			message.addHeader("Transfer-Encoding", "chunked");
		}
		message.setEntity(new SentBody(body, onFailure));
	}

	RawExchange send() throws IOException, HttpException {
		this.connection.sendRequestHeader(this.request);
		if (this.request.getEntity() != null) {
			this.connection.sendRequestEntity(this.request);
		}
		this.connection.flush();
		ClassicHttpResponse head = this.connection.receiveResponseHeader();
		while (head.getCode() < 200) {
			// Something to keep us waiting with.
			head = this.connection.receiveResponseHeader();
		}
		this.response = head;
		boolean bodiless = this.request.getMethod().equals("HEAD") || head.getCode() == 204 || head.getCode() == 304;
		if (bodiless) {
			release();
			return this;
		}
		this.connection.receiveResponseEntity(head);
		HttpEntity entity = head.getEntity();
		InputStream content = (entity != null) ? entity.getContent() : null;
		if (content == null) {
			release();
		}
		else {
			this.body = new Body(content);
		}
		return this;
	}

	private ClassicHttpResponse head() {
		ClassicHttpResponse head = this.response;
		if (head == null) {
			throw new IllegalStateException("The request has not been sent");
		}
		return head;
	}

	@Override
	public int status() {
		return head().getCode();
	}

	@Override
	public List<Map.Entry<String, String>> headers() {
		Header[] all = head().getHeaders();
		List<Map.Entry<String, String>> headers = new ArrayList<>(all.length);
		for (Header header : all) {
			headers.add(Map.entry(header.getName(), (header.getValue() != null) ? header.getValue() : ""));
		}
		return headers;
	}

	@Override
	public @Nullable String header(String name) {
		Header header = head().getLastHeader(name);
		return (header != null) ? header.getValue() : null;
	}

	@Override
	public InputStream body() {
		return this.body;
	}

	/** The answer has been read: others may have the connection, if it goes on. */
	private void release() {
		if (this.released) {
			return;
		}
		this.released = true;
		if (DefaultConnectionReuseStrategy.INSTANCE.keepAlive(this.request, head(), HttpCoreContext.create())
				&& this.connection.isConsistent()) {
			this.connection.setSocketTimeout(Timeout.DISABLED);
			this.connections.keep(this.connection);
		}
		else {
			this.connections.discard(this.connection);
		}
	}

	@Override
	public void finish() {
		if (!this.released) {
			this.connection.setSocketTimeout(END_PATIENCE);
			try {
				int left = MOST_AFTER_THE_END;
				byte[] rest = new byte[256];
				int read;
				while (left > 0 && (read = this.body.read(rest)) != -1) {
					left -= read;
				}
			}
			catch (IOException ex) {
				// Nobody needs what is missing.
			}
		}
		close();
	}

	@Override
	public void close() {
		if (!this.released) {
			// To read the rest would have the provider go on for nobody.
			this.released = true;
			this.connections.discard(this.connection);
		}
	}

	static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is closed, whatever it says.
		}
	}

	private final class Body extends InputStream {

		private final InputStream content;

		Body(InputStream content) {
			this.content = content;
		}

		@Override
		public int read() throws IOException {
			return noted(this.content.read());
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			return noted(this.content.read(bytes, offset, length));
		}

		private int noted(int read) {
			if (read == -1) {
				release();
			}
			return read;
		}

		@Override
		public int available() throws IOException {
			int available = this.content.available();
			return (available > 0) ? available : RawExchange.this.connection.availableBeyondChunk();
		}

	}

	/** A body that is written as it is, once. */
	private static final class SentBody extends AbstractHttpEntity {

		private final RawRequest.Body body;

		private final Runnable onFailure;

		SentBody(RawRequest.Body body, Runnable onFailure) {
			super((ContentType) null, null, body.length() < 0);
			this.body = body;
			this.onFailure = onFailure;
		}

		@Override
		public boolean isRepeatable() {
			return false;
		}

		@Override
		public long getContentLength() {
			return this.body.length();
		}

		@Override
		public InputStream getContent() {
			throw new IllegalStateException("The body of a request is written, not read");
		}

		@Override
		public void writeTo(OutputStream out) throws IOException {
			try {
				this.body.writeTo(out);
			}
			catch (IOException | RuntimeException ex) {
				// Closing the chunks would make a whole body of half a one.
				this.onFailure.run();
				throw ex;
			}
		}

		@Override
		public boolean isStreaming() {
			return true;
		}

		@Override
		public void close() {
			// Whoever gave it closes it.
		}

	}

}
