package dev.switchboard.provider;

import java.io.IOException;

/**
 * A provider answered with an error, on a wire whose library would keep only part of it.
 */
final class ErrorAnswerException extends IOException {

	private final transient ErrorAnswer answer;

	ErrorAnswerException(ErrorAnswer answer) {
		super((answer.status() != null) ? "The provider answered with status " + answer.status()
				: "The provider answered with an error");
		this.answer = answer;
	}

	ErrorAnswer answer() {
		return this.answer;
	}

}
