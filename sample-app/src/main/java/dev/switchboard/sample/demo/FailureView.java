package dev.switchboard.sample.demo;

import java.util.List;

import dev.switchboard.call.RouteCallException;
import dev.switchboard.call.StreamInterruptedException;
import dev.switchboard.call.TargetsExhaustedException;
import dev.switchboard.call.UserDecisionRequiredException;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

/**
 * A call that gave no answer, or not the whole of one, as the page shows it.
 *
 * @param kind one of {@code exhausted}, {@code interrupted}, {@code decision},
 * {@code stopped} and {@code error}
 * @param title what happened, in a few words
 * @param exception the exception's simple name
 * @param message the exception's message
 * @param choices the routes that the user may choose; empty unless he has to
 * @param call what the call left behind; {@code null} if there was none
 */
record FailureView(String kind, String title, String exception, String message, List<String> choices,
		@Nullable CallView call) {

	static FailureView of(Throwable error) {
		String exception = error.getClass().getSimpleName();
		if (!(error instanceof RouteCallException failed)) {
			return new FailureView("error", "The application failed", exception, "See the log of the application.",
					List.of(), null);
		}
		String kind = "stopped";
		String title = "The call was stopped";
		List<String> choices = List.of();
		if (failed instanceof UserDecisionRequiredException decision) {
			kind = "decision";
			title = "No target answered, and the policy leaves the next step to you";
			choices = decision.choices().stream().map(RouteName::value).toList();
		}
		else if (failed instanceof StreamInterruptedException) {
			kind = "interrupted";
			title = "The stream broke: the text above is not the whole answer";
		}
		else if (failed instanceof TargetsExhaustedException) {
			kind = "exhausted";
			title = "No target of this route answered";
		}
		return new FailureView(kind, title, exception, String.valueOf(failed.getMessage()), choices,
				CallView.of(failed.record()));
	}

}
