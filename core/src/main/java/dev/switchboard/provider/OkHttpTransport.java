package dev.switchboard.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import dev.switchboard.options.GeminiFieldsInterceptor;
import dev.switchboard.options.AnthropicRefusalInterceptor;
import dev.switchboard.options.OpenAiFilesInterceptor;
import dev.switchboard.options.ThinkingReplayInterceptor;
import dev.switchboard.route.Wire;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.okhttp3.OkHttpConnectionPoolMetrics;
import io.micrometer.core.instrument.binder.okhttp3.OkHttpObservationInterceptor;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of one provider, each on the thread that asks for it. A request is
 * sent once and has no time limit: repeating it and giving up are decided by the engine.
 */
final class OkHttpTransport implements ProviderEndpoint, AutoCloseable {

	/** How we introduce ourselves. */
	static final String USER_AGENT = "switchboard-spring-ai";

	private static final int IDLE_CONNECTIONS = 64;

	/** Shorter than what the load balancers of the large clouds keep a silent one. */
	private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);

	private static final Duration PING_INTERVAL = Duration.ofMinutes(1);

	private static final long MAX_ERROR_BYTES = 1024 * 1024;

	/** Those that OkHttp doesn't send without a body, be it empty. */
	private static final Set<String> BODY_METHODS = Set.of("POST", "PUT", "PATCH");

	/** What a vendor's library may have set for a credential that it doesn't have. */
	private static final List<String> CREDENTIAL_HEADERS = List.of("Authorization", "x-api-key", "api-key",
			"x-goog-api-key");

	private final ProviderSettings settings;

	private final OkHttpClient client;

	/** The same connections, for bytes that nobody looks into. */
	private final OkHttpClient raw;

	private final Map<String, String> headers;

	/**
	 * A transport.
	 * @param settings the provider
	 * @param credentials the headers that carry its credential
	 * @param instrumentation where requests are observed and connections counted
	 */
	OkHttpTransport(ProviderSettings settings, Map<String, String> credentials, Instrumentation instrumentation) {
		this.settings = settings;
		this.headers = new LinkedHashMap<>(credentials);
		this.headers.putAll(settings.headers());
		ConnectionPool connections = new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS);
		OkHttpClient.Builder builder = new OkHttpClient.Builder().connectionPool(connections)
			.socketFactory(new UndelayedSockets())
			.connectTimeout(settings.connectTimeout())
			.readTimeout(Duration.ZERO)
			.writeTimeout(Duration.ZERO)
			.callTimeout(Duration.ZERO)
			.pingInterval(PING_INTERVAL)
			.followRedirects(false)
			.followSslRedirects(false)
			// Tries another address of the same host. A request that was sent is never
			// repeated, as its body says that it can be written only once.
			.retryOnConnectionFailure(true);
		if (!instrumentation.observations().isNoop()) {
			builder.addInterceptor(
					OkHttpObservationInterceptor.builder(instrumentation.observations(), "okhttp.requests").build());
		}
		this.raw = builder.build().newBuilder().addInterceptor(this::authorise).build();
		if (settings.wire() == Wire.OPENAI) {
			builder.addInterceptor(new OpenAiFilesInterceptor());
		}
		if (settings.wire() == Wire.ANTHROPIC) {
			builder.addInterceptor(new AnthropicRefusalInterceptor());
		}
		this.client = builder.addInterceptor(new ThinkingReplayInterceptor())
			.addInterceptor(new GeminiFieldsInterceptor())
			.addInterceptor(this::intercept)
			.build();
		if (instrumentation.meters() != null) {
			new OkHttpConnectionPoolMetrics(connections, List.of(Tag.of("provider", settings.name())))
				.bindTo(instrumentation.meters());
		}
	}

	/**
	 * The client, for a library that sends its requests itself.
	 * @return the client
	 */
	OkHttpClient client() {
		return this.client;
	}

	/**
	 * Sends a request. If the calling thread is in an {@link AttemptScope}, its
	 * cancellation ends the request and the reading of the answer.
	 * @param request the request, as the vendor's library made it
	 * @return the answer's head, its body still to be read
	 * @throws IOException if there was no answer
	 */
	Response send(Request request) throws IOException {
		return this.client.newCall(request).execute();
	}

	@Override
	public ProviderSettings settings() {
		return this.settings;
	}

	@Override
	public RawAnswer send(RawRequest request) throws IOException {
		RequestBody body = (request.body() != null) ? new OkHttpRaw.SentBody(request.body())
				: BODY_METHODS.contains(request.method()) ? RequestBody.create(new byte[0]) : null;
		Request.Builder sent = new Request.Builder().url(this.settings.baseUrl() + request.path())
			.method(request.method(), body);
		request.headers().forEach((header) -> sent.addHeader(header.getKey(), header.getValue()));
		if (request.headers().stream().noneMatch((header) -> "accept-encoding".equalsIgnoreCase(header.getKey()))) {
			// Otherwise OkHttp unpacks what it did not say it can read.
			sent.header("Accept-Encoding", "identity");
		}
		Call call = this.raw.newCall(sent.build());
		return new OkHttpRaw.Answer(call, call.execute());
	}

	private Response authorise(Interceptor.Chain chain) throws IOException {
		AttemptScope scope = AttemptScope.current();
		if (scope != null) {
			scope.onCancel(chain.call()::cancel);
		}
		Request.Builder request = chain.request().newBuilder();
		CREDENTIAL_HEADERS.forEach(request::removeHeader);
		if (chain.request().header("User-Agent") == null) {
			request.header("User-Agent", USER_AGENT);
		}
		this.headers.forEach(request::header);
		return chain.proceed(request.build());
	}

	private Response intercept(Interceptor.Chain chain) throws IOException {
		AttemptScope scope = AttemptScope.current();
		if (scope != null) {
			scope.onCancel(chain.call()::cancel);
		}
		Request.Builder request = chain.request().newBuilder();
		RequestBody body = chain.request().body();
		if (body != null) {
			request.method(chain.request().method(), new WrittenOnce(body));
		}
		CREDENTIAL_HEADERS.forEach(request::removeHeader);
		request.header("User-Agent", USER_AGENT);
		this.headers.forEach(request::header);
		return read(chain.proceed(request.build()), chain.call(), scope);
	}

	private Response read(Response response, Call call, @Nullable AttemptScope scope) throws IOException {
		ResponseBody body = Objects.requireNonNull(response.body());
		if (!response.isSuccessful()) {
			return readError(response, body);
		}
		GeminiAnswer gemini = (this.settings.wire() == Wire.GEMINI) ? new GeminiAnswer() : null;
		MediaType type = body.contentType();
		if (type != null && "event-stream".equals(type.subtype())) {
			EventStream events = new EventStream(body.source(), gemini);
			if (scope != null) {
				scope.onEnd(() -> events.leave(call::cancel));
			}
			return response.newBuilder().body(ResponseBody.create(Okio.buffer(events), type, -1)).build();
		}
		if (startsAsError(body.source())) {
			// Some aggregators say 200 and mean it not.
			throw new ErrorAnswerException(ErrorAnswer.of(200, Map.of(), text(body), InstantSource.system()));
		}
		if (gemini != null) {
			body.source().request(Long.MAX_VALUE);
			gemini.read(body.source().getBuffer().snapshot().utf8());
		}
		return response;
	}

	private static boolean startsAsError(BufferedSource source) throws IOException {
		String start = "{\"error\":{";
		return source.request(start.length()) && start.equals(source.peek().readUtf8(start.length()));
	}

	private Response readError(Response response, ResponseBody body) throws IOException {
		String text = text(body);
		if (this.settings.wire() == Wire.GEMINI) {
			Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			response.headers().forEach((header) -> answered.put(header.getFirst(), header.getSecond()));
			throw new ErrorAnswerException(ErrorAnswer.of(response.code(), answered, text, InstantSource.system()));
		}
		return response.newBuilder().body(ResponseBody.create(text, body.contentType())).build();
	}

	/**
	 * The body as far as it matters, without the credential if the provider repeats it.
	 */
	private String text(ResponseBody body) throws IOException {
		try (body) {
			Buffer buffer = new Buffer();
			BufferedSource source = body.source();
			while (buffer.size() < MAX_ERROR_BYTES && source.read(buffer, MAX_ERROR_BYTES - buffer.size()) != -1) {
				// On to the end, or to the bound.
			}
			String text = buffer.readString(StandardCharsets.UTF_8);
			Secret key = this.settings.apiKey();
			return (key != null) ? text.replace(key.reveal(), key.toString()) : text;
		}
	}

	/**
	 * Ends every request in flight and closes every connection.
	 */
	@Override
	public void close() {
		this.client.dispatcher().cancelAll();
		this.client.dispatcher().executorService().shutdown();
		this.client.connectionPool().evictAll();
	}

	@Override
	public String toString() {
		return "OkHttpTransport[provider=" + this.settings.name() + ", headers=" + new TreeSet<>(this.headers.keySet())
				+ "]";
	}

	private static final class WrittenOnce extends RequestBody {

		private final RequestBody body;

		private WrittenOnce(RequestBody body) {
			this.body = body;
		}

		@Override
		public @Nullable MediaType contentType() {
			return this.body.contentType();
		}

		@Override
		public long contentLength() throws IOException {
			return this.body.contentLength();
		}

		@Override
		public boolean isOneShot() {
			return true;
		}

		@Override
		public void writeTo(BufferedSink sink) throws IOException {
			this.body.writeTo(sink);
		}

	}

}
