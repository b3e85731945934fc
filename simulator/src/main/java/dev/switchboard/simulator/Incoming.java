package dev.switchboard.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An HTTP request as it came.
 */
record Incoming(long number, Instant time, String method, String uri, Map<String, List<String>> headers, byte[] body) {

	/** The path without the query. */
	String path() {
		int query = this.uri.indexOf('?');
		String path = (query < 0) ? this.uri : this.uri.substring(0, query);
		return path.startsWith("/") ? path : "/" + path;
	}

	/** The first value of a header, whose name is in lower case; or an empty string. */
	String header(String name) {
		List<String> values = this.headers.get(name);
		return (values == null) ? "" : values.get(0);
	}

}
