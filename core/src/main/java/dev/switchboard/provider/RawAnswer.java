package dev.switchboard.provider;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A provider's answer, its body still to be read. Closing it before the end of the body
 * ends the request.
 */
public interface RawAnswer extends Closeable {

	/**
	 * The status.
	 * @return the HTTP status
	 */
	int status();

	/**
	 * The headers as they came.
	 * @return names and values, in order
	 */
	List<Map.Entry<String, String>> headers();

	/**
	 * One header.
	 * @param name its name, in any case
	 * @return its last value; {@code null} if there is none
	 */
	@Nullable String header(String name);

	/**
	 * The body. Reading blocks until there is some of it, and fails when the request was
	 * ended or the connection breaks before the body is whole.
	 * @return the bytes as they come
	 */
	InputStream body();

	/**
	 * Gives the connection back though the body may not have been read to its end: what
	 * it says is complete, and only the end itself is still to come. A provider that
	 * leaves it out, or goes on, is not waited for.
	 * @throws IOException if closing fails
	 */
	void finish() throws IOException;

	/**
	 * Ends the request if the body was not read to its end, and otherwise gives the
	 * connection back.
	 */
	@Override
	void close() throws IOException;

}
