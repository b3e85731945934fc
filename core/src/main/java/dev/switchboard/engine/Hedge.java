package dev.switchboard.engine;

import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Starts a second attempt beside one that takes long.
 */
final class Hedge {

	private Hedge() {
	}

	/**
	 * The first of two attempts to give something wins, the other is cancelled.
	 * @param <T> what they give
	 * @param first the attempt that starts at once
	 * @param second the attempt that starts when the first has given nothing for a while,
	 * or has failed
	 * @param due says when that while is over
	 * @return what the winner gives; {@code NoSuchElementException} if neither gives
	 * anything
	 */
	static <T> Flux<T> race(Flux<T> first, Supplier<Flux<T>> second, Mono<Boolean> due) {
		return Flux.defer(() -> {
			Sinks.One<Boolean> firstFailed = Sinks.one();
			Mono<Boolean> start = Mono.firstWithSignal(firstFailed.asMono(), due);
			return Flux.firstWithValue(first.doOnError((error) -> firstFailed.tryEmitValue(true)),
					start.flatMapMany((now) -> second.get()));
		});
	}

}
