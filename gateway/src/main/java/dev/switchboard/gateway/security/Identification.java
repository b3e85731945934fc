package dev.switchboard.gateway.security;

import java.time.Duration;
import java.util.function.Function;

import dev.switchboard.gateway.access.CallerAccess;
import org.jspecify.annotations.Nullable;

/**
 * Whether it is known who calls.
 */
public sealed interface Identification {

	/**
	 * Reads this outcome, whichever it is.
	 * @param <T> what the reader makes of it
	 * @param known reads who calls
	 * @param refused reads why he is not let in
	 * @return what the reader made of it
	 */
	<T> T match(Function<CallerAccess, T> known, Function<Refused, T> refused);

	/**
	 * A caller who is let in.
	 *
	 * @param access who he is and what he may reach
	 */
	record Known(CallerAccess access) implements Identification {

		@Override
		public <T> T match(Function<CallerAccess, T> known, Function<Refused, T> refused) {
			return known.apply(this.access);
		}

	}

	/**
	 * Somebody who is not.
	 *
	 * @param status the HTTP status: 401, 403, or 503 where it could not be found out
	 * @param code the stable code
	 * @param message why not and what to do; never what was presented
	 * @param retryAfter when to come again; {@code null} if that would change nothing
	 */
	record Refused(int status, String code, String message, @Nullable Duration retryAfter) implements Identification {

		/** The code of a request that presents nothing. */
		static final String KEY_REQUIRED = "key_required";

		/** The code of a request that presents something that is not good. */
		static final String KEY_INVALID = "key_invalid";

		/** Told to those who are known, but do not run the gateway. */
		static final Refused ADMINS_ONLY = new Refused(403, "admin_required",
				"This endpoint is for those who run the gateway: it needs a key with 'admin: true', or a token that "
						+ "says so",
				null);

		static Refused keyRequired(String message) {
			return new Refused(401, KEY_REQUIRED, message, null);
		}

		static Refused keyInvalid(String message) {
			return new Refused(401, KEY_INVALID, message, null);
		}

		@Override
		public <T> T match(Function<CallerAccess, T> known, Function<Refused, T> refused) {
			return refused.apply(this);
		}

	}

}
