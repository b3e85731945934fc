package dev.switchboard.gateway.front;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Hears from the container that a connection broke under a write.
 */
record BrokenConnection(Runnable onBreak) implements AsyncListener {

	@Override
	public void onError(AsyncEvent event) {
		this.onBreak.run();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		// The deadline of the route ends answers.
	}

	@Override
	public void onComplete(AsyncEvent event) {
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

}
