package dev.switchboard.provider;

import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;

/**
 * Where the models report to.
 *
 * @param observations where calls and requests are observed
 * @param convention how calls are named there; {@code null} for Spring AI's names
 * @param meters where connections are counted; {@code null} for nowhere
 */
record Instrumentation(ObservationRegistry observations, @Nullable ChatModelObservationConvention convention,
		@Nullable MeterRegistry meters) {

	void convention(Consumer<ChatModelObservationConvention> setter) {
		if (this.convention != null) {
			setter.accept(this.convention);
		}
	}

}
