package dev.switchboard.provider;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.services.async.MessageServiceAsync;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous client that {@code AnthropicChatModel} streams through, made of the
 * synchronous one: the library's own sends each request from the common pool, where
 * nothing can cancel it before its answer begins.
 */
final class AnthropicStreams {

	private final AnthropicClient client;

	private final Executor threads;

	private AnthropicStreams(AnthropicClient client, Executor threads) {
		this.client = client;
		this.threads = threads;
	}

	/**
	 * An asynchronous client that can only stream messages.
	 * @param client sends the requests
	 * @param threads wait for the streams to begin, each its own thread
	 * @return the client
	 */
	static AnthropicClientAsync over(AnthropicClient client, Executor threads) {
		AnthropicStreams streams = new AnthropicStreams(client, threads);
		MessageServiceAsync.WithRawResponse raw = OnlyMethods.of(MessageServiceAsync.WithRawResponse.class,
				Map.of("createStreaming", streams::createStreaming));
		MessageServiceAsync messages = OnlyMethods.of(MessageServiceAsync.class,
				Map.of("withRawResponse", (arguments) -> raw));
		return OnlyMethods.of(AnthropicClientAsync.class, Map.of("messages", (arguments) -> messages));
	}

	private CompletableFuture<HttpResponseFor<StreamResponse<RawMessageStreamEvent>>> createStreaming(
			@Nullable Object[] arguments) {
		if (!(arguments[0] instanceof MessageCreateParams request)) {
			throw new UnsupportedOperationException("Only plain messages can be streamed");
		}
		AttemptScope current = AttemptScope.current();
		AttemptScope scope = (current != null) ? current : AttemptScope.detached();
		CompletableFuture<HttpResponseFor<StreamResponse<RawMessageStreamEvent>>> answer = new CompletableFuture<>();
		this.threads.execute(() -> scope.run(() -> {
			try {
				answer.complete(this.client.messages().withRawResponse().createStreaming(request));
			}
			catch (Throwable ex) {
				answer.completeExceptionally(ex);
			}
		}));
		return answer;
	}

}
