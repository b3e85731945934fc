package dev.switchboard.gateway.passthrough;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import dev.switchboard.engine.MeteredCall;
import dev.switchboard.gateway.front.DisconnectWatch;
import dev.switchboard.gateway.front.LimitHeaders;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.provider.AttemptScope;
import dev.switchboard.provider.FailureClassifier;
import dev.switchboard.provider.ProviderSettings;
import dev.switchboard.provider.RawAnswer;
import io.micrometer.observation.Observation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * One request under way between a caller and a provider. It belongs to the thread that
 * serves the caller; only {@link #stop} is called by others. Closing it, as the end of
 * the request does at the latest, ends whatever is still under way.
 */
final class Exchange implements AutoCloseable {

	static final String CALLER_LEFT = "the caller went away";

	private final Outgoing outgoing;

	private final MeteredCall call;

	private final PassthroughParts parts;

	private final HttpServletRequest caller;

	private final AttemptScope scope = AttemptScope.open();

	private final Silence silence;

	private final AtomicReference<@Nullable Stop> stopped = new AtomicReference<>();

	private DisconnectWatch.@Nullable Watching watch;

	private @Nullable RawAnswer answer;

	private AnswerReader reader = new UnreadAnswer();

	private @Nullable AnswerFacts facts;

	private @Nullable Failure failure;

	private boolean closed;

	Exchange(Outgoing outgoing, MeteredCall call, PassthroughParts parts, HttpServletRequest caller) {
		this.outgoing = outgoing;
		this.call = call;
		this.parts = parts;
		this.caller = caller;
		this.silence = new Silence(parts.timer(), () -> stop(Stop.SILENCE));
	}

	/** Sends the request and waits for the head of the answer. */
	ServerResponse send() {
		SentBody body = this.outgoing.body();
		if (body != null) {
			body.watchedBy(new Sending());
		}
		else {
			beginWatch();
		}
		try (Observation.Scope observed = this.call.openScope()) {
			this.silence.begins(this.parts.limits().answerTimeout());
			RawAnswer head = this.outgoing.endpoint().send(this.outgoing.request());
			this.answer = head;
			this.silence.ends();
			return passOn(head);
		}
		catch (IOException ex) {
			return notAnswered(ex);
		}
	}

	private ServerResponse passOn(RawAnswer head) {
		// What is fetched again, such as a stored response, was paid for when it was
		// made.
		if (this.outgoing.request().method().equals("POST")) {
			this.reader = AnswerReader.of(head.header(HttpHeaders.CONTENT_TYPE),
					head.header(HttpHeaders.CONTENT_ENCODING));
		}
		HttpHeaders headers = ResponseHeaders.of(head, settings(), this.outgoing.request().path(),
				Reply.root(this.caller, settings().name()));
		// What the provider says of limits is of those of our credential with it.
		headers.putAll(told(1));
		return new ProviderReply(this, head, headers, this.outgoing.request().method().equals("HEAD"));
	}

	private ServerResponse notAnswered(IOException ex) {
		try (this) {
			if (ex instanceof SentBody.TooLong) {
				this.call.cancelled("the caller's request is too long", null);
				return error(Outgoing.tooLong(this.parts.limits().maxRequestBytes()));
			}
			if (ex instanceof SentBody.Unreadable) {
				this.call.cancelled("the caller's request broke off", null);
				return error(Outgoing.unreadable(ex.getCause()));
			}
			Failure how = failure(ex);
			if (how.kind() == FailureKind.CANCELLED) {
				this.call.cancelled(CALLER_LEFT, null);
			}
			else {
				this.call.failed(how, null);
			}
			return new ErrorReply(told(how), this.parts.errors(), told(1));
		}
	}

	private ServerResponse error(RefusedRequestException refused) {
		return new ErrorReply(refused.toError(this.call.id()), this.parts.errors(), told(1));
	}

	/** Reads on, no longer than a provider may be silent. */
	int read(InputStream body, byte[] buffer, int offset, int length) throws Broken {
		this.silence.begins(this.parts.limits().idleTimeout());
		try {
			return body.read(buffer, offset, length);
		}
		catch (IOException ex) {
			throw new Broken(ex, false);
		}
		finally {
			this.silence.ends();
		}
	}

	/** Reads beside the answer what it tells. */
	void looksAt(byte[] bytes, int length) {
		int characters = this.reader.read(bytes, 0, length);
		if (characters > 0) {
			this.call.passedOn(characters);
		}
	}

	/** The provider answered with an error. */
	void errorRead(byte[] body) {
		Map<String, String> headers = new LinkedHashMap<>();
		RawAnswer head = this.answer;
		if (head != null) {
			head.headers().forEach((header) -> headers.put(header.getKey(), header.getValue()));
			this.failure = FailureClassifier.classify(head.status(), headers, new String(body, StandardCharsets.UTF_8));
		}
	}

	byte[] masked(byte[] body) {
		return new Credentials(settings()).masked(body);
	}

	/** The whole answer is with the caller, but for what is yet to be flushed. */
	void passedOn() {
		Failure how = this.failure;
		if (how != null) {
			this.call.failed(how, null);
			return;
		}
		AnswerFacts told = facts();
		this.call.answered(told.usage(), told.model(), told.finishReason());
	}

	/** The answer ended before its end. */
	void broken(Broken broken, HttpServletRequest request, HttpServletResponse response) throws IOException {
		Failure how = broken.byCaller ? Failure.of(FailureKind.CANCELLED, CALLER_LEFT) : failure(broken.reason());
		boolean begun = response.isCommitted();
		if (how.kind() == FailureKind.CANCELLED) {
			this.call.cancelled(CALLER_LEFT, facts().usage());
		}
		else {
			boolean silent = how.kind() == FailureKind.TIMED_OUT;
			this.call.failed((begun && !silent) ? how.as(FailureKind.INTERRUPTED) : how, null);
		}
		if (begun) {
			throw new BrokenAnswerException("The answer of provider '" + settings().name() + "' broke off");
		}
		response.reset();
		new ErrorReply(told(how), this.parts.errors(), told(1)).writeTo(request, response);
	}

	private AnswerFacts facts() {
		AnswerFacts told = this.facts;
		if (told == null) {
			told = this.reader.end();
			this.facts = told;
		}
		return told;
	}

	private Failure failure(IOException ex) {
		Stop why = this.stopped.get();
		if (why == Stop.SILENCE) {
			return Failure.of(FailureKind.TIMED_OUT, "The provider was silent for too long", ex);
		}
		if (why == Stop.CALLER_LEFT) {
			return Failure.of(FailureKind.CANCELLED, CALLER_LEFT, ex);
		}
		Failure how = FailureClassifier.classify(ex);
		// Nobody stopped it, so it is our own end: the application shuts down.
		return (how.kind() == FailureKind.CANCELLED) ? how.as(FailureKind.CONNECTION_FAILED) : how;
	}

	private GatewayError told(Failure how) {
		String name = "Provider '" + settings().name() + "'";
		return switch (how.kind()) {
			case TIMED_OUT -> new GatewayError(504, "provider_timed_out", name + " did not answer in time", null, null,
					this.call.id());
			case CANCELLED -> new GatewayError(499, "cancelled", CALLER_LEFT, null, null, this.call.id());
			default -> new GatewayError(502, "provider_unreachable",
					name + " could not be reached, or broke the connection before it answered", null, null,
					this.call.id());
		};
	}

	private HttpHeaders told(int attempts) {
		HttpHeaders headers = new HttpHeaders();
		headers.add("X-Switchboard-Call", this.call.id());
		headers.add("X-Switchboard-Target", this.outgoing.asked().model().equals(Asked.UNKNOWN)
				? this.call.target().provider() : this.call.target().toString());
		headers.add("X-Switchboard-Attempts", String.valueOf(attempts));
		LimitHeaders.of(this.call.limits()).forEach(headers::add);
		return headers;
	}

	private ProviderSettings settings() {
		return this.outgoing.endpoint().settings();
	}

	private void beginWatch() {
		this.watch = this.parts.watch().watch(this.caller, () -> stop(Stop.CALLER_LEFT));
	}

	/** Ends the provider's request; the thread that waits for it goes on. */
	private void stop(Stop why) {
		if (this.stopped.compareAndSet(null, why)) {
			this.scope.cancel();
		}
	}

	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		if (this.watch != null) {
			this.watch.close();
		}
		this.silence.close();
		try {
			if (this.answer != null) {
				this.answer.close();
			}
		}
		catch (IOException ex) {
			// It was to end, and has.
		}
		finally {
			this.scope.close();
			this.call.cancelled("the answer was not passed on", null);
		}
	}

	/** Why a request to a provider is ended. */
	private enum Stop {

		/** The caller doesn't listen any more. */
		CALLER_LEFT,

		/** The provider says nothing. */
		SILENCE

	}

	/** Follows the sending of the body. */
	private final class Sending implements SentBody.Progress {

		@Override
		public void waitsForCaller() {
			Exchange.this.silence.ends();
		}

		@Override
		public void waitsForProvider() {
			Exchange.this.silence.begins(Exchange.this.parts.limits().answerTimeout());
		}

		@Override
		public void isWhole() {
			beginWatch();
		}

	}

	/** The way from the provider to the caller is broken. */
	static final class Broken extends Exception {

		private static final long serialVersionUID = 1;

		private final IOException reason;

		private final boolean byCaller;

		Broken(IOException reason, boolean byCaller) {
			super(reason.getMessage(), reason, false, false);
			this.reason = reason;
			this.byCaller = byCaller;
		}

		static Broken byCaller(IOException reason) {
			return new Broken(reason, true);
		}

		IOException reason() {
			return this.reason;
		}

	}

}
