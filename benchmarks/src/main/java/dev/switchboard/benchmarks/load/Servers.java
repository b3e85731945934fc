package dev.switchboard.benchmarks.load;

import java.util.HashMap;
import java.util.Map;

/**
 * What the applications have in common.
 */
final class Servers {

	private Servers() {
	}

	/**
	 * The properties of an application.
	 * @param port where it listens
	 * @param own those that only it has
	 * @return all of them
	 */
	static Map<String, Object> properties(String port, Map<String, String> own) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("server.address", "127.0.0.1");
		properties.put("server.port", port);
		properties.put("spring.main.banner-mode", "off");
		properties.put("spring.threads.virtual.enabled", "true");
		// Clients of a gateway keep their connections; Tomcat would close each after 100
		// requests.
		properties.put("server.tomcat.max-keep-alive-requests", "-1");
		// Where there are no virtual threads, enough others for the most connections.
		properties.put("server.tomcat.threads.max", "400");
		properties.putAll(own);
		return properties;
	}

}
