package dev.switchboard.gateway.access;

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
	 * @param expired reads a key that was good
	 * @param unknown reads that there is no such key
	 * @return what the reader made of it
	 */
	<T> T match(Function<VirtualKey, T> found, Function<VirtualKey, T> expired, Supplier<T> unknown);

	/**
	 * A key that is good.
	 *
	 * @param key the key
	 */
	record Found(VirtualKey key) implements KeyMatch {

		@Override
		public <T> T match(Function<VirtualKey, T> found, Function<VirtualKey, T> expired, Supplier<T> unknown) {
			return found.apply(this.key);
		}

	}

	/**
	 * A key that was good.
	 *
	 * @param key the key
	 */
	record Expired(VirtualKey key) implements KeyMatch {

		@Override
		public <T> T match(Function<VirtualKey, T> found, Function<VirtualKey, T> expired, Supplier<T> unknown) {
			return expired.apply(this.key);
		}

	}

	/** No key of ours. */
	record Unknown() implements KeyMatch {

		@Override
		public <T> T match(Function<VirtualKey, T> found, Function<VirtualKey, T> expired, Supplier<T> unknown) {
			return unknown.get();
		}

	}

}
