package dev.switchboard.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.AssistantMessage;

/**
 * The thinking blocks of an answer that asks for tools. Anthropic wants them back,
 * unchanged, with the results; Spring AI 2.0.0 gives them out but does not take them in.
 */
final class ThinkingBlocks {

	/** The metadata with the blocks, a JSON array of Anthropic's own form. */
	static final String METADATA = "switchboard.thinking";

	/** Where Spring AI keeps them itself, since 2.0.1. */
	static final String OWN = "anthropicThinkingContents";

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final ArrayNode blocks = MAPPER.createArrayNode();

	private final StringBuilder open = new StringBuilder();

	/** Adds what a message of a whole answer says of a block. */
	void addWhole(AssistantMessage message) {
		String signature = Generations.signature(message);
		String redacted = Generations.redacted(message);
		if (signature != null) {
			add(message.getText(), signature);
		}
		else if (redacted != null) {
			add(redacted);
		}
	}

	/** Adds what a chunk says of a block; its signature is the end of it. */
	void addPiece(AssistantMessage message) {
		String signature = Generations.signature(message);
		String redacted = Generations.redacted(message);
		if (message.getText() != null) {
			this.open.append(message.getText());
		}
		if (signature != null) {
			add(this.open.toString(), signature);
			this.open.setLength(0);
		}
		else if (redacted != null) {
			add(redacted);
		}
	}

	private void add(@Nullable String thinking, String signature) {
		ObjectNode block = this.blocks.addObject();
		block.put("type", "thinking").put("thinking", (thinking != null) ? thinking : "").put("signature", signature);
	}

	private void add(String redacted) {
		this.blocks.addObject().put("type", "redacted_thinking").put("data", redacted);
	}

	boolean isEmpty() {
		return this.blocks.isEmpty();
	}

	void putInto(Map<String, Object> metadata) {
		if (!isEmpty() && !metadata.containsKey(OWN)) {
			metadata.put(METADATA, this.blocks.toString());
		}
	}

	/** The blocks that a message carries. */
	static List<JsonNode> of(AssistantMessage message) {
		if (!(message.getMetadata().get(METADATA) instanceof String json)) {
			return List.of();
		}
		try {
			List<JsonNode> blocks = new ArrayList<>();
			MAPPER.readTree(json).forEach(blocks::add);
			return blocks;
		}
		catch (JacksonException ex) {
			return List.of();
		}
	}

}
