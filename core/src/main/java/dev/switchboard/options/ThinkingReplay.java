package dev.switchboard.options;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;

/**
 * Gives an Anthropic model back what it thought and said before it asked for tools.
 * <p>
 * Anthropic wants the thinking blocks of a tool loop back unchanged. Spring AI 2.0.0
 * leaves them out of the request, together with the text that stood before the tool
 * calls, and 2.0.1 puts them behind that text. They travel in a header of the request
 * instead, and whoever sends it takes the header off and puts the blocks into the body:
 * <pre>
 * String header = request.header(ThinkingReplay.HEADER);
 * if (header != null) body = ThinkingReplay.restore(body, header);
 * </pre> A model whose requests are sent that way says so by implementing
 * {@link Capable}; no other gets the header.
 */
public final class ThinkingReplay {

	/** The header that never leaves the process. */
	public static final String HEADER = "X-Switchboard-Thinking";

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private ThinkingReplay() {
	}

	/**
	 * Puts blocks back into a request.
	 * @param body the request's body as the vendor's library wrote it
	 * @param header the header's value
	 * @return the body to send; the same if the header says nothing about it
	 * @throws IllegalArgumentException if either is not what it should be
	 */
	public static byte[] restore(byte[] body, String header) {
		try {
			JsonNode replay = MAPPER.readTree(Base64.getDecoder().decode(header));
			JsonNode request = MAPPER.readTree(body);
			boolean changed = false;
			for (JsonNode message : request.path("messages")) {
				if (message.path("content") instanceof ArrayNode content) {
					changed |= restore(content, replay.path(firstToolUse(content)));
					changed |= putThinkingFirst(content);
				}
			}
			return changed ? MAPPER.writeValueAsBytes(request) : body;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("A request with a thinking header must be JSON", ex);
		}
	}

	private static boolean restore(ArrayNode content, JsonNode blocks) {
		Set<String> there = new HashSet<>();
		content.forEach((block) -> there.add(typeOf(block)));
		int position = 0;
		for (JsonNode block : blocks) {
			if (!there.contains(typeOf(block))) {
				content.insert(position++, block);
			}
		}
		return position > 0;
	}

	/** Spring AI 2.0.1 puts it behind the text, where Anthropic does not take it. */
	private static boolean putThinkingFirst(ArrayNode content) {
		boolean changed = false;
		int thinking = 0;
		for (int i = 0; i < content.size(); i++) {
			if (typeOf(content.get(i)).endsWith("thinking")) {
				if (i > thinking) {
					content.insert(thinking, content.remove(i));
					changed = true;
				}
				thinking++;
			}
		}
		return changed;
	}

	private static String typeOf(JsonNode block) {
		return block.path("type").asString("");
	}

	private static String firstToolUse(ArrayNode content) {
		for (JsonNode block : content) {
			if (typeOf(block).equals("tool_use")) {
				return block.path("id").asString("");
			}
		}
		return "";
	}

	/**
	 * What has to be put back for a conversation, by the id of the first tool call of a
	 * message.
	 * @param messages the conversation, as it is about to be sent
	 * @return the header's value; {@code null} if there is nothing
	 */
	static @Nullable String headerFor(List<Message> messages) {
		ObjectNode replay = null;
		for (Message message : messages) {
			if (message instanceof AssistantMessage asking && asking.hasToolCalls()) {
				ArrayNode blocks = blocksOf(asking);
				if (!blocks.isEmpty()) {
					replay = (replay != null) ? replay : MAPPER.createObjectNode();
					replay.set(asking.getToolCalls().get(0).id(), blocks);
				}
			}
		}
		return (replay != null) ? Base64.getEncoder().encodeToString(replay.toString().getBytes(StandardCharsets.UTF_8))
				: null;
	}

	private static ArrayNode blocksOf(AssistantMessage asking) {
		ArrayNode blocks = MAPPER.createArrayNode();
		ThinkingBlocks.of(asking).forEach(blocks::add);
		String text = asking.getText();
		if (text != null && !text.isBlank()) {
			blocks.addObject().put("type", "text").put("text", text);
		}
		return blocks;
	}

	/**
	 * A model whose requests are sent by someone who minds {@link ThinkingReplay#HEADER}.
	 */
	public interface Capable {

	}

}
