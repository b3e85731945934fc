package dev.switchboard.call;

/**
 * Whether a caller still waits for his answer. Whoever does something on his behalf that
 * takes a while says how to end it; when the caller leaves, that is done, once, by the
 * thread that noticed. Safe for use by several threads.
 */
public final class CallerPresence {

	private static final Runnable NOTHING = () -> {
	};

	private Runnable ending = NOTHING;

	private boolean left;

	/**
	 * Says how to end what begins now, in place of what was said before. If the caller
	 * has left already, it is ended at once.
	 * @param endIt ends it; must not block
	 * @return what was said before, to be said again afterwards
	 */
	public Runnable during(Runnable endIt) {
		Runnable before;
		synchronized (this) {
			before = this.ending;
			if (!this.left) {
				this.ending = endIt;
				return before;
			}
		}
		endIt.run();
		return before;
	}

	/**
	 * What was under way is over.
	 * @param before what was said before it began
	 */
	public synchronized void afterwards(Runnable before) {
		this.ending = before;
	}

	/** The caller has left. */
	public void leave() {
		Runnable endIt;
		synchronized (this) {
			if (this.left) {
				return;
			}
			this.left = true;
			endIt = this.ending;
		}
		endIt.run();
	}

	/**
	 * Whether the caller has left.
	 * @return whether he has
	 */
	public synchronized boolean hasLeft() {
		return this.left;
	}

}
