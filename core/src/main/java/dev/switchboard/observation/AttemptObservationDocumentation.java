package dev.switchboard.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation.Context;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of attempts, and the keys they carry.
 */
public enum AttemptObservationDocumentation implements ObservationDocumentation {

	/**
	 * One request sent to one target. It stands below the observation of the
	 * {@code ChatClient} that made the call, and above the one of the target's model.
	 */
	ATTEMPT {

		@Override
		public Class<? extends ObservationConvention<? extends Context>> getDefaultConvention() {
			return DefaultAttemptObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinality.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinality.values();
		}

	};

	/**
	 * Keys with few values, for metrics and spans.
	 */
	public enum LowCardinality implements KeyName {

		/** The name of the route that was used. */
		ROUTE("switchboard.route"),

		/** The target that was asked, written {@code provider/model}. */
		TARGET("switchboard.target"),

		/**
		 * How the attempt ended: {@code answered}, {@code cancelled} or the kind of
		 * failure; {@code none} while it runs.
		 */
		OUTCOME("switchboard.attempt.outcome"),

		/** What the model is asked to do: always {@code chat}. */
		OPERATION("gen_ai.operation.name"),

		/**
		 * The provider that was asked, by its name in the OpenTelemetry conventions where
		 * it has one, otherwise by its name in the configuration.
		 */
		PROVIDER("gen_ai.provider.name"),

		/** The model that was asked for. */
		REQUEST_MODEL("gen_ai.request.model");

		private final String key;

		LowCardinality(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys with many values, for spans alone. Those of the end are missing where they are
	 * not known.
	 */
	public enum HighCardinality implements KeyName {

		/** The identifier of the call that the attempt belongs to. */
		CALL("switchboard.call"),

		/** Which attempt of the call it is, from 1. */
		NUMBER("switchboard.attempt.number"),

		/** The model that the answer names. */
		RESPONSE_MODEL("gen_ai.response.model"),

		/** The HTTP status of a failed attempt. */
		STATUS("http.response.status_code"),

		/** Milliseconds from sending the attempt to its first content, in a stream. */
		TIME_TO_FIRST_TOKEN("switchboard.attempt.time-to-first-token"),

		/** What the attempt cost in US dollars, or {@code unknown}. */
		COST("switchboard.attempt.cost"),

		/**
		 * All input tokens, the cached ones included. Not OpenTelemetry's own name: that
		 * stands on the model's observation below, and a backend that adds up spans would
		 * count every token twice.
		 */
		INPUT_TOKENS("switchboard.attempt.input-tokens"),

		/** The input tokens that the provider read from its prompt cache. */
		CACHED_INPUT_TOKENS("switchboard.attempt.cached-input-tokens"),

		/** All output tokens, the reasoning ones included. */
		OUTPUT_TOKENS("switchboard.attempt.output-tokens");

		private final String key;

		HighCardinality(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
