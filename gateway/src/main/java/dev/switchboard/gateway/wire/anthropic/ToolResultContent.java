package dev.switchboard.gateway.wire.anthropic;

import java.util.ArrayList;
import java.util.List;

import dev.switchboard.gateway.wire.Fields;

import org.springframework.ai.content.Media;

/**
 * What a tool returned.
 *
 * @param tool the tool's name
 * @param text its text; says so if the call failed, as other wires have no field for that
 * @param media what is no text, which other wires take from the user only
 */
record ToolResultContent(String tool, String text, List<Media> media) {

	private static final String FAILED = "Error: ";

	ToolResultContent {
		media = List.copyOf(media);
	}

	static ToolResultContent read(Fields block, String tool) {
		Collector collector = new Collector();
		List<Fields> blocks = ContentBlocks.of(block, "content");
		if (blocks != null) {
			blocks.forEach((inner) -> read(inner, collector));
		}
		else if (block.node("content") != null) {
			collector.text(block.requiredText("content"));
		}
		String text = String.join("\n", collector.texts);
		if (text.isEmpty() && !collector.media.isEmpty()) {
			text = "What it returned follows in the next message.";
		}
		if (Boolean.TRUE.equals(block.bool("is_error"))) {
			text = FAILED + text;
		}
		return new ToolResultContent(tool, text, collector.media);
	}

	private static void read(Fields block, ContentSink sink) {
		// What a search for tools found; the model is told of all tools anyway.
		if ("tool_reference".equals(block.requiredText("type"))) {
			sink.text("Found tool '" + block.requiredText("tool_name") + "'.");
		}
		else {
			ContentBlocks.read(block, sink);
		}
	}

	private static final class Collector implements ContentSink {

		private final List<String> texts = new ArrayList<>();

		private final List<Media> media = new ArrayList<>();

		@Override
		public void text(String text) {
			this.texts.add(text);
		}

		@Override
		public void media(Media media) {
			this.media.add(media);
		}

	}

}
