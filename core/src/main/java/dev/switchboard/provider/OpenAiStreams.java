package dev.switchboard.provider;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.core.JsonMissing;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.services.async.ChatServiceAsync;
import com.openai.services.async.chat.ChatCompletionServiceAsync;
import dev.switchboard.options.OpenAiChunks;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous client that {@code OpenAiChatModel} streams through, made of the
 * synchronous one: the library's own sends each request from the common pool, where
 * nothing can cancel it before its answer begins.
 */
final class OpenAiStreams {

	private final OpenAIClient client;

	private final Executor threads;

	private OpenAiStreams(OpenAIClient client, Executor threads) {
		this.client = client;
		this.threads = threads;
	}

	/**
	 * An asynchronous client that can only stream chat completions.
	 * @param client sends the requests
	 * @param threads read the streams, each its own thread
	 * @return the client
	 */
	static OpenAIClientAsync over(OpenAIClient client, Executor threads) {
		OpenAiStreams streams = new OpenAiStreams(client, threads);
		ChatCompletionServiceAsync completions = OnlyMethods.of(ChatCompletionServiceAsync.class,
				Map.of("createStreaming", streams::createStreaming));
		ChatServiceAsync chat = OnlyMethods.of(ChatServiceAsync.class,
				Map.of("completions", (arguments) -> completions));
		return OnlyMethods.of(OpenAIClientAsync.class, Map.of("chat", (arguments) -> chat));
	}

	private AsyncStreamResponse<ChatCompletionChunk> createStreaming(@Nullable Object[] arguments) {
		if (!(arguments[0] instanceof ChatCompletionCreateParams request)) {
			throw new UnsupportedOperationException("Only plain chat completions can be streamed");
		}
		AttemptScope scope = AttemptScope.current();
		return new Answer(withoutRejectedOptions(request), (scope != null) ? scope : AttemptScope.detached());
	}

	/**
	 * A provider that rejects {@code stream_options.include_usage} rejects it as well
	 * when it is {@code false}, which is all that Spring AI can do.
	 */
	private static ChatCompletionCreateParams withoutRejectedOptions(ChatCompletionCreateParams request) {
		boolean unwanted = request.streamOptions()
			.flatMap(ChatCompletionStreamOptions::includeUsage)
			.filter((include) -> !include)
			.isPresent();
		return unwanted ? request.toBuilder().streamOptions(JsonMissing.of()).build() : request;
	}

	private final class Answer implements AsyncStreamResponse<ChatCompletionChunk> {

		private final ChatCompletionCreateParams request;

		private final AttemptScope scope;

		private final CompletableFuture<@Nullable Void> completion = new CompletableFuture<>();

		private Answer(ChatCompletionCreateParams request, AttemptScope scope) {
			this.request = request;
			this.scope = scope;
		}

		@Override
		public AsyncStreamResponse<ChatCompletionChunk> subscribe(Handler<? super ChatCompletionChunk> handler) {
			return subscribe(handler, OpenAiStreams.this.threads);
		}

		@Override
		public AsyncStreamResponse<ChatCompletionChunk> subscribe(Handler<? super ChatCompletionChunk> handler,
				Executor executor) {
			executor.execute(() -> this.scope.run(() -> read(handler)));
			return this;
		}

		@SuppressWarnings("NullAway") // a future of nothing is completed with null
		private void read(Handler<? super ChatCompletionChunk> handler) {
			Throwable failure = null;
			try (StreamResponse<ChatCompletionChunk> answer = OpenAiStreams.this.client.chat()
				.completions()
				.createStreaming(this.request)) {
				answer.stream().map(OpenAiChunks::repair).forEach(handler::onNext);
			}
			catch (Throwable ex) {
				failure = ex;
			}
			handler.onComplete(Optional.ofNullable(failure));
			if (failure != null) {
				this.completion.completeExceptionally(failure);
			}
			else {
				this.completion.complete(null);
			}
		}

		@Override
		@SuppressWarnings("unchecked")
		public CompletableFuture<Void> onCompleteFuture() {
			return (CompletableFuture<Void>) (CompletableFuture<?>) this.completion;
		}

		@Override
		public void close() {
			this.scope.cancel();
		}

	}

}
