package dev.switchboard.sample.demo;

import java.util.Map;

import dev.switchboard.call.Attempt;
import dev.switchboard.observation.AttemptObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Tells the page of attempts while they are under way. Each attempt is a Micrometer
 * observation somewhere below that of the question, which is how it finds the page that
 * asked.
 */
@Component
class LiveAttempts {

	private final ObservationRegistry observations;

	LiveAttempts(ObservationRegistry observations) {
		this.observations = observations;
	}

	/**
	 * Adds to the events of an answer those of its attempts: {@code asking} when one
	 * begins, {@code attempt} when it has ended.
	 * @param answer the events of the answer
	 * @return all events
	 */
	Flux<ServerSentEvent<Object>> amid(Flux<ServerSentEvent<Object>> answer) {
		return Flux.defer(() -> {
			Page page = new Page();
			Observation question = Observation.createNotStarted("demo.question", this.observations);
			question.getContext().put(Page.class, page);
			question.start();
			return page.attempts.asFlux()
				.mergeWith(answer.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, question))
					.doFinally((signal) -> {
						question.stop();
						page.attempts.tryEmitComplete();
					}));
		});
	}

	private static final class Page {

		private final Sinks.Many<ServerSentEvent<Object>> attempts = Sinks.many().unicast().onBackpressureBuffer();

		/**
		 * Attempts may begin and end on several threads; the page is gone when nobody
		 * listens.
		 */
		private synchronized void tell(String event, Object data) {
			this.attempts.tryEmitNext(ServerSentEvent.builder(data).event(event).build());
		}

	}

	/**
	 * Hears of every attempt of the application.
	 */
	@Component
	static class Reporter implements ObservationHandler<AttemptObservationContext> {

		@Override
		public void onStart(AttemptObservationContext context) {
			Page page = pageAbove(context);
			if (page != null) {
				page.tell("asking", Map.of("number", context.number(), "target", context.target().toString(), "route",
						context.route().value()));
			}
		}

		@Override
		public void onStop(AttemptObservationContext context) {
			Page page = pageAbove(context);
			Attempt attempt = context.attempt();
			if (page != null && attempt != null) {
				page.tell("attempt", CallView.AttemptView.of(attempt));
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof AttemptObservationContext;
		}

		private static @Nullable Page pageAbove(Observation.ContextView context) {
			Page page = context.get(Page.class);
			if (page != null) {
				return page;
			}
			ObservationView parent = context.getParentObservation();
			return (parent != null) ? pageAbove(parent.getContextView()) : null;
		}

	}

}
