package dev.switchboard.observation;

import java.util.Map;

import dev.switchboard.call.Attempt;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.observation.AttemptObservationDocumentation.HighCardinality;
import dev.switchboard.observation.AttemptObservationDocumentation.LowCardinality;
import dev.switchboard.policy.Failure;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The names that observations of attempts have unless somebody says otherwise: those of
 * {@link AttemptObservationDocumentation}. To be extended by those who only add to them.
 */
public class DefaultAttemptObservationConvention implements AttemptObservationConvention {

	private static final String NAME = "switchboard.attempt";

	// OpenTelemetry's attribute registry has words of its own for these.
	private static final Map<String, String> PROVIDERS = Map.of("google", "gcp.gemini", "mistral", "mistral_ai", "xai",
			"x_ai");

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(AttemptObservationContext context) {
		return "attempt " + context.tag();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AttemptObservationContext context) {
		String provider = context.target().provider();
		Attempt attempt = context.attempt();
		return KeyValues.of(LowCardinality.ROUTE.withValue(context.route().value()),
				LowCardinality.TARGET.withValue(context.tag().toString()),
				LowCardinality.OUTCOME.withValue((attempt != null) ? attempt.outcome().label() : KeyValue.NONE_VALUE),
				LowCardinality.OPERATION.withValue("chat"),
				LowCardinality.PROVIDER.withValue(PROVIDERS.getOrDefault(provider, provider)),
				LowCardinality.REQUEST_MODEL.withValue(context.tag().model()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AttemptObservationContext context) {
		KeyValues values = KeyValues.of(HighCardinality.CALL.withValue(context.callId()),
				HighCardinality.NUMBER.withValue(Integer.toString(context.number())));
		Attempt attempt = context.attempt();
		return (attempt != null) ? values.and(ofEnd(attempt)) : values;
	}

	private static KeyValues ofEnd(Attempt attempt) {
		Money amount = attempt.cost().amount();
		KeyValues values = KeyValues.of(HighCardinality.COST
			.withValue((amount != null) ? amount.usd().toPlainString() : attempt.cost().toString()));
		if (attempt.responseModel() != null) {
			values = values.and(HighCardinality.RESPONSE_MODEL.withValue(attempt.responseModel()));
		}
		if (attempt.timeToFirstToken() != null) {
			values = values.and(HighCardinality.TIME_TO_FIRST_TOKEN
				.withValue(Long.toString(attempt.timeToFirstToken().toMillis())));
		}
		Failure failure = failure(attempt);
		if (failure != null && failure.status() != null) {
			values = values.and(HighCardinality.STATUS.withValue(failure.status().toString()));
		}
		TokenUsage usage = attempt.usage();
		if (usage != null) {
			values = values.and(HighCardinality.INPUT_TOKENS.withValue(Long.toString(usage.inputTokens())),
					HighCardinality.CACHED_INPUT_TOKENS.withValue(Long.toString(usage.cachedInputTokens())),
					HighCardinality.OUTPUT_TOKENS.withValue(Long.toString(usage.outputTokens())));
		}
		return values;
	}

	static @Nullable Failure failure(Attempt attempt) {
		return attempt.outcome()
			.<@Nullable Failure>match((answered) -> null, (failed) -> failed.failure(), (cancelled) -> null);
	}

}
