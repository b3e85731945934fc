package dev.switchboard.policy;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is done when every target was skipped or failed.
 */
public sealed interface OnExhausted {

	/**
	 * Reads this, whichever it is.
	 * @param <T> what the reader makes of it
	 * @param fail reads "fail"
	 * @param ask reads "ask"
	 * @param route reads the name of another route
	 * @return what the reader made of it
	 */
	<T> T match(Supplier<T> fail, Supplier<T> ask, Function<String, T> route);

	/** The caller is told which targets failed, and how. */
	record Fail() implements OnExhausted {

		@Override
		public <T> T match(Supplier<T> fail, Supplier<T> ask, Function<String, T> route) {
			return fail.get();
		}

	}

	/** The user is asked what to do. */
	record Ask() implements OnExhausted {

		@Override
		public <T> T match(Supplier<T> fail, Supplier<T> ask, Function<String, T> route) {
			return ask.get();
		}

	}

	/**
	 * Another route takes over.
	 *
	 * @param name the other route's name
	 */
	record UseRoute(String name) implements OnExhausted {

		@Override
		public <T> T match(Supplier<T> fail, Supplier<T> ask, Function<String, T> route) {
			return route.apply(this.name);
		}

	}

}
