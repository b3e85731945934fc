package dev.switchboard.provider;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Says of a failed attempt which {@link FailureKind kind} of failure it is, on any wire:
 * from the exceptions of the vendors' libraries, of Spring's HTTP clients and Spring AI's
 * retries, which models that were handed in throw, and from plain HTTP answers. What an
 * HTTP answer says goes before the exception that carries it. The failure's message is
 * the provider's own, at most 500 characters, without anything that looks like a key.
 */
public final class FailureClassifier {

	private FailureClassifier() {
	}

	/**
	 * Classifies what a model threw, or an error signal of its stream.
	 * @param thrown the exception, with its causes
	 * @return the failure, with the exception as its cause
	 */
	public static Failure classify(Throwable thrown) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		Failure connection = null;
		for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
			ErrorAnswer answer = VendorErrors.read(cause);
			if (answer != null) {
				return answer.toFailure(thrown);
			}
			FailureKind kind = connection(cause);
			if (kind != null && (connection == null || kind != FailureKind.CONNECTION_FAILED)) {
				connection = Failure.of(kind, describe(cause), thrown);
			}
		}
		return (connection != null) ? connection : other(thrown);
	}

	/**
	 * Classifies an HTTP answer.
	 * @param status its status, 300 or more, or that of a stream that broke off with an
	 * error event
	 * @param headers its headers, by names in any case
	 * @param body its body, or the error event's data; text, JSON or HTML
	 * @return the failure; its status is {@code null} if the error came inside an answer
	 * with a status below 300
	 */
	public static Failure classify(int status, Map<String, String> headers, String body) {
		return classify(status, headers, body, InstantSource.system());
	}

	static Failure classify(int status, Map<String, String> headers, String body, InstantSource time) {
		return ErrorAnswer.of(status, headers, body, time).toFailure(null);
	}

	private static @Nullable FailureKind connection(Throwable cause) {
		if (cause instanceof InterruptedException || cause instanceof CancellationException
				|| cause instanceof ClosedByInterruptException) {
			return FailureKind.CANCELLED;
		}
		if (cause instanceof TimeoutException) {
			return FailureKind.TIMED_OUT;
		}
		// What Jackson 2 cannot read is an IOException too.
		if (!(cause instanceof IOException) || cause.getClass().getName().startsWith("com.fasterxml.jackson.")) {
			return null;
		}
		String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
		if (cause instanceof HttpConnectTimeoutException
				|| (cause instanceof SocketTimeoutException && words.contains("connect"))) {
			return FailureKind.CONNECTION_FAILED;
		}
		if (cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException) {
			return FailureKind.TIMED_OUT;
		}
		if (cause instanceof InterruptedIOException) {
			return words.contains("timeout") ? FailureKind.TIMED_OUT : FailureKind.CANCELLED;
		}
		// Nobody but ourselves closes our end.
		boolean ours = words.equals("canceled") || words.equals("stream was reset: cancel")
				|| (cause instanceof SocketException && words.equals("socket closed"));
		return ours ? FailureKind.CANCELLED : FailureKind.CONNECTION_FAILED;
	}

	private static Failure other(Throwable thrown) {
		Throwable root = thrown;
		while (root.getCause() != null && root.getCause() != root
				&& (root instanceof CompletionException || root instanceof ExecutionException)) {
			root = root.getCause();
		}
		// Thrown while the request was being made of the prompt: it was never sent.
		boolean request = root instanceof IllegalArgumentException || root instanceof ClassCastException
				|| root instanceof UnsupportedOperationException;
		return Failure.of(request ? FailureKind.INVALID_REQUEST : FailureKind.UNUSABLE_ANSWER, describe(root), thrown);
	}

	private static String describe(Throwable cause) {
		String name = cause.getClass().getSimpleName();
		String message = cause.getMessage();
		return ErrorAnswer.bounded((message != null && !message.isBlank()) ? name + ": " + message : name);
	}

}
