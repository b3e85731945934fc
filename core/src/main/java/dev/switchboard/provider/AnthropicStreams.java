package dev.switchboard.provider;

import java.util.Map;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.services.blocking.MessageService;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.metadata.AnthropicRateLimit;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.chat.observation.ChatModelObservationDocumentation;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.observation.conventions.AiProvider;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/**
 * {@code AnthropicChatModel} with streams of our own: its own read on Reactor's bounded
 * elastic threads, of which there are ten for each processor, so that the eleventh stream
 * would wait for the first to end, and tools, which run there too, for both. The request
 * is still Spring AI's, made of the prompt. A stream is read on the thread that
 * subscribes to it.
 */
final class AnthropicStreams implements ChatModel {

	private static final ChatModelObservationConvention DEFAULT_CONVENTION = new DefaultChatModelObservationConvention();

	private final AnthropicChatModel model;

	private final AnthropicClient client;

	private final Instrumentation instrumentation;

	private final AnthropicChatModel requests;

	AnthropicStreams(AnthropicChatModel model, AnthropicClient client, Instrumentation instrumentation) {
		this.model = model;
		this.client = client;
		this.instrumentation = instrumentation;
		this.requests = AnthropicChatModel.builder()
			.anthropicClient(capturingClient())
			.anthropicClientAsync(OnlyMethods.of(AnthropicClientAsync.class, Map.of()))
			.options(model.getOptions())
			.build();
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		return this.model.call(prompt);
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.deferContextual((context) -> observed(prompt, context));
	}

	private Flux<ChatResponse> observed(Prompt prompt, ContextView context) {
		ChatOptions options = prompt.getOptions();
		Prompt whole = (options instanceof AnthropicChatOptions) ? prompt
				: new Prompt(prompt.getInstructions(), this.model.getOptions());
		MessageCreateParams request = request(whole);
		ChatModelObservationContext observed = ChatModelObservationContext.builder()
			.prompt(whole)
			.provider(AiProvider.ANTHROPIC.value())
			.streaming(true)
			.build();
		Observation observation = ChatModelObservationDocumentation.CHAT_MODEL_OPERATION.observation(
				this.instrumentation.convention(), DEFAULT_CONVENTION, () -> observed,
				this.instrumentation.observations());
		Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		observation.parentObservation(parent);
		if (parent != null) {
			// The span's parent is whatever is current when it starts.
			parent.scoped(() -> {
				observation.start();
			});
		}
		else {
			observation.start();
		}
		Flux<ChatResponse> chunks = chunks(request).doOnError(observation::error)
			.doFinally((signal) -> observation.stop())
			.contextWrite((outer) -> outer.put(ObservationThreadLocalAccessor.KEY, observation));
		return new MessageAggregator().aggregate(chunks, observed::setResponse);
	}

	@SuppressWarnings("MustBeClosedChecker") // the flux closes what it uses
	private Flux<ChatResponse> chunks(MessageCreateParams request) {
		return Flux.using(() -> this.client.messages().withRawResponse().createStreaming(request), (answer) -> {
			StreamResponse<RawMessageStreamEvent> stream = answer.parse();
			AnthropicEvents events = new AnthropicEvents(AnthropicRateLimit.from(answer.headers()));
			return Flux.fromStream(stream.stream()).<ChatResponse>handle((event, sink) -> {
				ChatResponse chunk = events.read(event);
				if (chunk != null) {
					sink.next(chunk);
				}
			});
		}, HttpResponseFor::close);
	}

	private MessageCreateParams request(Prompt prompt) {
		try {
			this.requests.call(prompt);
			throw new IllegalStateException("Spring AI made no request");
		}
		catch (Captured captured) {
			return captured.request;
		}
	}

	private static AnthropicClient capturingClient() {
		MessageService.WithRawResponse raw = OnlyMethods.of(MessageService.WithRawResponse.class,
				Map.of("create", AnthropicStreams::capture));
		MessageService messages = OnlyMethods.of(MessageService.class, Map.of("withRawResponse", (arguments) -> raw));
		return OnlyMethods.of(AnthropicClient.class, Map.of("messages", (arguments) -> messages));
	}

	private static Object capture(@Nullable Object[] arguments) {
		if (arguments[0] instanceof MessageCreateParams request) {
			throw new Captured(request);
		}
		throw new UnsupportedOperationException("Only plain messages can be streamed");
	}

	@Override
	public ChatOptions getOptions() {
		return this.model.getOptions();
	}

	@Override
	public String toString() {
		return this.model.getClass().getSimpleName();
	}

	/** Brings a request back from where it would be sent. */
	private static final class Captured extends RuntimeException {

		private final transient MessageCreateParams request;

		private Captured(MessageCreateParams request) {
			super("", null, false, false);
			this.request = request;
		}

	}

}
