package dev.switchboard.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A caller who minds every byte that he sends, and leaves when he likes.
 */
public final class RawCaller implements AutoCloseable {

	private final Socket socket;

	public RawCaller(int port) {
		try {
			this.socket = new Socket("127.0.0.1", port);
			this.socket.setSoTimeout(30_000);
			this.socket.setTcpNoDelay(true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The head of a request with a JSON body of a known length. */
	public static String post(String path, String json, String... headers) {
		return head(path, headers) + "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n"
				+ json;
	}

	public static String head(String path, String... headers) {
		StringBuilder head = new StringBuilder(
				"POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + "Content-Type: application/json\r\n");
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		return head.toString();
	}

	public RawCaller send(String text) {
		return send(text.getBytes(StandardCharsets.UTF_8));
	}

	public RawCaller send(byte[] bytes) {
		try {
			this.socket.getOutputStream().write(bytes);
			this.socket.getOutputStream().flush();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Says that nothing more comes, and goes on reading. */
	public RawCaller sayNoMore() {
		try {
			this.socket.shutdownOutput();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads until some text has come. */
	public String readUntil(String text) {
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		try {
			InputStream in = this.socket.getInputStream();
			int next;
			while (!read.toString(StandardCharsets.UTF_8).contains(text) && (next = in.read()) != -1) {
				read.write(next);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("After '" + read.toString(StandardCharsets.UTF_8) + "'", ex);
		}
		return read.toString(StandardCharsets.UTF_8);
	}

	/** Reads one answer with a known length. */
	public String readAnswer() {
		String head = readUntil("\r\n\r\n");
		int length = 0;
		for (String line : head.split("\r\n")) {
			if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
				length = Integer.parseInt(line.substring("content-length:".length()).strip());
			}
		}
		try {
			return head + new String(this.socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
