package dev.switchboard.gateway.passthrough;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A provider of which every byte counts: it is served by hand.
 */
final class RawProvider implements AutoCloseable {

	private final ServerSocket server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private volatile Behaviour behaviour = (request, in, out) -> {
	};

	private volatile boolean keepsConnections;

	RawProvider() throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
		this.threads.execute(this::serve);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Answers with these bytes, once the request and its body are read, and keeps the
	 * connection for more.
	 */
	void answers(String answer) {
		this.requests.clear();
		this.behaviour = (request, in, out) -> {
			request.readBody(in);
			out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
		};
		this.keepsConnections = true;
	}

	/** Does this, and ends the connection. */
	void does(Behaviour what) {
		this.requests.clear();
		this.behaviour = what;
		this.keepsConnections = false;
	}

	Request onlyRequest() {
		if (this.requests.size() != 1) {
			throw new AssertionError("One request expected, but there are " + this.requests);
		}
		return this.requests.get(0);
	}

	List<Request> requests() {
		return this.requests;
	}

	private void serve() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				this.threads.execute(() -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			InputStream in = socket.getInputStream();
			do {
				Request request = new Request(head(in));
				this.requests.add(request);
				this.behaviour.serve(request, in, socket.getOutputStream());
				socket.getOutputStream().flush();
			}
			while (this.keepsConnections);
			socket.shutdownOutput();
			in.readAllBytes();
		}
		catch (Exception ex) {
			// The gateway went away.
		}
	}

	private static List<String> head(InputStream in) throws IOException {
		List<String> lines = new ArrayList<>();
		for (String line = line(in); !line.isEmpty(); line = line(in)) {
			lines.add(line);
		}
		return lines;
	}

	static String line(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int b = in.read(); b != '\n'; b = in.read()) {
			if (b < 0) {
				throw new IOException("The request broke off");
			}
			if (b != '\r') {
				line.write(b);
			}
		}
		return line.toString(StandardCharsets.ISO_8859_1);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.threads.shutdownNow();
	}

	/** What a provider does. */
	@FunctionalInterface
	interface Behaviour {

		void serve(Request request, InputStream in, OutputStream out) throws Exception;

	}

	/** A request as it came. */
	static final class Request {

		private final List<String> lines;

		private volatile byte[] body = new byte[0];

		private Request(List<String> lines) {
			this.lines = lines;
		}

		String requestLine() {
			return this.lines.get(0);
		}

		List<String> headers() {
			return this.lines.subList(1, this.lines.size());
		}

		List<String> headers(String name) {
			return headers().stream()
				.filter((line) -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
				.map((line) -> line.substring(name.length() + 1).strip())
				.toList();
		}

		byte[] body() {
			return this.body;
		}

		void readBody(InputStream in) throws IOException {
			if (!headers("Transfer-Encoding").isEmpty()) {
				ByteArrayOutputStream all = new ByteArrayOutputStream();
				for (byte[] chunk = readChunk(in); chunk.length > 0; chunk = readChunk(in)) {
					all.write(chunk);
				}
				this.body = all.toByteArray();
			}
			else if (!headers("Content-Length").isEmpty()) {
				this.body = in.readNBytes(Integer.parseInt(headers("Content-Length").get(0)));
			}
		}

		static byte[] readChunk(InputStream in) throws IOException {
			byte[] chunk = in.readNBytes(Integer.parseInt(line(in), 16));
			line(in);
			return chunk;
		}

		@Override
		public String toString() {
			return this.lines.toString();
		}

	}

}
