package dev.switchboard.gateway.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Set;

import dev.switchboard.store.ledger.CallFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Calls as a file, however many they are.
 */
final class CallExport implements AdminEndpoint {

	private final String contentType;

	private final Writer writer;

	private final InstantSource clock;

	CallExport(String contentType, Writer writer, InstantSource clock) {
		this.contentType = contentType;
		this.writer = writer;
		this.clock = clock;
	}

	@Override
	public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		CallFilter filter = Question.of(request, Set.of(), this.clock.instant());
		response.setContentType(this.contentType);
		response.setHeader("Content-Disposition", "attachment");
		this.writer.write(filter, response.getOutputStream());
	}

	/** Writes calls out. */
	@FunctionalInterface
	interface Writer {

		void write(CallFilter filter, OutputStream out) throws IOException;

	}

}
