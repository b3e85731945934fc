package dev.switchboard.relay;

/**
 * What the provider sent is not what its wire calls an answer. Says nothing of the
 * content.
 */
final class NoAnswerException extends RuntimeException {

	NoAnswerException(String message) {
		super(message, null, false, false);
	}

}
