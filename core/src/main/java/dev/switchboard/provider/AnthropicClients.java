package dev.switchboard.provider;

import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.AnthropicClientImpl;
import com.anthropic.core.ClientOptions;
import com.anthropic.core.JsonValue;
import com.anthropic.core.LogLevel;
import com.anthropic.core.Sleeper;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
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

	/** Since version 4; before it the version came first. */
	private static final Pattern CLAUDE = Pattern.compile("claude-[a-z]+-\\d");

	/** Each of these models takes as much, the oldest no more. */
	private static final int LEAST_LIMIT_OF_CLAUDE = 32_000;

	/** As much as models of other makers, and older ones, may be trusted with. */
	private static final int LEAST_LIMIT = 8192;

	/** Streams go another way; see {@link AnthropicStreams}. */
	private static final AnthropicClientAsync NO_STREAMS = OnlyMethods.of(AnthropicClientAsync.class, Map.of());

	private static final TargetOptions OPTIONS = new TargetOptions(AnthropicChatOptions.Builder.class,
			Map.of("reasoning-effort", "effort"), AnthropicClients::convert);

	private final ModelCatalog catalog;

	private final Instrumentation instrumentation;

	private final RawConnections connections;

	private final ProviderEndpoint endpoint;

	private final AnthropicClient client;

	private final Scheduler streamThreads;

	AnthropicClients(ProviderSettings settings, ModelCatalog catalog, Executor streamThreads,
			Instrumentation instrumentation) {
		this.catalog = catalog;
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
		AnthropicChatOptions.Builder options = options(target);
		if (!target.options().containsKey("max-tokens")) {
			options.maxTokens(longestAnswer(target.model()));
		}
		AnthropicChatModel model = AnthropicChatModel.builder()
			.anthropicClient(this.client)
			.anthropicClientAsync(NO_STREAMS)
			.options(options.build())
			.observationRegistry(this.instrumentation.observations())
			.build();
		this.instrumentation.convention(model::setObservationConvention);
		AnthropicStreams streams = new AnthropicStreams(model, this.client, this.instrumentation);
		return new CancellableChatModel(new OffloadedStreams(streams, this.streamThreads));
	}

	/**
	 * Anthropic wants a limit with every request, other wires mean the model's own if
	 * there is none. Spring AI's 4096 would cut off answers that nobody limited.
	 */
	private int longestAnswer(ModelId model) {
		ModelCard card = this.catalog.find(model, "anthropic");
		if (card != null && card.maxOutputTokens() != null) {
			return card.maxOutputTokens();
		}
		return CLAUDE.matcher(model.model()).find() ? LEAST_LIMIT_OF_CLAUDE : LEAST_LIMIT;
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
