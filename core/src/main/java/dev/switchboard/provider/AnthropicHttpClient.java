package dev.switchboard.provider;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpRequestBody;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.errors.AnthropicIoException;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Lets Anthropic's library send its requests through our transport. Its own time limits,
 * which come with each request, are not kept: the engine keeps the time.
 */
final class AnthropicHttpClient implements HttpClient {

	private final OkHttpTransport transport;

	AnthropicHttpClient(OkHttpTransport transport) {
		this.transport = transport;
	}

	@Override
	public HttpResponse execute(HttpRequest request, RequestOptions options) {
		Request.Builder outgoing = new Request.Builder().url(request.url())
			.method(request.method().name(), body(request.body()));
		Headers headers = request.headers();
		for (String name : headers.names()) {
			headers.values(name).forEach((value) -> outgoing.addHeader(name, value));
		}
		try {
			return new Answer(this.transport.send(outgoing.build()));
		}
		catch (IOException ex) {
			throw new AnthropicIoException("Request failed", ex);
		}
	}

	@Override
	public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
		throw new UnsupportedOperationException("Requests are sent on the thread that asks for them");
	}

	@Override
	public void close() {
		this.transport.close();
	}

	private static @Nullable RequestBody body(@Nullable HttpRequestBody body) {
		return (body != null) ? new Body(body) : null;
	}

	private static final class Body extends RequestBody {

		private final HttpRequestBody body;

		private Body(HttpRequestBody body) {
			this.body = body;
		}

		@Override
		public @Nullable MediaType contentType() {
			String type = this.body.contentType();
			return (type != null) ? MediaType.parse(type) : null;
		}

		@Override
		public long contentLength() {
			return this.body.contentLength();
		}

		@Override
		public void writeTo(BufferedSink sink) {
			this.body.writeTo(sink.outputStream());
		}

	}

	private static final class Answer implements HttpResponse {

		private final Response response;

		private final ResponseBody body;

		private Answer(Response response) {
			this.response = response;
			this.body = Objects.requireNonNull(response.body());
		}

		@Override
		public int statusCode() {
			return this.response.code();
		}

		@Override
		public Headers headers() {
			Headers.Builder headers = Headers.builder();
			this.response.headers().forEach((header) -> headers.put(header.getFirst(), header.getSecond()));
			return headers.build();
		}

		@Override
		public InputStream body() {
			return this.body.byteStream();
		}

		@Override
		public void close() {
			this.body.close();
		}

	}

}
