package dev.switchboard.gateway.front;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import dev.switchboard.gateway.wire.responses.OpenAiResponsesWire;
import dev.switchboard.relay.RelayEndpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Takes out of a request the thoughts that a model of another provider had before: on
 * Anthropic's wire they come back without a signature, on OpenAI's by an identifier that
 * was made here, both of which the providers themselves refuse. Requests without such
 * thoughts stay as they are, byte by byte.
 */
final class UnsignedThoughts {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final Pattern UNSIGNED = Pattern.compile("\"signature\"\\s*:\\s*\"\"");

	private UnsignedThoughts() {
	}

	static byte[] without(byte[] body, RelayEndpoint endpoint) {
		return switch (endpoint) {
			case ANTHROPIC_MESSAGES -> withoutUnsigned(body);
			case OPENAI_RESPONSES -> withoutUnknown(body);
			default -> body;
		};
	}

	private static byte[] withoutUnknown(byte[] body) {
		if (!new String(body, StandardCharsets.ISO_8859_1).contains(OpenAiResponsesWire.REASONING_ID)) {
			return body;
		}
		JsonNode request = MAPPER.readTree(body);
		if (request.path("input") instanceof ArrayNode input) {
			for (int i = input.size() - 1; i >= 0; i--) {
				if (input.get(i).path("id").asString("").startsWith(OpenAiResponsesWire.REASONING_ID)) {
					input.remove(i);
				}
			}
		}
		return MAPPER.writeValueAsBytes(request);
	}

	private static byte[] withoutUnsigned(byte[] body) {
		if (!UNSIGNED.matcher(new String(body, StandardCharsets.ISO_8859_1)).find()) {
			return body;
		}
		JsonNode request = MAPPER.readTree(body);
		for (JsonNode message : request.path("messages")) {
			if (message.path("content") instanceof ArrayNode content) {
				for (int i = content.size() - 1; i >= 0; i--) {
					JsonNode block = content.get(i);
					if (block.path("type").asString("").equals("thinking")
							&& block.path("signature").asString("").isEmpty()) {
						content.remove(i);
					}
				}
			}
		}
		return MAPPER.writeValueAsBytes(request);
	}

}
