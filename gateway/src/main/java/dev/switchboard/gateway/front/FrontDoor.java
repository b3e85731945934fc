package dev.switchboard.gateway.front;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.switchboard.call.AttemptStoppedException;
import dev.switchboard.call.BudgetExceededException;
import dev.switchboard.call.BudgetUnavailableException;
import dev.switchboard.call.CallCancelledException;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallProgress;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.RateLimitExceededException;
import dev.switchboard.call.RouteCallException;
import dev.switchboard.cost.ModelId;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.front.DisconnectWatch.Watching;
import dev.switchboard.gateway.wire.AnswerHead;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.provider.ProviderErrorException;
import dev.switchboard.relay.RefusedAnswerException;
import dev.switchboard.relay.RelayPrompt;
import dev.switchboard.relay.Relayed;
import dev.switchboard.route.UnknownRouteException;
import dev.switchboard.route.Wire;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.web.HttpRequestHandler;

/**
 * One endpoint at which routes are called.
 */
final class FrontDoor implements HttpRequestHandler {

	private static final Logger logger = LoggerFactory.getLogger(FrontDoor.class);

	/** The caller's headers that say something to a provider of the same wire. */
	private static final Set<String> FORWARDED = Set.of("anthropic-version", "anthropic-beta", "openai-beta",
			"x-client-request-id", "idempotency-key");

	private static final String ANTHROPIC_VERSION = "anthropic-version";

	/** The version that all clients know; those who want another say so. */
	private static final String OLDEST_VERSION = "2023-06-01";

	private final Door door;

	private final DoorParts parts;

	FrontDoor(Door door, DoorParts parts) {
		this.door = door;
		this.parts = parts;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		AnswerExchange exchange = new AnswerExchange(this.door, response);
		if (!request.getMethod().equals("POST")) {
			response.setHeader("Allow", "POST");
			exchange.error(problem(405, "method_not_allowed", "This endpoint takes POST requests"));
			return;
		}
		if (!this.parts.openCalls().enter()) {
			response.setHeader("Connection", "close");
			exchange.error(OpenCalls.stopping(RequestIds.random()));
			return;
		}
		boolean goesOn = false;
		try {
			goesOn = handle(request, exchange);
		}
		catch (RefusedRequestException ex) {
			if (ex.status() == 413 || ex.status() == 408) {
				// What is still to come of the body is not wanted.
				response.setHeader("Connection", "close");
			}
			exchange.error(ex.toError(RequestIds.random()));
		}
		catch (RuntimeException ex) {
			tell(exchange, ex);
		}
		finally {
			if (!goesOn) {
				this.parts.openCalls().leave();
			}
		}
	}

	private boolean handle(HttpServletRequest request, AnswerExchange exchange) throws IOException {
		CallerAccess access = this.parts.callers().apply(request);
		RequestJson json = RequestJson.read(this.parts.bodies().read(request));
		Destination destination = this.parts.destinations().find(json.model(), fallbacks(json), access);
		this.door.check(json);
		CallContext context = CallWishes.read(request, access.caller(), this.parts.destinations().policies());
		GatewayRequest call = new GatewayRequest(this.door, json, forwarded(request, this.door), context,
				this.parts.turns().of(access.caller()),
				(target) -> this.parts.wires().speaks(target, this.door.relay()));
		this.parts.wires().check(this.door, call, json, destination);
		if (call.isStreamed()) {
			stream(request, exchange, call, destination);
			return true;
		}
		whole(request, exchange, call, destination);
		return false;
	}

	private List<String> fallbacks(RequestJson json) {
		if (!json.has("fallbacks")) {
			return List.of();
		}
		List<String> names = new ArrayList<>();
		json.tree().path("fallbacks").forEach((name) -> {
			if (!name.isString() || name.asString().isBlank()) {
				throw RefusedRequestException.invalid("fallbacks", "'fallbacks' must be an array of names");
			}
			names.add(name.asString());
		});
		return names;
	}

	static List<Map.Entry<String, String>> forwarded(HttpServletRequest request, Door door) {
		List<Map.Entry<String, String>> headers = new ArrayList<>(2);
		request.getHeaderNames().asIterator().forEachRemaining((name) -> {
			String lower = name.toLowerCase(Locale.ROOT);
			if (FORWARDED.contains(lower)) {
				request.getHeaders(name).asIterator().forEachRemaining((value) -> headers.add(Map.entry(lower, value)));
			}
		});
		if (door.relay().wire() == Wire.ANTHROPIC
				&& headers.stream().noneMatch((header) -> header.getKey().equals(ANTHROPIC_VERSION))) {
			headers.add(Map.entry(ANTHROPIC_VERSION, OLDEST_VERSION));
		}
		return headers;
	}

	private void whole(HttpServletRequest request, AnswerExchange exchange, GatewayRequest call,
			Destination destination) throws IOException {
		ChatResponse answer;
		Thread waiting = Thread.currentThread();
		// What waits for something else than a provider is woken up.
		call.presence().during(waiting::interrupt);
		try (Watching watching = this.parts.disconnects().watch(request, call.presence()::leave)) {
			answer = destination.model().call(new RelayPrompt(call));
		}
		catch (CallCancelledException ex) {
			if (!call.presence().hasLeft()) {
				// Only a container that waits no longer interrupts its threads.
				exchange.error(OpenCalls.stopping(ex.record().id()));
			}
			return;
		}
		catch (RouteCallException ex) {
			failed(exchange, call, ex);
			return;
		}
		finally {
			if (call.presence().hasLeft()) {
				// The thread goes on with other requests.
				Thread.interrupted();
			}
		}
		this.parts.turns().remember(call.context().caller(), answer);
		CallRecord record = Objects.requireNonNull(CallRecord.of(answer));
		answer(exchange, call, answer, record);
	}

	private static void answer(AnswerExchange exchange, GatewayRequest call, ChatResponse answer, CallRecord record)
			throws IOException {
		CallHeaders.write(exchange.response(), record);
		byte[] relayed = Relayed.bytesOf(answer);
		exchange.json((relayed != null) ? relayed
				: call.translation().answer(answer, new AnswerHead(record.id(), record.time(), answeredBy(record))));
	}

	/** Who answered, be it with a refusal. */
	private static String answeredBy(CallRecord record) {
		ModelId target = record.answeredBy();
		if (target == null && !record.attempts().isEmpty()) {
			target = record.attempts().get(record.attempts().size() - 1).target();
		}
		return StreamAnswer.HeadMaker.model(target);
	}

	private void stream(HttpServletRequest request, AnswerExchange exchange, GatewayRequest call,
			Destination destination) {
		AsyncContext async = request.startAsync();
		// The deadline of the route ends the answer, not the container.
		async.setTimeout(0);
		InstantSource clock = this.parts.clock();
		Watching[] watching = { Watching.NOT };
		StreamAnswer answer = new StreamAnswer(call, exchange, (progress, chunk) -> head(progress, clock),
				(chunk) -> this.parts.turns().remember(call.context().caller(), chunk), failures(call),
				this.parts.keepAlives(), () -> {
					watching[0].close();
					this.parts.openCalls().leave();
					complete(async);
				});
		async.addListener(new BrokenConnection(answer::broken));
		watching[0] = this.parts.disconnects().watch(request, answer::leave);
		destination.model().stream(new RelayPrompt(call)).subscribe(answer);
	}

	private static void complete(AsyncContext async) {
		try {
			async.complete();
		}
		catch (IllegalStateException ex) {
			// A container that waits no longer has ended the request by itself.
			logger.debug("A stream was ended by the container");
		}
	}

	private static AnswerHead head(@Nullable CallProgress progress, InstantSource clock) {
		return new AnswerHead((progress != null) ? progress.id() : RequestIds.random(), clock.instant(),
				StreamAnswer.HeadMaker.model((progress != null) ? progress.target() : null));
	}

	private StreamAnswer.FailureTeller failures(GatewayRequest call) {
		return new StreamAnswer.FailureTeller() {

			@Override
			public GatewayError of(Throwable error) {
				return (error instanceof RouteCallException ex) ? FrontDoor.this.parts.errors().of(ex)
						: unexpected(error);
			}

			@Override
			public void write(AnswerExchange exchange, Throwable failure, GatewayError error) throws IOException {
				if (failure instanceof RouteCallException ex) {
					failed(exchange, call, ex);
				}
				else if (failure instanceof RuntimeException ex) {
					tell(exchange, ex);
				}
				else {
					exchange.error(error);
				}
			}

		};
	}

	/** A call without an answer, of which nothing has been sent. */
	private void failed(AnswerExchange exchange, GatewayRequest call, RouteCallException ex) throws IOException {
		CallRecord record = ex.record();
		CallHeaders.write(exchange.response(), record);
		RefusedRequestException refusal = call.refusal();
		if (refusal != null && record.attempts().isEmpty() && !isNotAdmitted(ex)) {
			// No target understands the request, and this is why.
			exchange.error(refusal.toError(record.id()));
			return;
		}
		ChatResponse refused = RefusedAnswerException.answerOf(ex.failure());
		if (refused != null) {
			answer(exchange, call, refused, record);
			return;
		}
		GatewayError error = this.parts.errors().of(ex);
		byte[] words = ProviderWords.of(ex, call);
		if (words != null) {
			CallHeaders.write(exchange.response(), error);
			exchange.json(error.status(), words);
			return;
		}
		exchange.error(error);
	}

	/** Whoever was not admitted did not even come to a target. */
	private static boolean isNotAdmitted(RouteCallException ex) {
		return ex instanceof BudgetExceededException || ex instanceof BudgetUnavailableException
				|| ex instanceof RateLimitExceededException;
	}

	private void tell(AnswerExchange exchange, RuntimeException ex) throws IOException {
		if (ex instanceof RefusedRequestException refused) {
			exchange.error(refused.toError(RequestIds.random()));
			return;
		}
		exchange.error((ex instanceof UnknownRouteException)
				? problem(404, "unknown_route", String.valueOf(ex.getMessage())) : unexpected(ex));
	}

	private static GatewayError unexpected(Throwable error) {
		String id = RequestIds.random();
		logger.error("A request failed in the gateway itself request={}", id, error);
		return new GatewayError(500, "internal_error", "The gateway failed; its log tells more of request " + id, null,
				null, id);
	}

	private static GatewayError problem(int status, String code, String message) {
		return new GatewayError(status, code, message, null, null, RequestIds.random());
	}

	/**
	 * What the provider itself said of a request that it refused, for a caller who speaks
	 * its wire.
	 */
	private static final class ProviderWords {

		private ProviderWords() {
		}

		static byte @Nullable [] of(RouteCallException ex, GatewayRequest call) {
			if (!(ex instanceof AttemptStoppedException) || ex.failure() == null
					|| ex.failure().kind() == FailureKind.UNAUTHORIZED) {
				return null;
			}
			for (Throwable cause = ex.failure().cause(); cause != null; cause = cause.getCause()) {
				if (cause instanceof ProviderErrorException error && error.status() >= 400) {
					byte[] body = error.body();
					return (body.length > 0 && body[0] == '{') ? body : null;
				}
			}
			return null;
		}

	}

}
