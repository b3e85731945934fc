package dev.switchboard.gateway.passthrough;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import dev.switchboard.call.BudgetExceededException;
import dev.switchboard.call.BudgetUnavailableException;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.RateLimitExceededException;
import dev.switchboard.cost.ModelId;
import dev.switchboard.engine.MeteredCall;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.front.BudgetErrors;
import dev.switchboard.gateway.front.LimitErrors;
import dev.switchboard.gateway.front.LimitHeaders;
import dev.switchboard.gateway.front.OpenCalls;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.provider.MissingWireLibraryException;
import dev.switchboard.provider.ProviderEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Lets a caller through to a provider's own API, or tells him why not. Runs on the thread
 * that serves him, from the beginning to the end of the answer.
 */
final class PassthroughHandler implements HandlerFunction<ServerResponse> {

	private final PassthroughParts parts;

	PassthroughHandler(PassthroughParts parts) {
		this.parts = parts;
	}

	@Override
	public ServerResponse handle(ServerRequest request) {
		HttpServletRequest servlet = request.servletRequest();
		try {
			PassthroughPath path = PassthroughPath.of(servlet);
			CallerAccess access = this.parts.access().apply(servlet);
			ProviderEndpoint endpoint = endpoint(path, access);
			Outgoing outgoing = Outgoing.of(request, path, endpoint, this.parts.limits().maxRequestBytes());
			return exchange(outgoing, servlet, this.parts.contexts().apply(servlet, access.caller())).send();
		}
		catch (RefusedRequestException ex) {
			return error(ex.toError(newId()));
		}
		catch (BudgetExceededException ex) {
			return error(BudgetErrors.of(ex, ex.record().time()));
		}
		catch (BudgetUnavailableException ex) {
			return error(BudgetErrors.of(ex));
		}
		catch (RateLimitExceededException ex) {
			return error(LimitErrors.of(ex, ex.record().time()), LimitHeaders.of(ex.record().limits()));
		}
		catch (MissingWireLibraryException ex) {
			return error(new GatewayError(501, "provider_unavailable", String.valueOf(ex.getMessage()), null, null,
					newId()));
		}
		catch (ClosedException ex) {
			return error(OpenCalls.stopping(newId()));
		}
	}

	private ProviderEndpoint endpoint(PassthroughPath path, CallerAccess access) {
		String name = path.provider();
		// First of all, so that nobody learns which providers there are.
		if (!access.mayPassThrough(name)) {
			throw new RefusedRequestException(403, "model_not_allowed",
					"This key does not allow requests to the API of provider '" + name + "'", null);
		}
		ProviderEndpoint endpoint = find(name);
		if (endpoint == null) {
			throw new RefusedRequestException(404, "unknown_provider",
					this.parts.clients().isConfigured(name)
							? "Provider '" + name
									+ "' is a model of the application and has no API to pass a request to"
							: "There is no provider '" + name + "'",
					null);
		}
		return endpoint;
	}

	private @Nullable ProviderEndpoint find(String name) {
		try {
			return this.parts.clients().endpoint(name);
		}
		catch (MissingWireLibraryException ex) {
			throw ex;
		}
		catch (IllegalStateException ex) {
			throw new ClosedException();
		}
	}

	private Exchange exchange(Outgoing outgoing, HttpServletRequest servlet, CallContext context) {
		Asked asked = outgoing.asked();
		ModelId target = new ModelId(outgoing.endpoint().settings().name(), asked.model());
		// Only what is posted is billed; what is read was paid for when it was made.
		MeteredCall call = servlet.getMethod().equals("POST")
				? this.parts.engine().meter(target, context, asked.streamed(), asked.inputTokens())
				: this.parts.engine().meterFree(target, context);
		Exchange exchange = new Exchange(outgoing, call, this.parts, servlet);
		RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
		if (attributes != null) {
			// Whatever a filter makes of the answer, and whatever is thrown.
			attributes.registerDestructionCallback(Exchange.class.getName(), exchange::close,
					RequestAttributes.SCOPE_REQUEST);
		}
		return exchange;
	}

	private ServerResponse error(GatewayError error) {
		return error(error, Map.of());
	}

	private ServerResponse error(GatewayError error, Map<String, String> more) {
		HttpHeaders headers = new HttpHeaders();
		headers.add("X-Switchboard-Call", error.requestId());
		more.forEach(headers::add);
		return new ErrorReply(error, this.parts.errors(), headers);
	}

	private static String newId() {
		return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
	}

	/** The providers' clients are closed already. */
	private static final class ClosedException extends RuntimeException {

		private static final long serialVersionUID = 1;

		ClosedException() {
			super(null, null, false, false);
		}

	}

}
