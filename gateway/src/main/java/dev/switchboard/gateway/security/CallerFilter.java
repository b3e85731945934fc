package dev.switchboard.gateway.security;

import java.io.IOException;
import java.util.function.Function;

import dev.switchboard.gateway.wire.GatewayError;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * The one gate of the gateway: finds out who calls, and lets nobody pass who is not
 * known. It does what a chain of Spring Security's own filters would do for a stateless
 * API, in one step; {@code FilterChainProxy} clears the context behind it.
 */
final class CallerFilter implements Filter {

	private static final Logger log = LoggerFactory.getLogger(CallerFilter.class);

	private final CallerSource callers;

	private final ErrorWriter errors;

	private final Function<HttpServletRequest, String> requestIds;

	private final SecurityContextHolderStrategy contexts;

	CallerFilter(CallerSource callers, ErrorWriter errors, Function<HttpServletRequest, String> requestIds,
			SecurityContextHolderStrategy contexts) {
		this.callers = callers;
		this.errors = errors;
		this.requestIds = requestIds;
		this.contexts = contexts;
	}

	@Override
	public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest request = (HttpServletRequest) servletRequest;
		HttpServletResponse response = (HttpServletResponse) servletResponse;
		if (isError(request)) {
			tellError(request, response);
			return;
		}
		// A later dispatch of a request, such as the end of an asynchronous one, is of
		// the caller whom the first one knew.
		CallerAuthentication caller = CallerAuthentication.find(request);
		if (caller == null) {
			Identification identification = this.callers.identify(request);
			if (identification instanceof Identification.Refused refused) {
				refuse(request, response, refused);
				return;
			}
			caller = new CallerAuthentication(((Identification.Known) identification).access());
			if (AdminPaths.include(request) && !caller.access().admin()) {
				refuse(request, response, Identification.Refused.ADMINS_ONLY);
				return;
			}
			caller.rememberIn(request);
			response.setHeader("X-Content-Type-Options", "nosniff");
		}
		SecurityContext context = this.contexts.createEmptyContext();
		context.setAuthentication(caller);
		this.contexts.setContext(context);
		chain.doFilter(request, response);
	}

	private void tellError(HttpServletRequest request, HttpServletResponse response) {
		try {
			this.errors.write(request, response, ContainerErrors.of(request, this.requestIds.apply(request)));
		}
		catch (IOException ex) {
			log.debug("Who was to be told of an error has gone", ex);
		}
	}

	/**
	 * Where the head of an answer is sent already, such as to a caller who left in the
	 * middle of a stream, Tomcat does not forward to the page for errors, but includes
	 * it.
	 */
	private static boolean isError(HttpServletRequest request) {
		return request.getDispatcherType() == DispatcherType.ERROR
				|| request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) != null;
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response, Identification.Refused refused)
			throws IOException {
		if (refused.status() == HttpServletResponse.SC_UNAUTHORIZED) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		}
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		this.errors.write(request, response, new GatewayError(refused.status(), refused.code(), refused.message(), null,
				refused.retryAfter(), this.requestIds.apply(request)));
	}

}
