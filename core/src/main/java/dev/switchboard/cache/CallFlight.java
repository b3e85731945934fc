package dev.switchboard.cache;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * A call that answers in one piece.
 */
final class CallFlight implements Flight {

	private final CompletableFuture<ChatResponse> answer = new CompletableFuture<>();

	/**
	 * The answer is there.
	 * @param kept the answer, of which everybody gets a copy
	 */
	void answered(ChatResponse kept) {
		this.answer.complete(kept);
	}

	void failed(Throwable failure) {
		this.answer.completeExceptionally(failure);
	}

	@Override
	public ChatResponse await(@Nullable Duration patience) throws InterruptedException, TimeoutException {
		return ResponseCopies.copy(await(this.answer, patience));
	}

	static <T> T await(CompletableFuture<T> future, @Nullable Duration patience)
			throws InterruptedException, TimeoutException {
		try {
			return (patience != null) ? future.get(Nanos.of(patience), TimeUnit.NANOSECONDS) : future.get();
		}
		catch (ExecutionException ex) {
			throw Exceptions.propagate((ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

	@Override
	public Flux<ChatResponse> chunks() {
		return Mono.fromFuture(this.answer, true).flatMapIterable(Chunks::split);
	}

}
