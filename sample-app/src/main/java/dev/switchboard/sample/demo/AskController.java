package dev.switchboard.sample.demo;

import java.time.Duration;

import dev.switchboard.ChatRoutes;
import dev.switchboard.call.CacheControl;
import dev.switchboard.call.Caller;
import dev.switchboard.options.RouteChatOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/**
 * Streams the answer of a route: events {@code text}, and at last {@code done} or
 * {@code failed}; among them {@code asking} and {@code attempt}, as attempts come and go.
 */
@RestController
class AskController {

	private static final Logger log = LoggerFactory.getLogger(AskController.class);

	private static final Duration HEARTBEAT = Duration.ofSeconds(1);

	private final ChatRoutes routes;

	private final LiveAttempts attempts;

	AskController(ChatRoutes routes, LiveAttempts attempts) {
		this.routes = routes;
		this.attempts = attempts;
	}

	@PostMapping(path = "/ask", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Object>> ask(@RequestBody Question question) {
		return withHeartbeat(this.attempts.amid(prompt(question).stream()
			.chatResponse()
			.concatMapIterable(AnswerEvents::of)
			.onErrorResume((error) -> Flux.just(failed(error)))));
	}

	private ChatClient.ChatClientRequestSpec prompt(Question question) {
		RouteChatOptions.Builder options = RouteChatOptions.builder()
			.caller(new Caller("visitor", question.enterprise() ? "enterprise" : null))
			.cacheControl(question.fresh() ? CacheControl.NO_CACHE : CacheControl.DEFAULT);
		return this.routes.client(question.route())
			.prompt()
			.system("You are asked through the route '" + question.route() + "'. Answer in a few sentences.")
			.user((user) -> {
				user.text("{prompt}").param("prompt", question.prompt());
				if (question.picture()) {
					user.media(MimeTypeUtils.IMAGE_PNG, new ClassPathResource("static/picture.png"));
				}
			})
			.options(options);
	}

	/**
	 * While nothing is sent, nobody notices that the browser has gone.
	 */
	private static Flux<ServerSentEvent<Object>> withHeartbeat(Flux<ServerSentEvent<Object>> events) {
		return events.publish((shared) -> Flux.merge(shared,
				Flux.interval(HEARTBEAT)
					.map((beat) -> ServerSentEvent.builder().comment("waiting").build())
					.takeUntilOther(shared.ignoreElements())));
	}

	private static ServerSentEvent<Object> failed(Throwable error) {
		FailureView failure = FailureView.of(error);
		if (failure.call() == null) {
			log.error("The answer failed", error);
		}
		return ServerSentEvent.builder((Object) failure).event("failed").build();
	}

}
