package dev.switchboard.sample.examples;

import java.time.Duration;
import java.time.Instant;

import dev.switchboard.call.TargetsExhaustedException;
import dev.switchboard.route.UnknownRouteException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * What an application tells its own callers when a route has no answer.
 */
@RestControllerAdvice
class RouteErrors {

	@ExceptionHandler
	ResponseEntity<ProblemDetail> exhausted(TargetsExhaustedException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
				"No model can answer right now");
		problem.setProperty("call", ex.record().id());
		ResponseEntity.BodyBuilder response = ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE);
		Instant availableAgain = ex.availableAgain();
		if (availableAgain != null) {
			long seconds = Duration.between(Instant.now(), availableAgain).toSeconds() + 1;
			response.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds)));
		}
		return response.body(problem);
	}

	@ExceptionHandler
	ProblemDetail unknown(UnknownRouteException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, ex.getMessage());
	}

}
