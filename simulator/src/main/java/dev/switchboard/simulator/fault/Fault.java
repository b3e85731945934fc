package dev.switchboard.simulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.FinishReason;
import dev.switchboard.simulator.wire.ErrorKind;
import dev.switchboard.simulator.wire.ProviderError;
import dev.switchboard.simulator.wire.Replies;
import dev.switchboard.simulator.wire.Step;
import dev.switchboard.simulator.wire.Step.Finish;
import dev.switchboard.simulator.wire.Step.Hang;
import dev.switchboard.simulator.wire.Step.Reset;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong at a simulated provider. It lasts until it is taken back,
 * unless it is bounded by {@link #times} or {@link #during}. Immutable.
 * <p>
 * A token is one streamed chunk of content: four characters, unless the answer has larger
 * chunks. Where a stream has fewer tokens than a fault waits for, the fault comes before
 * the stream's end.
 */
public sealed class Fault permits ErrorFault {

	private final List<Effect> effects;

	private final long times;

	private final @Nullable Duration duration;

	Fault(List<Effect> effects, long times, @Nullable Duration duration) {
		this.effects = List.copyOf(effects);
		this.times = times;
		this.duration = duration;
	}

	private static Fault of(Effect effect) {
		return new Fault(List.of(effect), Long.MAX_VALUE, null);
	}

	private static ErrorFault error(ErrorKind kind) {
		return new ErrorFault(ProviderError.of(kind));
	}

	/**
	 * An error of a status, with the body that the provider sends with it.
	 * @param status from 400 to 599
	 * @return the fault
	 */
	public static ErrorFault status(int status) {
		return new ErrorFault(new ProviderError(ErrorKind.of(status), status, null, null, null, null, Map.of()));
	}

	/**
	 * Too many requests: 429, without a word about when to come back.
	 * @return the fault
	 */
	public static ErrorFault rateLimited() {
		return error(ErrorKind.RATE_LIMITED);
	}

	/**
	 * No quota left: 429 {@code insufficient_quota} at OpenAI, 402 at Anthropic, 429 with
	 * a daily quota at Gemini.
	 * @return the fault
	 */
	public static ErrorFault quotaExhausted() {
		return error(ErrorKind.QUOTA_EXHAUSTED);
	}

	/**
	 * Too busy: 529 at Anthropic, else 503.
	 * @return the fault
	 */
	public static ErrorFault overloaded() {
		return error(ErrorKind.OVERLOADED);
	}

	/**
	 * Broken inside: 500.
	 * @return the fault
	 */
	public static ErrorFault serverError() {
		return error(ErrorKind.SERVER_ERROR);
	}

	/**
	 * A wrong key: 401, but 400 with reason {@code API_KEY_INVALID} at Gemini.
	 * @return the fault
	 */
	public static ErrorFault unauthorized() {
		return error(ErrorKind.UNAUTHORIZED);
	}

	/**
	 * No such model: 404.
	 * @return the fault
	 */
	public static ErrorFault modelNotFound() {
		return error(ErrorKind.MODEL_NOT_FOUND);
	}

	/**
	 * A conversation too long for the model: 400, told by a code at OpenAI and by the
	 * message alone elsewhere.
	 * @return the fault
	 */
	public static ErrorFault contextWindowExceeded() {
		return error(ErrorKind.CONTEXT_WINDOW_EXCEEDED);
	}

	/**
	 * A wrong request: 400.
	 * @return the fault
	 */
	public static ErrorFault invalidRequest() {
		return error(ErrorKind.INVALID_REQUEST);
	}

	/**
	 * Refuses with 400 to go on from the model's own words. Requests whose last message
	 * is another's pass.
	 * @return the fault
	 */
	public static ErrorFault prefillRefused() {
		return error(ErrorKind.PREFILL_REFUSED);
	}

	/**
	 * An answer withheld by the provider: finish reason {@code content_filter}, stop
	 * reason {@code refusal}, a candidate stopped for {@code SAFETY}. Its text is empty.
	 * @return the fault
	 */
	public static Fault contentFiltered() {
		return of(AnswerEffect.empty(FinishReason.CONTENT_FILTER));
	}

	/**
	 * A prompt that the provider won't answer: 400 {@code content_filter} at OpenAI, stop
	 * reason {@code refusal} without any content at Anthropic, feedback on the prompt
	 * without any candidate at Gemini.
	 * @return the fault
	 */
	public static Fault promptBlocked() {
		return of(new PromptBlockedEffect());
	}

	/**
	 * An answer that is complete and says nothing.
	 * @return the fault
	 */
	public static Fault emptyAnswer() {
		return of(AnswerEffect.empty(FinishReason.STOP));
	}

	/**
	 * An answer that doesn't tell its tokens.
	 * @return the fault
	 */
	public static Fault withoutUsage() {
		return of(new AnswerEffect(Answer::withoutUsage));
	}

	/**
	 * Status 200 with a page of HTML.
	 * @return the fault
	 */
	public static Fault garbage() {
		return of(new InsteadEffect((context) -> Replies.text("text/html; charset=utf-8",
				"<html><head><title>Sign in</title></head><body>Sign in to go on</body></html>")));
	}

	/**
	 * Status 200 and the right content type with JSON that breaks off.
	 * @return the fault
	 */
	public static Fault brokenJson() {
		String json = "{\"id\":\"sim\",\"choices\":[{\"mess";
		return of(new InsteadEffect((context) -> context.isStreamed()
				? Replies.text("text/event-stream; charset=utf-8", "data: " + json + "\n\n")
				: Replies.text("application/json", json)));
	}

	/**
	 * A connection reset before anything is answered.
	 * @return the fault
	 */
	public static Fault resetBeforeHeaders() {
		return of(new InsteadEffect((context) -> List.of(new Reset())));
	}

	/**
	 * A request taken and never answered.
	 * @return the fault
	 */
	public static Fault silence() {
		return of(new InsteadEffect((context) -> List.of(new Hang())));
	}

	/**
	 * A long wait for the first content. A stream's headers come at once; where nothing
	 * is streamed the headers wait too.
	 * @param delay how long
	 * @return the fault
	 */
	public static Fault slowFirstToken(Duration delay) {
		return of(new PaceEffect(delay, false));
	}

	/**
	 * A pause before every content but the first. What is not streamed comes in pieces of
	 * 32 bytes.
	 * @param perChunk how long
	 * @return the fault
	 */
	public static Fault drip(Duration perChunk) {
		return of(new PaceEffect(perChunk, true));
	}

	/**
	 * A stream that falls silent and stays open; what is not streamed falls silent
	 * half-way.
	 * @param tokens how many tokens come before that, zero or more
	 * @return the fault
	 */
	public static Fault stallAfterTokens(int tokens) {
		return of(AfterTokens.then(tokens, new Hang()));
	}

	/**
	 * A stream broken by a connection reset; what is not streamed breaks half-way. The
	 * reset comes 150 ms after the last token, so that a client has time to read it.
	 * @param tokens how many tokens come before that, zero or more
	 * @return the fault
	 */
	public static Fault cutAfterTokens(int tokens) {
		return of(AfterTokens.then(tokens, new Reset()));
	}

	/**
	 * A stream that ends as if it were complete, but has neither finish reason nor usage
	 * nor end mark; what is not streamed ends half-way.
	 * @param tokens how many tokens come before that, zero or more
	 * @return the fault
	 */
	public static Fault endAfterTokens(int tokens) {
		return of(AfterTokens.then(tokens, new Finish()));
	}

	/**
	 * A stream that ends in an event telling that the provider is overloaded; what is not
	 * streamed is answered with that error.
	 * @param tokens how many tokens come before that, zero or more
	 * @return the fault
	 */
	public static Fault errorEventAfterTokens(int tokens) {
		return errorEventAfterTokens(tokens, overloaded());
	}

	/**
	 * A stream that ends in an event telling an error; what is not streamed is answered
	 * with that error.
	 * @param tokens how many tokens come before that, zero or more
	 * @param error the error to tell
	 * @return the fault
	 */
	public static Fault errorEventAfterTokens(int tokens, ErrorFault error) {
		return of(new ErrorEventEffect(tokens, error.error()));
	}

	/**
	 * A stream with one event that cannot be read, and whole otherwise. Requests that
	 * don't ask for a stream pass.
	 * @param tokens how many tokens come before that, zero or more
	 * @return the fault
	 */
	public static Fault malformedEventAfterTokens(int tokens) {
		return of(new MalformedEventEffect(tokens));
	}

	/**
	 * A stream that has everything but {@code [DONE]}, {@code message_stop} or
	 * {@code response.completed}; Gemini has no such mark. Requests that don't ask for a
	 * stream pass.
	 * @return the fault
	 */
	public static Fault missingEndMarker() {
		return of(new MissingEndMarkerEffect());
	}

	/**
	 * Both this and another fault in the same reply, for as long as this one lasts.
	 * @param other the other; how long it was to last is not looked at
	 * @return the combined fault
	 */
	public Fault and(Fault other) {
		List<Effect> both = new ArrayList<>(this.effects);
		both.addAll(other.effects);
		return new Fault(both, this.times, this.duration);
	}

	/**
	 * The same fault for some requests.
	 * @param times how many requests it befalls, one or more
	 * @return a copy
	 */
	public Fault times(int times) {
		if (times < 1) {
			throw new IllegalArgumentException("A fault befalls one request or more, but was to befall " + times);
		}
		return new Fault(this.effects, times, this.duration);
	}

	/**
	 * The same fault for some time. The time begins when the fault is scripted or, when
	 * others are queued before it, when those are over.
	 * @param duration how long, more than zero
	 * @return a copy
	 */
	public Fault during(Duration duration) {
		Objects.requireNonNull(duration, "duration");
		if (duration.isNegative() || duration.isZero()) {
			throw new IllegalArgumentException("A fault lasts for more than no time, but was to last " + duration);
		}
		return new Fault(this.effects, this.times, duration);
	}

	List<Effect> effects() {
		return this.effects;
	}

	long times() {
		return this.times;
	}

	@Nullable Duration duration() {
		return this.duration;
	}

}
