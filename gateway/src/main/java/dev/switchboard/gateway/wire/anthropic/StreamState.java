package dev.switchboard.gateway.wire.anthropic;

import org.jspecify.annotations.Nullable;

/**
 * How far a stream has come, whoever wrote what there is of it.
 */
final class StreamState {

	/** Whether {@code message_start} is out. */
	private boolean started;

	/** Whether {@code message_delta} is out, with the stop reason. */
	private boolean concluded;

	/** Whether nothing more may follow. */
	private boolean ended;

	/** The type of the block that is open; {@code null} if none is. */
	private @Nullable String open;

	/** The index of the block that is open, or of the last one that was. */
	private int index = -1;

	private boolean toolUse;

	void start() {
		this.started = true;
	}

	void conclude() {
		this.concluded = true;
	}

	void end() {
		this.ended = true;
	}

	void open(String type, int index) {
		this.started = true;
		this.open = type;
		this.index = index;
		this.toolUse |= "tool_use".equals(type);
	}

	void close() {
		this.open = null;
	}

	boolean isStarted() {
		return this.started;
	}

	boolean isConcluded() {
		return this.concluded;
	}

	boolean isEnded() {
		return this.ended;
	}

	boolean isOpen() {
		return this.open != null;
	}

	boolean isOpen(String type) {
		return type.equals(this.open);
	}

	/** The index of the block that is open, or of the last one that was. */
	int index() {
		return this.index;
	}

	/** Whether a tool was called. */
	boolean hasToolUse() {
		return this.toolUse;
	}

}
