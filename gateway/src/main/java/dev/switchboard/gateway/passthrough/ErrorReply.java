package dev.switchboard.gateway.passthrough;

import java.io.IOException;

import dev.switchboard.gateway.front.ErrorWriter;
import dev.switchboard.gateway.wire.GatewayError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.ModelAndView;

/**
 * An error of ours.
 */
final class ErrorReply extends Reply {

	private final GatewayError error;

	private final ErrorWriter writer;

	ErrorReply(GatewayError error, ErrorWriter writer, HttpHeaders headers) {
		super(error.status(), headers);
		this.error = error;
		this.writer = writer;
	}

	@Override
	public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
			throws IOException {
		writeTo(request, response);
		return null;
	}

	void writeTo(HttpServletRequest request, HttpServletResponse response) throws IOException {
		writeHeaders(response);
		this.writer.write(request, response, this.error);
	}

}
