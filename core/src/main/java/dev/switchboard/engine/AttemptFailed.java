package dev.switchboard.engine;

import dev.switchboard.policy.Failure;

/**
 * Carries a failed attempt through a reactive chain; never leaves the engine.
 */
final class AttemptFailed extends RuntimeException {

	private final transient Step.Send send;

	private final transient Failure failure;

	AttemptFailed(Step.Send send, Failure failure) {
		super(failure.toString(), null, false, false);
		this.send = send;
		this.failure = failure;
	}

	Step.Send send() {
		return this.send;
	}

	Failure failure() {
		return this.failure;
	}

}
