package dev.switchboard.gateway.passthrough;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Keeps an application's handlers of exceptions from ending a broken answer as if it were
 * whole. To be a bean.
 */
public final class BrokenAnswers implements HandlerExceptionResolver, Ordered {

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		if (ex instanceof BrokenAnswerException broken) {
			throw BrokenAnswers.<RuntimeException>unchecked(broken.forServer());
		}
		return null;
	}

	/**
	 * The servlet lets an exception of I/O through to the server as it is, but wraps any
	 * other.
	 */
	@SuppressWarnings("unchecked")
	private static <E extends Exception> E unchecked(Exception ex) throws E {
		throw (E) ex;
	}

}
