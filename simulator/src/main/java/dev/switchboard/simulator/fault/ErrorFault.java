package dev.switchboard.simulator.fault;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.simulator.wire.ProviderError;

/**
 * A fault that answers with an error, of which every part can be worded otherwise.
 * Immutable.
 */
public final class ErrorFault extends Fault {

	private final ProviderError error;

	ErrorFault(ProviderError error) {
		super(List.of(new ErrorEffect(error)), Long.MAX_VALUE, null);
		this.error = error;
	}

	/**
	 * The same error, telling when to come back: in {@code Retry-After}, rounded up to
	 * seconds, and at OpenAI in {@code retry-after-ms} too; at Gemini in the body.
	 * @param duration zero or more
	 * @return a copy
	 */
	public ErrorFault retryAfter(Duration duration) {
		ProviderError e = this.error;
		return new ErrorFault(
				new ProviderError(e.kind(), e.status(), duration, e.message(), e.type(), e.code(), e.headers()));
	}

	/**
	 * The same error with another message.
	 * @param message the message
	 * @return a copy
	 */
	public ErrorFault message(String message) {
		ProviderError e = this.error;
		return new ErrorFault(
				new ProviderError(e.kind(), e.status(), e.retryAfter(), message, e.type(), e.code(), e.headers()));
	}

	/**
	 * The same error with another type, on Gemini another status word.
	 * @param type the type
	 * @return a copy
	 */
	public ErrorFault type(String type) {
		ProviderError e = this.error;
		return new ErrorFault(
				new ProviderError(e.kind(), e.status(), e.retryAfter(), e.message(), type, e.code(), e.headers()));
	}

	/**
	 * The same error with another code: {@code error.code} at OpenAI,
	 * {@code error.details.error_code} at Anthropic, the reason of a wrong key at Gemini.
	 * @param code the code
	 * @return a copy
	 */
	public ErrorFault code(String code) {
		ProviderError e = this.error;
		return new ErrorFault(
				new ProviderError(e.kind(), e.status(), e.retryAfter(), e.message(), e.type(), code, e.headers()));
	}

	/**
	 * The same error under another status.
	 * @param status from 400 to 599
	 * @return a copy
	 */
	public ErrorFault withStatus(int status) {
		ProviderError e = this.error;
		return new ErrorFault(
				new ProviderError(e.kind(), status, e.retryAfter(), e.message(), e.type(), e.code(), e.headers()));
	}

	/**
	 * The same error with one more header, which also replaces what would be sent
	 * otherwise.
	 * @param name the name, in lower case
	 * @param value the value
	 * @return a copy
	 */
	public ErrorFault header(String name, String value) {
		ProviderError e = this.error;
		Map<String, String> headers = new LinkedHashMap<>(e.headers());
		headers.put(name, value);
		return new ErrorFault(
				new ProviderError(e.kind(), e.status(), e.retryAfter(), e.message(), e.type(), e.code(), headers));
	}

	ProviderError error() {
		return this.error;
	}

}
