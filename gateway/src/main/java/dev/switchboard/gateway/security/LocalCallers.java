package dev.switchboard.gateway.security;

import java.util.List;
import java.util.Set;

import dev.switchboard.gateway.access.CallerAccess;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Callers on the same machine, who need no key while none is configured.
 * <p>
 * A loopback address alone proves little: a proxy or a tunnel on this machine has one
 * too, and so has a browser here that shows a page from elsewhere. Therefore no header of
 * a proxy may be there; the request must name this machine as its host, so that a foreign
 * name that was made to point here (DNS rebinding) gets nowhere; and it must not say that
 * it comes from a foreign page, which may send what it cannot read the answer of.
 */
final class LocalCallers implements CallerSource {

	private static final Identification LOCAL = new Identification.Known(CallerAccess.LOCAL);

	private static final List<String> FORWARDING = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host",
			"X-Forwarded-Proto", "X-Real-IP", "Via");

	// Set by Tomcat's valve for proxies, which takes the address from a header that it
	// then
	// removes. It trusts whole private networks, so anybody in one could claim to be
	// here.
	private static final String FORWARDED_BY_TOMCAT = "org.apache.tomcat.request.forwarded";

	private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

	private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

	@Override
	public Identification identify(HttpServletRequest request) {
		String problem = problem(received(request));
		return (problem == null) ? LOCAL : Identification.Refused.keyRequired("This gateway has no keys, so it answers "
				+ "only callers on its own machine, and " + problem + ". To let others in, add a key under "
				+ "'switchboard.gateway.keys' or at '/switchboard/admin/keys', or the identity provider whose tokens count under "
				+ "'spring.security.oauth2.resourceserver.jwt'");
	}

	private static @Nullable String problem(HttpServletRequest request) {
		if (!isLoopback(request.getRemoteAddr())) {
			return "this request comes from elsewhere";
		}
		if (request.getAttribute(FORWARDED_BY_TOMCAT) != null) {
			return "this application takes the addresses of callers from a proxy's headers "
					+ "('server.forward-headers-strategy'), so nobody is known to be there";
		}
		for (String header : FORWARDING) {
			if (request.getHeader(header) != null) {
				return "this request came through a proxy, as its header '" + header + "' tells";
			}
		}
		if (!namesThisMachine(request.getHeader("Host"))) {
			return "this request is for another host: call it as 'localhost' or '127.0.0.1'";
		}
		if (isSentByForeignPage(request)) {
			return "this request comes from a page of another site";
		}
		if (isChange(request) && isSentByAnotherPage(request)) {
			return "this request would change something and comes from a page of another origin";
		}
		return null;
	}

	private static boolean isChange(HttpServletRequest request) {
		return AdminPaths.include(request) && !READING.contains(request.getMethod());
	}

	// What another page of this machine shows may be anybody's, such as in a program with
	// a browser inside. A browser sends a POST without a body for it and asks nobody.
	private static boolean isSentByAnotherPage(HttpServletRequest request) {
		String origin = request.getHeader("Origin");
		String site = request.getHeader("Sec-Fetch-Site");
		boolean sameOrigin = origin == null || origin.equalsIgnoreCase("http://" + request.getHeader("Host"))
				|| origin.equalsIgnoreCase("https://" + request.getHeader("Host"));
		boolean sameSite = site == null || site.equalsIgnoreCase("same-origin") || site.equalsIgnoreCase("none");
		return !sameOrigin || !sameSite;
	}

	// Spring's filter for forwarded headers hides them and the real address by a wrapper.
	private static HttpServletRequest received(HttpServletRequest request) {
		HttpServletRequest received = request;
		while (received instanceof ServletRequestWrapper wrapper
				&& wrapper.getRequest() instanceof HttpServletRequest wrapped) {
			received = wrapped;
		}
		return received;
	}

	private static boolean isLoopback(@Nullable String address) {
		if (address == null) {
			return false;
		}
		int zone = address.indexOf('%');
		String bare = (zone < 0) ? address : address.substring(0, zone);
		return bare.startsWith("127.") || bare.equals("0:0:0:0:0:0:0:1") || bare.equals("::1");
	}

	private static boolean namesThisMachine(@Nullable String host) {
		if (host == null) {
			return false;
		}
		int port = host.lastIndexOf(':');
		String name = (port > host.lastIndexOf(']')) ? host.substring(0, port) : host;
		return HOSTS.stream().anyMatch(name::equalsIgnoreCase);
	}

	// A page of the web cannot choose what stands here. Programs with a browser inside
	// have
	// schemes of their own, which no page has.
	private static boolean isSentByForeignPage(HttpServletRequest request) {
		String origin = request.getHeader("Origin");
		if (origin == null) {
			return "cross-site".equalsIgnoreCase(request.getHeader("Sec-Fetch-Site"));
		}
		int scheme = origin.indexOf("://");
		if (scheme < 0) {
			return true;
		}
		return origin.regionMatches(true, 0, "http", 0, 4) && !namesThisMachine(origin.substring(scheme + 3));
	}

}
