package dev.switchboard.simulator.wire;

import java.time.Duration;
import java.util.Map;

/**
 * One thing that a simulated provider does on its connection. A reply is a sequence of
 * steps; faults rewrite the sequence.
 */
public sealed interface Step {

	/**
	 * Does this step.
	 * @param player who can do it
	 */
	void play(Player player);

	/**
	 * Sends status and headers.
	 *
	 * @param status the status
	 * @param headers the headers
	 * @param length the length of the body; -1 when it comes in chunks
	 */
	record Head(int status, Map<String, String> headers, long length) implements Step {

		public Head {
			headers = Map.copyOf(headers);
		}

		@Override
		public void play(Player player) {
			player.head(this);
		}

	}

	/**
	 * Sends a piece of the body.
	 *
	 * @param part what the piece is
	 * @param bytes the piece; not copied
	 */
	record Send(Part part, byte[] bytes) implements Step {

		@Override
		public void play(Player player) {
			player.send(this);
		}

	}

	/**
	 * Waits.
	 *
	 * @param duration how long
	 */
	record Pause(Duration duration) implements Step {

		@Override
		public void play(Player player) {
			player.pause(this.duration);
		}

	}

	/**
	 * Says nothing more and keeps the connection open.
	 */
	record Hang() implements Step {

		@Override
		public void play(Player player) {
			player.hang();
		}

	}

	/**
	 * Breaks the connection with a TCP reset.
	 */
	record Reset() implements Step {

		@Override
		public void play(Player player) {
			player.reset();
		}

	}

	/**
	 * Ends the body as HTTP wants it ended.
	 */
	record Finish() implements Step {

		@Override
		public void play(Player player) {
			player.finish();
		}

	}

	/**
	 * What a piece of a body is.
	 */
	enum Part {

		/** The whole body at once. */
		WHOLE,

		/** What stands around the content of a stream. */
		FRAME,

		/** Content: one chunk, which is one token unless the answer says otherwise. */
		TOKEN,

		/** The mark at the end of a complete stream. */
		END_MARKER

	}

	/**
	 * Who does the steps.
	 */
	interface Player {

		/**
		 * Sends status and headers.
		 * @param head the head
		 */
		void head(Head head);

		/**
		 * Sends a piece of the body.
		 * @param send the piece
		 */
		void send(Send send);

		/**
		 * Waits.
		 * @param duration how long
		 */
		void pause(Duration duration);

		/**
		 * Keeps silent for good.
		 */
		void hang();

		/**
		 * Breaks the connection.
		 */
		void reset();

		/**
		 * Ends the body.
		 */
		void finish();

	}

}
