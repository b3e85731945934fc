package dev.switchboard.provider;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Raw requests and answers over OkHttp.
 */
final class OkHttpRaw {

	private OkHttpRaw() {
	}

	/** A body that is written as it is, once. */
	static final class SentBody extends RequestBody {

		private final RawRequest.Body body;

		SentBody(RawRequest.Body body) {
			this.body = body;
		}

		@Override
		public @Nullable MediaType contentType() {
			String type = this.body.contentType();
			return (type != null) ? MediaType.parse(type) : null;
		}

		@Override
		public long contentLength() {
			return this.body.length();
		}

		@Override
		public boolean isOneShot() {
			return true;
		}

		@Override
		public void writeTo(BufferedSink sink) throws IOException {
			this.body.writeTo(sink.outputStream());
		}

	}

	/** An answer whose connection is given up if it is closed too early. */
	static final class Answer implements RawAnswer {

		private final Call call;

		private final Response response;

		private final ResponseBody responseBody;

		private boolean whole;

		Answer(Call call, Response response) {
			this.call = call;
			this.response = response;
			this.responseBody = Objects.requireNonNull(response.body());
		}

		@Override
		public int status() {
			return this.response.code();
		}

		@Override
		public List<Map.Entry<String, String>> headers() {
			List<Map.Entry<String, String>> headers = new ArrayList<>(this.response.headers().size());
			this.response.headers().forEach((header) -> headers.add(Map.entry(header.getFirst(), header.getSecond())));
			return headers;
		}

		@Override
		public @Nullable String header(String name) {
			return this.response.header(name);
		}

		@Override
		public InputStream body() {
			return new FilterInputStream(this.responseBody.byteStream()) {

				@Override
				public int read() throws IOException {
					return noted(super.read());
				}

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					return noted(super.read(bytes, offset, length));
				}

			};
		}

		private int noted(int read) {
			this.whole |= read == -1;
			return read;
		}

		@Override
		public void finish() {
			// OkHttp reads on for a moment by itself.
			this.response.close();
		}

		@Override
		public void close() {
			if (!this.whole) {
				// Closing alone would read the rest, for the sake of the connection.
				this.call.cancel();
			}
			this.response.close();
		}

	}

}
