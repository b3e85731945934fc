package dev.switchboard.gateway.wire.anthropic;

import java.util.List;
import java.util.StringJoiner;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.MediaParts;
import dev.switchboard.gateway.wire.RefusedRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.content.Media;

/**
 * Reads the content blocks that stand in messages and in the results of tools alike.
 */
final class ContentBlocks {

	private static final String PARAGRAPH = "\n\n";

	private ContentBlocks() {
	}

	/**
	 * The blocks of a content.
	 * @param parent what has it
	 * @param name its name
	 * @return the blocks; {@code null} if it is a string or missing
	 */
	static @Nullable List<Fields> of(Fields parent, String name) {
		JsonNode content = parent.node(name);
		if (content == null || content.isString()) {
			return null;
		}
		if (!content.isArray()) {
			throw RefusedRequestException.invalid(parent.path(name),
					"'" + parent.path(name) + "' must be a string or an array of content blocks");
		}
		return parent.objects(name);
	}

	/** Reads a block that may stand anywhere. */
	static void read(Fields block, ContentSink sink) {
		String type = block.requiredText("type");
		switch (type) {
			case "text" -> sink.text(block.requiredText("text"));
			case "image" -> sink.media(image(block));
			case "document" -> document(block, sink);
			case "search_result" -> sink.text(searchResult(block));
			default -> throw unknown(block);
		}
	}

	static RefusedRequestException unknown(Fields block) {
		return RefusedRequestException.unsupported(block.path("type"), "'" + block.path("type")
				+ "' names a content that can't be translated for the targets of this route; leave it out");
	}

	/** A text, or blocks of nothing but text. */
	static String text(Fields parent, String name) {
		List<Fields> blocks = of(parent, name);
		if (blocks == null) {
			return parent.requiredText(name);
		}
		StringJoiner text = new StringJoiner(PARAGRAPH);
		blocks.forEach((block) -> text.add(textOf(block)));
		return text.toString();
	}

	static String textOf(Fields block) {
		if (!"text".equals(block.requiredText("type"))) {
			throw unknown(block);
		}
		return block.requiredText("text");
	}

	private static Media image(Fields block) {
		Fields source = source(block);
		return switch (source.requiredText("type")) {
			case "base64" -> base64(source);
			// Nobody looks at the type of a picture that is only pointed at.
			case "url" -> MediaParts.ofUrl(source.requiredText("url"), "image/jpeg", source.path("url"));
			default -> throw unknownSource(source);
		};
	}

	private static void document(Fields block, ContentSink sink) {
		Fields source = source(block);
		StringJoiner head = new StringJoiner("\n");
		addIfThere(head, block.text("title"));
		addIfThere(head, block.text("context"));
		switch (source.requiredText("type")) {
			case "base64" -> {
				textIfAny(head.toString(), sink);
				sink.media(base64(source));
			}
			case "url" -> {
				textIfAny(head.toString(), sink);
				sink.media(MediaParts.ofUrl(source.requiredText("url"), "application/pdf", source.path("url")));
			}
			case "text" -> sink.text(titled(head, source.requiredText("data")));
			case "content" -> {
				textIfAny(head.toString(), sink);
				contentOf(source, sink);
			}
			default -> throw unknownSource(source);
		}
	}

	private static void contentOf(Fields source, ContentSink sink) {
		List<Fields> blocks = of(source, "content");
		if (blocks == null) {
			sink.text(source.requiredText("content"));
			return;
		}
		for (Fields inner : blocks) {
			switch (inner.requiredText("type")) {
				case "text" -> sink.text(inner.requiredText("text"));
				case "image" -> sink.media(image(inner));
				default -> throw unknown(inner);
			}
		}
	}

	private static String searchResult(Fields block) {
		StringJoiner head = new StringJoiner("\n");
		addIfThere(head, block.text("title"));
		addIfThere(head, block.text("source"));
		return titled(head, text(block, "content"));
	}

	private static String titled(StringJoiner head, String text) {
		return (head.length() == 0) ? text : head + PARAGRAPH + text;
	}

	private static void addIfThere(StringJoiner lines, @Nullable String line) {
		if (line != null && !line.isBlank()) {
			lines.add(line);
		}
	}

	private static void textIfAny(String text, ContentSink sink) {
		if (!text.isEmpty()) {
			sink.text(text);
		}
	}

	private static Media base64(Fields source) {
		return MediaParts.ofBase64(source.requiredText("data"), source.requiredText("media_type"), source.path("data"));
	}

	private static Fields source(Fields block) {
		Fields source = block.object("source");
		if (source == null) {
			throw RefusedRequestException.invalid(block.path("source"), "'" + block.path("source") + "' is required");
		}
		return source;
	}

	/** Files above all: they lie at Anthropic, and nobody else can open them. */
	private static RefusedRequestException unknownSource(Fields source) {
		return RefusedRequestException.unsupported(source.path("type"),
				"'" + source.path("type") + "' names a source that the targets of this route can't read; "
						+ "send the content itself, in base64");
	}

}
