package dev.switchboard.gateway.access;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a presented key turned out to be.
 */
public sealed interface KeyMatch {

	/**
	 * Reads this outcome, whichever it is.
	 * @param <T> what the reader makes of it
	 * @param found reads a key that is good
	 * @param refused reads a key that is not good, though it is ours
	 * @param unknown reads that there is no such key
	 * @param unavailable reads that nobody can tell
	 * @return what the reader made of it
	 */
	<T> T match(Function<VirtualKey, T> found, Function<Refused, T> refused, Supplier<T> unknown,
			Function<Unavailable, T> unavailable);

	/**
	 * A key that is good.
	 *
	 * @param key the key
	 */
	record Found(VirtualKey key) implements KeyMatch {

		@Override
		public <T> T match(Function<VirtualKey, T> found, Function<Refused, T> refused, Supplier<T> unknown,
				Function<Unavailable, T> unavailable) {
			return found.apply(this.key);
		}

	}

	/**
	 * A key of ours that is not good.
	 *
	 * @param key the key
	 * @param reason why not
	 */
	record Refused(VirtualKey key, Reason reason) implements KeyMatch {

		@Override
		public <T> T match(Function<VirtualKey, T> found, Function<Refused, T> refused, Supplier<T> unknown,
				Function<Unavailable, T> unavailable) {
			return refused.apply(this);
		}

		/** Why a key is not good. */
		public enum Reason {

			/** Its time is over. */
			EXPIRED,

			/** Somebody has blocked it. */
			BLOCKED,

			/** There is a new one in its place. */
			REPLACED

		}

	}

	/** No key of ours. */
	record Unknown() implements KeyMatch {

		@Override
		public <T> T match(Function<VirtualKey, T> found, Function<Refused, T> refused, Supplier<T> unknown,
				Function<Unavailable, T> unavailable) {
			return unknown.get();
		}

	}

	/**
	 * It may be a key of ours: where it would stand cannot be read.
	 *
	 * @param retryAfter when to ask again
	 */
	record Unavailable(Duration retryAfter) implements KeyMatch {

		@Override
		public <T> T match(Function<VirtualKey, T> found, Function<Refused, T> refused, Supplier<T> unknown,
				Function<Unavailable, T> unavailable) {
			return unavailable.apply(this);
		}

	}

}
