package dev.switchboard.gateway.passthrough;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which header fields concern one connection only, and are never passed on.
 */
final class HttpFields {

	/** RFC 9110, section 7.6.1, and what is in use beside it. */
	private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-connection",
			"proxy-authenticate", "proxy-authorization", "proxy-authentication-info", "te", "trailer",
			"transfer-encoding", "upgrade", "http2-settings");

	private HttpFields() {
	}

	static boolean isHopByHop(String name) {
		return HOP_BY_HOP.contains(name);
	}

	/**
	 * The fields that a connection's own field names as concerning it alone.
	 * @param connection the values of {@code Connection}
	 * @return their names in lower case
	 */
	static Set<String> named(Collection<String> connection) {
		Set<String> names = new TreeSet<>();
		for (String value : connection) {
			for (String name : value.split(",")) {
				names.add(name.strip().toLowerCase(Locale.ROOT));
			}
		}
		return names;
	}

}
