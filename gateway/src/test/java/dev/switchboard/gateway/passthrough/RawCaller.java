package dev.switchboard.gateway.passthrough;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A caller of which every byte counts.
 */
final class RawCaller implements AutoCloseable {

	private final Socket socket;

	RawCaller(int port) throws IOException {
		this.socket = new Socket("127.0.0.1", port);
		this.socket.setSoTimeout(20_000);
	}

	RawCaller send(String bytes) throws IOException {
		this.socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
		this.socket.getOutputStream().flush();
		return this;
	}

	/** The head of an answer, line by line. */
	List<String> head() throws IOException {
		List<String> lines = new ArrayList<>();
		for (String line = line(); !line.isEmpty(); line = line()) {
			lines.add(line);
		}
		return lines;
	}

	String line() throws IOException {
		return RawProvider.line(this.socket.getInputStream());
	}

	/** Whatever comes until the gateway closes the connection. */
	String rest() throws IOException {
		return new String(this.socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
	}

	@Override
	public void close() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

}
