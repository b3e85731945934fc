package dev.switchboard.cache;

import dev.switchboard.call.CacheOutcome;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * An answer from memory, which serves a call and a stream.
 *
 * @param answer the answer as it is kept; never given away itself
 * @param outcome whether it is given within its time
 */
record Remembered(ChatResponse answer, CacheOutcome outcome) {

	CachedCall toCall() {
		return new CachedCall(ResponseCopies.copy(this.answer), this.outcome);
	}

	Flux<ChatResponse> toStream() {
		return Flux.fromIterable(Chunks.split(this.answer));
	}

}
