package dev.switchboard.gateway.sdk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.SimulatedProvider;
import tools.jackson.databind.JsonNode;

/**
 * What the only target of a route speaks. The route is named for it.
 */
enum TargetWire {

	OPENAI("openai/gpt-5.4-mini", "url", "image_url"),

	ANTHROPIC("anthropic/claude-sonnet-4-6", "data"),

	GEMINI("google/gemini-2.5-flash", "data");

	/** Who may call. */
	static final String KEY = "sk-of-the-tests";

	private final String model;

	private final List<String> image;

	TargetWire(String model, String... image) {
		this.model = model;
		this.image = List.of(image);
	}

	/** A gateway with a route to each. */
	static RunningGateway start(String... properties) {
		List<String> all = new ArrayList<>(Arrays.asList(properties));
		all.add("switchboard.gateway.keys.tests.hash={noop}" + KEY);
		// A failure is told at once: that retries work is seen elsewhere.
		all.add("switchboard.policies.once.extends=standard");
		all.add("switchboard.policies.once.max-retries=0");
		for (TargetWire wire : values()) {
			all.add("switchboard.routes." + wire.route() + ".targets=" + wire.model);
			all.add("switchboard.routes." + wire.route() + ".policy=once");
		}
		return RunningGateway.start(all.toArray(String[]::new));
	}

	String route() {
		return name().toLowerCase(Locale.ROOT);
	}

	String model() {
		return this.model;
	}

	SimulatedProvider provider(RunningGateway gateway) {
		return gateway.provider(providerName());
	}

	String providerName() {
		return this.model.substring(0, this.model.indexOf('/'));
	}

	/** The only image in a request. */
	byte[] image(JsonNode request) {
		JsonNode found = this.image.stream()
			.map(request::findValue)
			.filter((value) -> value != null && value.isString())
			.findFirst()
			.orElseThrow();
		String data = found.asString();
		return Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1));
	}

	/** What becomes of the ids of tool calls: Gemini goes by order and name. */
	List<String> callIds(List<String> ids) {
		return (this == GEMINI) ? ids.stream().map((id) -> "").toList() : ids;
	}

	/** Whether a request asks the model to think and to show it, as far as it can. */
	boolean asksForThoughts(JsonNode request) {
		return switch (this) {
			case OPENAI ->
				request.path("reasoning_effort").asString(request.at("/reasoning/effort").asString("")).equals("low");
			case ANTHROPIC -> request.has("thinking") && !request.path("thinking").has("disabled");
			case GEMINI -> request.at("/generationConfig/thinkingConfig/includeThoughts").asBoolean(false);
		};
	}

	@Override
	public String toString() {
		return route();
	}

}
