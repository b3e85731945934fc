package dev.switchboard.budget;

/**
 * What becomes of a streamed answer that turns out to cost more than its budget has left.
 */
public enum OnStream {

	/** It is passed on to its end. */
	FINISH,

	/** It is ended as if it had reached its greatest length. */
	CUT

}
