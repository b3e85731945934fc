package dev.switchboard.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * The meters of {@link CallMetrics}. None tells callers, tags or calls apart: those are
 * without number.
 */
public enum CallMeters implements MeterDocumentation {

	/** How long calls took, with all their attempts and pauses. */
	CALL("switchboard.call", Meter.Type.TIMER, null, Key.ROUTE, Key.REQUESTED_ROUTE, Key.TARGET, Key.OUTCOME, Key.CACHE,
			Key.STREAMED),

	/** How long callers waited for the first content of a stream. */
	CALL_TIME_TO_FIRST_TOKEN("switchboard.call.time-to-first-token", Meter.Type.TIMER, null, Key.ROUTE),

	/** How long a target took from being asked to the first content of its stream. */
	TIME_TO_FIRST_TOKEN("switchboard.time-to-first-token", Meter.Type.TIMER, null, Key.ROUTE, Key.TARGET),

	/**
	 * The tokens of all attempts, as the providers counted them or, where an attempt
	 * ended before that, as we estimate them.
	 */
	TOKENS("switchboard.tokens", Meter.Type.COUNTER, "tokens", Key.ROUTE, Key.TARGET, Key.TOKEN_TYPE),

	/** What all attempts cost, as far as it is known. */
	COST("switchboard.cost", Meter.Type.COUNTER, "usd", Key.ROUTE, Key.TARGET),

	/** Calls whose cost is not known, as a price or a token count is missing. */
	UNKNOWN_COST("switchboard.cost.unknown", Meter.Type.COUNTER, "calls", Key.ROUTE, Key.TARGET),

	/** Targets that were passed over without being called. */
	SKIPPED("switchboard.skipped", Meter.Type.COUNTER, "targets", Key.ROUTE, Key.TARGET, Key.SKIP_REASON),

	/** Calls that a limit refused. */
	LIMIT_REFUSED("switchboard.limit.refused", Meter.Type.COUNTER, "calls", Key.LIMIT, Key.LIMIT_UNIT);

	private final String meterName;

	private final Meter.Type type;

	private final @Nullable String unit;

	private final KeyName[] keys;

	CallMeters(String meterName, Meter.Type type, @Nullable String unit, KeyName... keys) {
		this.meterName = meterName;
		this.type = type;
		this.unit = unit;
		this.keys = keys;
	}

	@Override
	public String getName() {
		return this.meterName;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.unit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.keys.clone();
	}

	/**
	 * The keys of these meters.
	 */
	public enum Key implements KeyName {

		/** The name of the route that was used. */
		ROUTE("switchboard.route"),

		/** The name of the route that the caller asked for. */
		REQUESTED_ROUTE("switchboard.route.requested"),

		/**
		 * A target, written {@code provider/model}: of a call, the one that gave the
		 * answer, or {@code none}.
		 */
		TARGET("switchboard.target"),

		/**
		 * How the call ended: {@code answered}, {@code exhausted}, {@code cancelled},
		 * {@code budget-exceeded}, {@code budget-unavailable}, {@code limit-exceeded},
		 * {@code limit-unavailable} or the kind of failure at which it stopped.
		 */
		OUTCOME("switchboard.call.outcome"),

		/**
		 * What the response cache had to do with the call: {@code bypass}, {@code miss},
		 * {@code hit}, {@code stale} or {@code joined}.
		 */
		CACHE("switchboard.cache"),

		/** Whether the answer was streamed: {@code true} or {@code false}. */
		STREAMED("switchboard.streamed"),

		/**
		 * The kind of tokens: {@code input} (those not cached), {@code cached-input}
		 * (read from the provider's cache), {@code cache-write} (written to it) or
		 * {@code output}. No token is of two kinds, so that the sum is right.
		 */
		TOKEN_TYPE("switchboard.token.type"),

		/**
		 * Why a target was passed over: {@code cooling-down}, {@code circuit-open},
		 * {@code window-too-small}, {@code capability-missing}, {@code budget-spent} or
		 * {@code price-unknown}.
		 */
		SKIP_REASON("switchboard.skip.reason"),

		/** The name of the limit. */
		LIMIT("switchboard.limit"),

		/**
		 * What of it was not enough: {@code requests}, {@code input-tokens},
		 * {@code output-tokens} or {@code tokens}.
		 */
		LIMIT_UNIT("switchboard.limit.unit");

		private final String key;

		Key(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
