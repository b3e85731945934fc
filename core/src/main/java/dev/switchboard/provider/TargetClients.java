package dev.switchboard.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import dev.switchboard.thread.CallThreads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.util.ClassUtils;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Every provider that is configured, and the targets at them, ready to be called. One
 * provider has one client with one pool of connections, however many of its models are
 * used; it is made when the first of them is asked for.
 */
public final class TargetClients implements AutoCloseable {

	/** Far more than a table of routes has; callers of a gateway may name any model. */
	private static final int REMEMBERED_TARGETS = 10_000;

	private final Map<String, ProviderSettings> providers;

	private final Map<String, ChatModel> models;

	private final ModelCatalog catalog;

	private final Instrumentation instrumentation;

	private final CallThreads threads;

	private final ExecutorService streamThreads;

	private final Scheduler streamScheduler;

	private final ConcurrentMap<String, ProviderClients> clients = new ConcurrentHashMap<>();

	private final Cache<Target, TargetClient> targets = Caffeine.newBuilder().maximumSize(REMEMBERED_TARGETS).build();

	private volatile boolean closed;

	private TargetClients(Builder builder) {
		this.providers = Map.copyOf(builder.providers);
		this.models = Map.copyOf(builder.models);
		this.catalog = builder.catalog;
		this.threads = builder.threads;
		this.streamThreads = this.threads.create("switchboard-stream");
		this.streamScheduler = Schedulers.fromExecutor(this.streamThreads);
		this.instrumentation = new Instrumentation(builder.observations, builder.convention, builder.meters);
	}

	/**
	 * Starts with no provider.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Whether a provider is there, by its settings or as a model that was handed in.
	 * @param provider its name
	 * @return whether it is
	 */
	public boolean isConfigured(String provider) {
		return this.providers.containsKey(provider) || this.models.containsKey(provider);
	}

	/**
	 * The providers there are.
	 * @return their names
	 */
	public Set<String> providers() {
		Set<String> names = new LinkedHashSet<>(this.providers.keySet());
		names.addAll(this.models.keySet());
		return names;
	}

	/**
	 * The settings of a provider.
	 * @param provider its name
	 * @return its settings; {@code null} if it is unknown or a model that was handed in
	 */
	public @Nullable ProviderSettings settings(String provider) {
		return this.providers.get(provider);
	}

	/**
	 * A target, ready to be called; the same one for an equal target.
	 * @param target the target
	 * @return its client
	 * @throws UnknownProviderException if its provider is not configured
	 * @throws MissingWireLibraryException if the library for its provider's wire is
	 * missing
	 * @throws InvalidTargetOptionException if it has an option that its provider doesn't
	 * know
	 * @throws IllegalStateException after {@link #close()}
	 */
	public TargetClient get(Target target) {
		TargetClient known = this.targets.getIfPresent(target);
		if (known != null && !this.closed) {
			return known;
		}
		return make(target);
	}

	/**
	 * The kind of threads that calls take, where not their caller's.
	 * @return the kind
	 */
	public CallThreads threads() {
		return this.threads;
	}

	/**
	 * The threads that read streams, one each for as long as a stream is open.
	 * @return the threads
	 */
	public Scheduler streamThreads() {
		return this.streamScheduler;
	}

	/**
	 * A provider's own HTTP interface, below the library that speaks its wire.
	 * @param provider its name
	 * @return the endpoint; {@code null} if the provider is unknown, or a model that was
	 * handed in
	 * @throws MissingWireLibraryException if the library for its wire is missing
	 * @throws IllegalStateException after {@link #close()}
	 */
	public @Nullable ProviderEndpoint endpoint(String provider) {
		ProviderSettings settings = this.providers.get(provider);
		return (settings != null) ? clients(settings).endpoint() : null;
	}

	/**
	 * What would keep a target from being called. Nothing is connected to find out.
	 * @param target the target
	 * @return a sentence for each problem; empty if there is none
	 */
	public List<String> problems(Target target) {
		List<String> problems = new ArrayList<>();
		try {
			check(new Target(target.model(), target.timeout(), Map.of()));
		}
		catch (UnknownProviderException | MissingWireLibraryException ex) {
			return List.of(String.valueOf(ex.getMessage()));
		}
		for (Map.Entry<String, Object> option : new TreeMap<>(target.options()).entrySet()) {
			try {
				check(new Target(target.model(), target.timeout(), Map.of(option.getKey(), option.getValue())));
			}
			catch (InvalidTargetOptionException ex) {
				problems.add(String.valueOf(ex.getMessage()));
			}
		}
		return problems;
	}

	private void check(Target target) {
		ChatModel handedIn = this.models.get(target.model().provider());
		if (handedIn != null) {
			HandedInChatModel.options(handedIn, target);
			return;
		}
		ProviderSettings settings = required(target.model().provider());
		requireLibrary(settings);
		switch (settings.wire()) {
			case OPENAI -> OpenAiClients.options(target);
			case ANTHROPIC -> AnthropicClients.options(target);
			case GEMINI -> GeminiClients.options(target);
		}
	}

	private TargetClient make(Target target) {
		String name = target.model().provider();
		ChatModel handedIn = this.models.get(name);
		if (handedIn != null) {
			return remember(new TargetClient(target, null, HandedInChatModel.of(handedIn, target), false, null));
		}
		ProviderSettings settings = required(name);
		ProviderClients connected = clients(settings);
		return remember(new TargetClient(target, settings.wire(), connected.model(target), true, connected.endpoint()));
	}

	private ProviderSettings required(String provider) {
		ProviderSettings settings = this.providers.get(provider);
		if (settings == null) {
			throw new UnknownProviderException(provider, providers());
		}
		return settings;
	}

	private TargetClient remember(TargetClient client) {
		return this.targets.get(client.target(), (target) -> client);
	}

	private ProviderClients clients(ProviderSettings settings) {
		ProviderClients clients = this.clients.computeIfAbsent(settings.name(), (name) -> connect(settings));
		if (this.closed) {
			// Closing may have overlooked what was made at the same time.
			clients.close();
			throw new IllegalStateException("The clients of the providers are closed");
		}
		return clients;
	}

	private ProviderClients connect(ProviderSettings settings) {
		requireLibrary(settings);
		return switch (settings.wire()) {
			case OPENAI -> new OpenAiClients(settings, this.streamThreads, this.instrumentation);
			case ANTHROPIC -> new AnthropicClients(settings, this.catalog, this.streamThreads, this.instrumentation);
			case GEMINI -> new GeminiClients(settings, this.streamThreads, this.instrumentation);
		};
	}

	private static void requireLibrary(ProviderSettings settings) {
		WireLibrary library = WireLibrary.of(settings.wire());
		if (!ClassUtils.isPresent(library.className(), TargetClients.class.getClassLoader())) {
			throw new MissingWireLibraryException(settings.name(), settings.wire(), library.dependency());
		}
	}

	/**
	 * Ends every request in flight and closes the connections and threads of every
	 * provider. Models that were handed in are left alone.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.clients.values().forEach(ProviderClients::close);
		this.streamThreads.shutdownNow();
		this.targets.invalidateAll();
	}

	private record WireLibrary(String className, String dependency) {

		private static WireLibrary of(Wire wire) {
			return switch (wire) {
				case OPENAI -> new WireLibrary("org.springframework.ai.openai.OpenAiChatModel",
						"org.springframework.ai:spring-ai-openai");
				case ANTHROPIC -> new WireLibrary("org.springframework.ai.anthropic.AnthropicChatModel",
						"org.springframework.ai:spring-ai-anthropic");
				case GEMINI -> new WireLibrary("org.springframework.ai.google.genai.GoogleGenAiChatModel",
						"org.springframework.ai:spring-ai-google-genai");
			};
		}

	}

	/**
	 * Collects the providers.
	 */
	public static final class Builder {

		private final Map<String, ProviderSettings> providers = new LinkedHashMap<>();

		private final Map<String, ChatModel> models = new LinkedHashMap<>();

		private ModelCatalog catalog = ModelCatalog.EMPTY;

		private CallThreads threads = CallThreads.VIRTUAL;

		private ObservationRegistry observations = ObservationRegistry.NOOP;

		private @Nullable ChatModelObservationConvention convention;

		private @Nullable MeterRegistry meters;

		private Builder() {
		}

		/**
		 * Adds a provider.
		 * @param settings where it is
		 * @return this builder
		 * @throws IllegalArgumentException if there is one of that name already
		 */
		public Builder provider(ProviderSettings settings) {
			requireNew(settings.name());
			this.providers.put(settings.name(), settings);
			return this;
		}

		/**
		 * Adds a model that somebody else made and will close, as a provider. Its own
		 * retries and time limits stay what they are; better it has none.
		 * @param provider the name under which targets call it
		 * @param model the model
		 * @return this builder
		 * @throws IllegalArgumentException if there is a provider of that name already
		 */
		public Builder model(String provider, ChatModel model) {
			requireNew(provider);
			this.models.put(provider, model);
			return this;
		}

		/**
		 * What is known of the models, such as how long an answer of theirs may be; by
		 * default nothing.
		 * @param catalog the catalog
		 * @return this builder
		 */
		public Builder catalog(ModelCatalog catalog) {
			this.catalog = catalog;
			return this;
		}

		/**
		 * The kind of threads that read streams and that an engine takes for what its
		 * callers' can't do.
		 * @param threads the kind; {@link CallThreads#VIRTUAL} unless told otherwise
		 * @return this builder
		 */
		public Builder threads(CallThreads threads) {
			this.threads = threads;
			return this;
		}

		/**
		 * Where calls of models and their HTTP requests are observed; by default nowhere.
		 * @param registry the registry
		 * @return this builder
		 */
		public Builder observationRegistry(ObservationRegistry registry) {
			this.observations = registry;
			return this;
		}

		/**
		 * How calls of models are named where they are observed; by default as Spring AI
		 * does.
		 * @param convention the convention, or {@code null} for the default
		 * @return this builder
		 */
		public Builder observationConvention(@Nullable ChatModelObservationConvention convention) {
			this.convention = convention;
			return this;
		}

		/**
		 * Where the connections are counted; by default nowhere.
		 * @param registry the registry, or {@code null} for nowhere
		 * @return this builder
		 */
		public Builder meterRegistry(@Nullable MeterRegistry registry) {
			this.meters = registry;
			return this;
		}

		/**
		 * The clients of these providers.
		 * @return the clients, to be closed
		 */
		public TargetClients build() {
			return new TargetClients(this);
		}

		private void requireNew(String provider) {
			if (this.providers.containsKey(provider) || this.models.containsKey(provider)) {
				throw new IllegalArgumentException("There is a provider '" + provider + "' already");
			}
		}

	}

}
