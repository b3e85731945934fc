package dev.switchboard.gateway.wire.openai;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads contents that are a text, or parts of nothing but text.
 */
final class TextContent {

	private static final String CONTENT = "content";

	private TextContent() {
	}

	/** The text of a message; {@code null} if it has no content. */
	static @Nullable String read(Fields message) {
		if (!isParts(message)) {
			return message.text(CONTENT);
		}
		String text = "";
		for (Fields part : message.objects(CONTENT)) {
			text = join(text, part(part));
		}
		return text;
	}

	/** The text of a message that must have a content. */
	static String required(Fields message) {
		String text = read(message);
		if (text == null) {
			throw RefusedRequestException.invalid(message.path(CONTENT), "'" + message.path(CONTENT) + "' is required");
		}
		return text;
	}

	/** Whether a content is parts rather than a text. */
	static boolean isParts(Fields message) {
		JsonNode content = message.node(CONTENT);
		if (content != null && !content.isArray() && !content.isString()) {
			throw RefusedRequestException.invalid(message.path(CONTENT),
					"'" + message.path(CONTENT) + "' must be a string or an array of content parts");
		}
		return content != null && content.isArray();
	}

	private static String part(Fields part) {
		return switch (part.requiredText("type")) {
			case "text" -> part.requiredText("text");
			case "refusal" -> part.requiredText("refusal");
			default -> throw unknown(part);
		};
	}

	static RefusedRequestException unknown(Fields part) {
		return RefusedRequestException.unsupported(part.path("type"), "'" + part.path("type")
				+ "' names a content that can't be translated here for the targets of this route; leave it out");
	}

	/** Two texts as paragraphs of one. */
	static String join(@Nullable String first, @Nullable String second) {
		if (first == null || first.isEmpty()) {
			return (second != null) ? second : "";
		}
		return (second == null || second.isEmpty()) ? first : first + "\n\n" + second;
	}

}
