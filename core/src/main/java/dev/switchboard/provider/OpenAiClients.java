package dev.switchboard.provider;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import com.openai.core.LogLevel;
import com.openai.core.Sleeper;
import dev.switchboard.route.Target;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/**
 * The models of a provider on the OpenAI wire.
 */
final class OpenAiClients implements ProviderClients {

	/** The library refuses to work without a key; the transport puts in the real one. */
	private static final String NO_KEY = "none";

	/**
	 * Hosts that answer {@code stream_options} with 422, and tell the usage of a stream
	 * without being asked (github.com/openai/openai-agents-python/issues/442). Of any
	 * other such provider the target says {@code stream-usage: false}.
	 */
	private static final Set<String> WITHOUT_STREAM_OPTIONS = Set.of("api.mistral.ai");

	private static final TargetOptions OPTIONS = new TargetOptions(OpenAiChatOptions.Builder.class, Map.of(),
			(value, type) -> null);

	private final Instrumentation instrumentation;

	private final RawConnections connections;

	private final ProviderEndpoint endpoint;

	private final boolean streamOptions;

	private final OpenAIClient client;

	private final OpenAIClientAsync streams;

	OpenAiClients(ProviderSettings settings, Executor streamThreads, Instrumentation instrumentation) {
		this.instrumentation = instrumentation;
		this.streamOptions = !WITHOUT_STREAM_OPTIONS.contains(settings.baseUrl().getHost());
		Secret key = settings.apiKey();
		Map<String, String> credentials = (key != null) ? Map.of("Authorization", "Bearer " + key.reveal()) : Map.of();
		OkHttpTransport transport = new OkHttpTransport(settings, credentials, instrumentation);
		this.connections = new RawConnections(settings, credentials, System::nanoTime);
		this.endpoint = RawConnections.reaches(settings) ? this.connections : transport;
		this.client = new OpenAIClientImpl(ClientOptions.builder()
			.httpClient(new OpenAiHttpClient(transport))
			.baseUrl(settings.baseUrl().toString())
			.apiKey(NO_KEY)
			.maxRetries(0)
			.logLevel(LogLevel.OFF)
			.sleeper(new NoSleep())
			.streamHandlerExecutor(Runnable::run)
			.build());
		this.streams = OpenAiStreams.over(this.client, streamThreads);
	}

	static OpenAiChatOptions.Builder options(Target target) {
		OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
		OPTIONS.apply(target, options);
		return options.model(target.model().model());
	}

	@Override
	public ChatModel model(Target target) {
		OpenAiChatOptions.Builder options = options(target);
		if (!this.streamOptions) {
			options.streamUsage(false);
		}
		OpenAiChatModel model = OpenAiChatModel.builder()
			.openAiClient(this.client)
			.openAiClientAsync(this.streams)
			.options(options.build())
			.observationRegistry(this.instrumentation.observations())
			.build();
		this.instrumentation.convention(model::setObservationConvention);
		return new CancellableChatModel(model);
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
