package dev.switchboard.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A provider answered with an error, whose very words are kept for a caller who speaks
 * its wire.
 */
public final class ProviderErrorException extends IOException {

	private final int status;

	private final transient byte[] body;

	private final transient ErrorAnswer answer;

	/**
	 * An error.
	 * @param status the status of the answer; below 300 if the error came inside an
	 * answer that had begun well
	 * @param headers its headers, by names in any case
	 * @param body its body, in whatever format
	 * @param credential what must not be told on, should the provider repeat it;
	 * {@code null} for nothing
	 */
	public ProviderErrorException(int status, Map<String, String> headers, String body, @Nullable Secret credential) {
		super("The provider answered with an error, status " + status);
		this.status = status;
		String safe = (credential != null) ? body.replace(credential.reveal(), credential.toString()) : body;
		this.body = safe.getBytes(StandardCharsets.UTF_8);
		this.answer = ErrorAnswer.of(status, headers, safe, InstantSource.system());
	}

	/**
	 * The status.
	 * @return the HTTP status; below 300 if the error came inside an answer
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The body, without our credential.
	 * @return the bytes
	 */
	public byte[] body() {
		return this.body.clone();
	}

	ErrorAnswer answer() {
		return this.answer;
	}

}
