package dev.switchboard.gateway.passthrough;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import dev.switchboard.provider.RawRequest;
import org.jspecify.annotations.Nullable;

/**
 * A caller's body on its way to the provider, of which only the beginning was ever held.
 */
final class SentBody implements RawRequest.Body {

	private static final int BUFFER = 16 * 1024;

	private final byte[] start;

	private final @Nullable InputStream rest;

	private final long length;

	private final long limit;

	private Progress progress = Progress.UNWATCHED;

	/**
	 * A body.
	 * @param start its beginning
	 * @param rest what follows; {@code null} for nothing
	 * @param length its length; -1 if nobody knows
	 * @param limit how long it may be
	 */
	SentBody(byte[] start, @Nullable InputStream rest, long length, long limit) {
		this.start = start;
		this.rest = rest;
		this.length = length;
		this.limit = limit;
	}

	void watchedBy(Progress watcher) {
		this.progress = watcher;
	}

	/** Its beginning, as far as it was read before the request was sent. */
	byte[] start() {
		return this.start;
	}

	/** Its type is among the headers, as the caller wrote it. */
	@Override
	public @Nullable String contentType() {
		return null;
	}

	@Override
	public long length() {
		return this.length;
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		this.progress.waitsForProvider();
		out.write(this.start);
		if (this.rest != null) {
			copy(this.rest, out);
		}
		this.progress.isWhole();
	}

	private void copy(InputStream in, OutputStream out) throws IOException {
		byte[] buffer = new byte[BUFFER];
		long written = this.start.length;
		for (int read = read(in, buffer); read != -1; read = read(in, buffer)) {
			written += read;
			if (written > this.limit) {
				throw new TooLong();
			}
			this.progress.waitsForProvider();
			out.write(buffer, 0, read);
			if (read < buffer.length) {
				out.flush();
			}
		}
		if (this.length >= 0 && written < this.length) {
			throw new Unreadable(null);
		}
		this.progress.waitsForProvider();
	}

	private int read(InputStream in, byte[] buffer) throws Unreadable {
		this.progress.waitsForCaller();
		try {
			return in.read(buffer);
		}
		catch (IOException ex) {
			throw new Unreadable(ex);
		}
	}

	/** Hears whom the sending waits for. */
	interface Progress {

		/** Nobody listens. */
		Progress UNWATCHED = new Progress() {

			@Override
			public void waitsForCaller() {
			}

			@Override
			public void waitsForProvider() {
			}

			@Override
			public void isWhole() {
			}

		};

		/** The caller has to send more. */
		void waitsForCaller();

		/** The provider has to take what there is. */
		void waitsForProvider();

		/** The caller has sent everything. */
		void isWhole();

	}

	/** The caller's body is longer than allowed. */
	static final class TooLong extends IOException {

		private static final long serialVersionUID = 1;

	}

	/** The caller's body broke off, or never came. */
	static final class Unreadable extends IOException {

		private static final long serialVersionUID = 1;

		Unreadable(@Nullable IOException cause) {
			super(cause);
		}

	}

}
