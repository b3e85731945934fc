package dev.switchboard.change;

/**
 * Tells all nodes that something was changed at run time, so that they look at it again.
 * It says what, never how: what counts is where it is kept. A word may get lost, such as
 * while its carrier is away; whoever listens also looks by himself now and then.
 */
public interface ChangeFeed {

	/**
	 * Tells all other nodes, and returns without waiting for them. Does not fail.
	 * @param topic what was changed
	 */
	void announce(Topic topic);

	/**
	 * Asks to be told when another node has changed something.
	 * @param topic what is of interest
	 * @param listener called on a thread of the feed's own, and to be quick about it;
	 * also called when words may have been lost
	 * @return ends it
	 */
	Registration listen(Topic topic, Runnable listener);

	/** What may be changed at run time. */
	enum Topic {

		/** Keys and teams of the gateway. */
		KEYS,

		/** Routes, budgets and limits that are set at run time. */
		SETTINGS

	}

	/** Somebody who listens. */
	@FunctionalInterface
	interface Registration extends AutoCloseable {

		@Override
		void close();

	}

	/** A feed of one node, which has nobody to tell. */
	ChangeFeed NONE = new ChangeFeed() {

		@Override
		public void announce(Topic topic) {
			// There is no other node.
		}

		@Override
		public Registration listen(Topic topic, Runnable listener) {
			return () -> {
			};
		}

	};

}
