package dev.switchboard.cache;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * A call under way, whose answer others may share.
 */
sealed interface Flight permits CallFlight, StreamFlight {

	/**
	 * Waits for the whole answer.
	 * @param patience how long to wait; {@code null} for as long as it takes
	 * @return the receiver's own copy
	 * @throws InterruptedException if the waiting thread is interrupted
	 * @throws TimeoutException if patience ends first
	 * @throws FlightAbandonedException if there will be no answer to share
	 */
	ChatResponse await(@Nullable Duration patience) throws InterruptedException, TimeoutException;

	/**
	 * The answer as it comes, from its beginning.
	 * @return the chunks, the receiver's own; fails with a
	 * {@link FlightAbandonedException} if there will be no answer to share
	 */
	Flux<ChatResponse> chunks();

}
