package dev.switchboard.gateway.wire.openai;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads contents that are a text, or parts of nothing but text.
 */
public final class TextContent {

	private TextContent() {
	}

	/**
	 * The text of a field.
	 * @param message what has the field
	 * @param field its name
	 * @return the text, parts as paragraphs; {@code null} if there is no such field
	 */
	public static @Nullable String read(Fields message, String field) {
		if (!isParts(message, field)) {
			return message.text(field);
		}
		String text = "";
		for (Fields part : message.objects(field)) {
			text = join(text, part(part));
		}
		return text;
	}

	/**
	 * The text of a field that must be there.
	 * @param message what has the field
	 * @param field its name
	 * @return the text, parts as paragraphs
	 */
	public static String required(Fields message, String field) {
		String text = read(message, field);
		if (text == null) {
			throw RefusedRequestException.invalid(message.path(field), "'" + message.path(field) + "' is required");
		}
		return text;
	}

	/**
	 * Whether a content is parts rather than a text.
	 * @param message what has the field
	 * @param field its name
	 * @return whether it is
	 */
	public static boolean isParts(Fields message, String field) {
		JsonNode content = message.node(field);
		if (content != null && !content.isArray() && !content.isString()) {
			throw RefusedRequestException.invalid(message.path(field),
					"'" + message.path(field) + "' must be a string or an array of content parts");
		}
		return content != null && content.isArray();
	}

	/**
	 * Whether a part is a text.
	 * @param part the part
	 * @return whether it has a field {@code text}
	 */
	public static boolean isText(Fields part) {
		return switch (part.requiredText("type")) {
			case "text", "input_text", "output_text", "summary_text" -> true;
			default -> false;
		};
	}

	private static String part(Fields part) {
		if (isText(part)) {
			return part.requiredText("text");
		}
		if (part.requiredText("type").equals("refusal")) {
			return part.requiredText("refusal");
		}
		throw unknown(part);
	}

	static RefusedRequestException unknown(Fields part) {
		return RefusedRequestException.unsupported(part.path("type"), "'" + part.path("type")
				+ "' names a content that can't be translated here for the targets of this route; leave it out");
	}

	/**
	 * Two texts as paragraphs of one.
	 * @param first the first; {@code null} or empty for none
	 * @param second the second; {@code null} or empty for none
	 * @return both, or the one that there is
	 */
	public static String join(@Nullable String first, @Nullable String second) {
		if (first == null || first.isEmpty()) {
			return (second != null) ? second : "";
		}
		return (second == null || second.isEmpty()) ? first : first + "\n\n" + second;
	}

}
