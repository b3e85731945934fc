package dev.switchboard.benchmarks.load;

import java.util.Locale;

/**
 * What is measured. Each of them is sent what an OpenAI client sends.
 */
enum Contender {

	/** The stand-in itself. */
	DIRECT("no gateway", "/v1/chat/completions", "bench"),

	/** Forwards bytes, and knows nothing of keys, models or records. */
	NGINX("nginx", "/v1/chat/completions", "bench"),

	/**
	 * Stock {@code http()} of Spring Cloud Gateway Server WebMVC; no keys, no records.
	 */
	SPRING_CLOUD_GATEWAY("Spring Cloud Gateway", "/v1/chat/completions", "bench"),

	/** The provider's own interface, with keys checked and calls recorded. */
	PASSTHROUGH("Switchboard passthrough", "/passthrough/openai/v1/chat/completions", "bench"),

	/** A route whose target speaks the caller's wire. */
	RELAY("Switchboard relay", "/v1/chat/completions", "bench"),

	/** The same, with each call kept in a database in memory. */
	LEDGER("Switchboard relay, ledger", "/v1/chat/completions", "bench"),

	/** A route whose target speaks Anthropic's wire. */
	TRANSLATION("Switchboard translation", "/v1/chat/completions", "translated");

	private final String label;

	private final String path;

	private final String model;

	Contender(String label, String path, String model) {
		this.label = label;
		this.path = path;
		this.model = model;
	}

	String label() {
		return this.label;
	}

	/** The name by which it is chosen on the command line. */
	String option() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	Exchange exchange(boolean streamed, int bodyBytes) {
		return new Exchange(this.path, this.model, streamed, bodyBytes, null);
	}

	/** Streams that take their time. */
	Exchange slowExchange() {
		return new Exchange(this.path, SwitchboardGateway.SLOW_ROUTE, true, 1024, null);
	}

}
