package dev.switchboard.gateway.autoconfigure;

import dev.switchboard.gateway.front.ErrorWriter;
import dev.switchboard.gateway.front.OpenCalls;
import dev.switchboard.gateway.front.RequestIds;
import dev.switchboard.gateway.wire.GatewayError;

import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Counts the requests past the routes among the calls that are let end before the
 * application stops.
 */
final class CountedPassthrough implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	private final OpenCalls openCalls;

	private final ErrorWriter errors;

	CountedPassthrough(OpenCalls openCalls, ErrorWriter errors) {
		this.openCalls = openCalls;
		this.errors = errors;
	}

	@Override
	public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
		if (!this.openCalls.enter()) {
			GatewayError error = OpenCalls.stopping(RequestIds.random());
			return ServerResponse.status(error.status()).header("Connection", "close").build((servlet, response) -> {
				this.errors.write(servlet, response, error);
				return null;
			});
		}
		// The answer is written after this has returned.
		RequestAttributes attributes = RequestContextHolder.currentRequestAttributes();
		attributes.registerDestructionCallback(CountedPassthrough.class.getName(), this.openCalls::leave,
				RequestAttributes.SCOPE_REQUEST);
		return next.handle(request);
	}

}
