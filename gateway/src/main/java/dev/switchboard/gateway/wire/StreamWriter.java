package dev.switchboard.gateway.wire;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Writes one streamed answer as server-sent events. Used by one thread at a time; each
 * method returns the bytes to send next, which may be none. After {@link #end} or
 * {@link #error} nothing more is written.
 */
public interface StreamWriter {

	/**
	 * Writes a chunk that does not end the answer. The first one is preceded by whatever
	 * opens a stream on this wire.
	 * @param chunk the chunk, normalised
	 * @return the events
	 */
	byte[] chunk(ChatResponse chunk);

	/**
	 * Writes the last chunk, which may carry content too, then the finish reason, the
	 * usage and the end marker.
	 * @param last the last chunk, with the finish reason, the usage of the whole answer
	 * and the call's record in its metadata
	 * @return the events
	 */
	byte[] end(ChatResponse last);

	/**
	 * Ends a stream, of which the caller has the beginning, in an error.
	 * @param error what went wrong
	 * @return the events; no end marker that would make it look complete
	 */
	byte[] error(GatewayError error);

	/**
	 * Takes note of events that went to the caller as the provider sent them, so that
	 * what is written afterwards goes on from there: numbers of blocks, identifiers, what
	 * has been opened.
	 * @param events the bytes of whole events
	 */
	void relayed(byte[] events);

}
