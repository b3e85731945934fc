package dev.switchboard.gateway.passthrough;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

import dev.switchboard.provider.RawAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.ModelAndView;

/**
 * An answer of the provider, passed on as it comes.
 */
final class ProviderReply extends Reply {

	private static final int BUFFER = 8 * 1024;

	/** What of an error is held, to take our credential out of it. */
	private static final int HELD = 64 * 1024;

	private final Exchange exchange;

	private final RawAnswer answer;

	private final boolean head;

	ProviderReply(Exchange exchange, RawAnswer answer, HttpHeaders headers, boolean head) {
		super(answer.status(), headers);
		this.exchange = exchange;
		this.answer = answer;
		this.head = head;
	}

	@Override
	public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
			throws IOException {
		try (this.exchange) {
			writeHead(response);
			long length = length();
			if (length >= 0 && hasLength()) {
				response.setContentLengthLong(length);
			}
			Copy copy = new Copy(response, hasBody() && length < 0);
			try {
				copy.begin();
				byte[] error = (this.answer.status() >= 400) ? held() : null;
				if (error != null) {
					this.exchange.errorRead(error);
					copy.write(error, error.length, true);
				}
				copy.body(this.answer.body());
				this.exchange.passedOn();
				copy.end();
			}
			catch (Exchange.Broken ex) {
				this.exchange.broken(ex, request, response);
			}
		}
		return null;
	}

	private long length() {
		String length = this.answer.header(HttpHeaders.CONTENT_LENGTH);
		try {
			return (length != null) ? Long.parseLong(length.strip()) : -1;
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	/** An answer without a body may still tell the length of the one it stands for. */
	private boolean hasLength() {
		return this.head || hasBody();
	}

	private boolean hasBody() {
		return !this.head && this.answer.status() != 204 && this.answer.status() != 304 && this.answer.status() >= 200;
	}

	private byte[] held() throws Exchange.Broken {
		byte[] held = new byte[HELD];
		int length = 0;
		InputStream body = this.answer.body();
		for (int read = 0; read != -1 && length < HELD; length += Math.max(0, read)) {
			read = this.exchange.read(body, held, length, HELD - length);
		}
		return this.exchange.masked(Arrays.copyOf(held, length));
	}

	/**
	 * The way of the bytes to the caller.
	 */
	private final class Copy {

		private final HttpServletResponse response;

		/** Whether nobody knows how much is to come, and so each piece counts. */
		private final boolean streamed;

		private final OutputStream out;

		Copy(HttpServletResponse response, boolean streamed) throws IOException {
			this.response = response;
			this.streamed = streamed;
			this.out = response.getOutputStream();
		}

		void begin() throws Exchange.Broken {
			if (this.streamed && ProviderReply.this.answer.status() < 400) {
				try {
					this.response.flushBuffer();
				}
				catch (IOException ex) {
					throw Exchange.Broken.byCaller(ex);
				}
			}
		}

		void body(InputStream body) throws Exchange.Broken {
			byte[] buffer = new byte[BUFFER];
			for (int read = read(body, buffer); read != -1; read = read(body, buffer)) {
				write(buffer, read, read < BUFFER || isDrained(body));
			}
		}

		private int read(InputStream body, byte[] buffer) throws Exchange.Broken {
			int read = ProviderReply.this.exchange.read(body, buffer, 0, buffer.length);
			if (read > 0) {
				ProviderReply.this.exchange.looksAt(buffer, read);
			}
			return read;
		}

		private static boolean isDrained(InputStream body) {
			try {
				return body.available() == 0;
			}
			catch (IOException ex) {
				// The next read will tell.
				return true;
			}
		}

		void write(byte[] bytes, int length, boolean pause) throws Exchange.Broken {
			try {
				this.out.write(bytes, 0, length);
				if (pause && this.streamed) {
					this.out.flush();
				}
			}
			catch (IOException ex) {
				throw Exchange.Broken.byCaller(ex);
			}
		}

		void end() throws Exchange.Broken {
			try {
				this.out.flush();
			}
			catch (IOException ex) {
				throw Exchange.Broken.byCaller(ex);
			}
		}

	}

}
