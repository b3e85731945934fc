package dev.switchboard.provider;

import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.AnthropicClientImpl;
import com.anthropic.core.ClientOptions;
import com.anthropic.core.JsonValue;
import com.anthropic.core.LogLevel;
import com.anthropic.core.Sleeper;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The models of a provider on the Anthropic wire.
 */
final class AnthropicClients implements ProviderClients {

	/** The only version there is. */
	private static final String API_VERSION = "2023-06-01";

	/** Any explicit one keeps the library from refusing long answers. */
	private static final Duration IGNORED_TIMEOUT = Duration.ofDays(1);

	/** Streams go another way; see {@link AnthropicStreams}. */
	private static final AnthropicClientAsync NO_STREAMS = OnlyMethods.of(AnthropicClientAsync.class, Map.of());

	private static final TargetOptions OPTIONS = new TargetOptions(AnthropicChatOptions.Builder.class,
			Map.of("reasoning-effort", "effort"), AnthropicClients::convert);

	private final Instrumentation instrumentation;

	private final RawConnections connections;

	private final ProviderEndpoint endpoint;

	private final AnthropicClient client;

	private final Scheduler streamThreads;

	AnthropicClients(ProviderSettings settings, Executor streamThreads, Instrumentation instrumentation) {
		this.instrumentation = instrumentation;
		this.streamThreads = Schedulers.fromExecutor(streamThreads);
		Secret key = settings.apiKey();
		Map<String, String> credentials = (key != null) ? Map.of("x-api-key", key.reveal()) : Map.of();
		OkHttpTransport transport = new OkHttpTransport(settings, credentials, instrumentation);
		this.connections = new RawConnections(settings, credentials, System::nanoTime);
		this.endpoint = RawConnections.reaches(settings) ? this.connections : transport;
		this.client = new AnthropicClientImpl(ClientOptions.builder()
			.httpClient(new AnthropicHttpClient(transport))
			.baseUrl(withoutVersion(settings.baseUrl()))
			.putHeader("anthropic-version", API_VERSION)
			.timeout(IGNORED_TIMEOUT)
			.maxRetries(0)
			.logLevel(LogLevel.OFF)
			.sleeper(new NoSleep())
			.streamHandlerExecutor(Runnable::run)
			.build());
	}

	static AnthropicChatOptions.Builder options(Target target) {
		AnthropicChatOptions.Builder options = AnthropicChatOptions.builder();
		OPTIONS.apply(target, options);
		return options.model(target.model().model());
	}

	@Override
	public ChatModel model(Target target) {
		AnthropicChatModel model = AnthropicChatModel.builder()
			.anthropicClient(this.client)
			.anthropicClientAsync(NO_STREAMS)
			.options(options(target).build())
			.observationRegistry(this.instrumentation.observations())
			.build();
		this.instrumentation.convention(model::setObservationConvention);
		AnthropicStreams streams = new AnthropicStreams(model, this.client, this.instrumentation);
		return new CancellableChatModel(new OffloadedStreams(streams, this.streamThreads));
	}

	@Override
	public ProviderEndpoint endpoint() {
		return this.endpoint;
	}

	@Override
	public void close() {
		this.connections.close();
		this.client.close();
	}

	/** The library adds the version, which other libraries want to have in the URL. */
	private static String withoutVersion(URI url) {
		String text = url.toString();
		return text.endsWith("/v1") ? text.substring(0, text.length() - "/v1".length()) : text;
	}

	private static @Nullable Object convert(Object value, Type type) {
		boolean library = type instanceof Class<?> known && known.getName().startsWith("com.anthropic.");
		return library ? JsonValue.from(value).convert((Class<?>) type) : null;
	}

	/**
	 * The library keeps a timer thread for pauses between retries, and there are none.
	 */
	private static final class NoSleep implements Sleeper {

		@Override
		public void sleep(Duration duration) {
		}

		@Override
		@SuppressWarnings("NullAway") // a future of nothing is completed with null
		public CompletableFuture<Void> sleepAsync(Duration duration) {
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public void close() {
		}

	}

}
