package dev.switchboard.provider;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import dev.switchboard.route.Target;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The models of a provider on the Gemini wire.
 */
final class GeminiClients implements ProviderClients {

	/** Keeps the library from looking for one; the transport puts in the real one. */
	private static final String NO_KEY = "none";

	private static final String DEFAULT_VERSION = "v1beta";

	private static final List<String> VERSIONS = List.of("/v1beta", "/v1alpha", "/v1");

	private static final TargetOptions OPTIONS = new TargetOptions(GoogleGenAiChatOptions.Builder.class,
			Map.of("reasoning-effort", "thinking-level"), (value, type) -> null);

	private final Instrumentation instrumentation;

	private final Scheduler streamThreads;

	private final OkHttpTransport transport;

	private final RawConnections connections;

	private final ProviderEndpoint endpoint;

	private final Client client;

	private final RetryTemplate once = new RetryTemplate(RetryPolicy.builder().maxRetries(0).build());

	GeminiClients(ProviderSettings settings, Executor streamThreads, Instrumentation instrumentation) {
		this.instrumentation = instrumentation;
		this.streamThreads = Schedulers.fromExecutor(streamThreads);
		Secret key = settings.apiKey();
		Map<String, String> credentials = (key != null) ? Map.of("x-goog-api-key", key.reveal()) : Map.of();
		this.transport = new OkHttpTransport(settings, credentials, instrumentation);
		this.connections = new RawConnections(settings, credentials, System::nanoTime);
		this.endpoint = RawConnections.reaches(settings) ? this.connections : this.transport;
		this.client = Client.builder()
			.apiKey(NO_KEY)
			.vertexAI(false)
			.clientOptions(ClientOptions.builder().customHttpClient(this.transport.client()).build())
			.httpOptions(httpOptions(settings.baseUrl()))
			.build();
	}

	private static HttpOptions httpOptions(URI url) {
		String base = url.toString();
		String version = DEFAULT_VERSION;
		for (String known : VERSIONS) {
			if (base.endsWith(known)) {
				version = known.substring(1);
				base = base.substring(0, base.length() - known.length());
			}
		}
		// Without any status the library neither repeats nor, after the last failure,
		// sleeps a second.
		HttpRetryOptions once = HttpRetryOptions.builder().attempts(1).httpStatusCodes(List.of()).build();
		return HttpOptions.builder().baseUrl(base).apiVersion(version).retryOptions(once).build();
	}

	static GoogleGenAiChatOptions.Builder options(Target target) {
		GoogleGenAiChatOptions.Builder options = GoogleGenAiChatOptions.builder();
		OPTIONS.apply(target, options);
		return options.model(target.model().model());
	}

	@Override
	public ChatModel model(Target target) {
		GoogleGenAiChatModel model = GoogleGenAiChatModel.builder()
			.genAiClient(this.client)
			.options(options(target).build())
			.retryTemplate(this.once)
			.observationRegistry(this.instrumentation.observations())
			.build();
		this.instrumentation.convention(model::setObservationConvention);
		return new CancellableChatModel(new OffloadedStreams(new GeminiStreams(model), this.streamThreads));
	}

	@Override
	public ProviderEndpoint endpoint() {
		return this.endpoint;
	}

	@Override
	public void close() {
		this.connections.close();
		this.client.close();
		this.transport.close();
	}

}
