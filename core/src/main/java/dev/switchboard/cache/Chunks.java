package dev.switchboard.cache;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.CallRecord;
import dev.switchboard.options.Answers;
import dev.switchboard.relay.Relayed;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.EmptyRateLimit;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;

/**
 * A streamed answer made whole, and a whole answer made a stream.
 */
final class Chunks {

	// About as much as a model sends at a time when it is quick; of a long text more,
	// since
	// nobody waits for it to be thought of.
	private static final int PIECE = 48;

	private static final int PIECES = 256;

	/** The metadata of chunks before the last with the target that gave the answer. */
	static final String ANSWERED_BY = "switchboard.answered-by";

	private Chunks() {
	}

	/**
	 * Makes a streamed answer whole that has come to its end.
	 * @param chunks the chunks, in order
	 * @return the answer; {@code null} if nothing says that this was all of it
	 */
	static @Nullable ChatResponse whole(List<ChatResponse> chunks) {
		ChatResponse answer = join(chunks);
		return (answer != null && Answers.finishReason(answer) != null) ? answer : null;
	}

	/**
	 * Makes a streamed answer whole, be it cut off or not.
	 * @param chunks the chunks, in order
	 * @return the answer; {@code null} if the chunks aren't those of a single answer
	 */
	static @Nullable ChatResponse join(List<ChatResponse> chunks) {
		StringBuilder text = new StringBuilder();
		Map<String, Object> properties = new LinkedHashMap<>();
		List<AssistantMessage.ToolCall> toolCalls = new ArrayList<>();
		List<Media> media = new ArrayList<>();
		ChatGenerationMetadata.Builder generation = ChatGenerationMetadata.builder();
		ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder();
		Object index = null;
		byte[] relayed = null;
		for (ChatResponse chunk : chunks) {
			if (chunk.getResults().size() > 1) {
				return null;
			}
			for (Generation part : chunk.getResults()) {
				AssistantMessage message = part.getOutput();
				Object partIndex = message.getMetadata().get("index");
				if (index != null && partIndex != null && !index.equals(partIndex)) {
					return null;
				}
				index = (partIndex != null) ? partIndex : index;
				if (message.getText() != null) {
					text.append(message.getText());
				}
				properties.putAll(message.getMetadata());
				toolCalls.addAll(message.getToolCalls());
				media.addAll(message.getMedia());
				generation.contentFilters(part.getMetadata().getContentFilters());
				part.getMetadata().entrySet().forEach((entry) -> generation.metadata(entry.getKey(), entry.getValue()));
			}
			String finishReason = Answers.finishReason(chunk);
			if (finishReason != null) {
				generation.finishReason(finishReason);
			}
			addTo(metadata, chunk.getMetadata());
			byte[] bytes = Relayed.bytesOf(chunk);
			relayed = (bytes != null) ? Relayed.join(relayed, bytes) : relayed;
		}
		properties.remove(Answers.REASONING_DELTA);
		if (relayed != null) {
			metadata.keyValue(Relayed.BYTES, relayed);
		}
		AssistantMessage message = AssistantMessage.builder()
			.content(text.toString())
			.properties(properties)
			.toolCalls(toolCalls)
			.media(media)
			.build();
		return new ChatResponse(List.of(new Generation(message, generation.build())), metadata.build());
	}

	// Usage comes with the last chunk, an identifier often with the first ones only.
	private static void addTo(ChatResponseMetadata.Builder sum, ChatResponseMetadata part) {
		if (part.getId() != null && !part.getId().isEmpty()) {
			sum.id(part.getId());
		}
		if (part.getModel() != null && !part.getModel().isEmpty()) {
			sum.model(part.getModel());
		}
		Usage usage = part.getUsage();
		if (usage != null && usage.getTotalTokens() != null && usage.getTotalTokens() > 0) {
			sum.usage(usage);
		}
		if (part.getRateLimit() != null && !(part.getRateLimit() instanceof EmptyRateLimit)) {
			sum.rateLimit(part.getRateLimit());
		}
		if (part.getPromptMetadata() != null && part.getPromptMetadata().iterator().hasNext()) {
			sum.promptMetadata(part.getPromptMetadata());
		}
		part.entrySet().forEach((entry) -> sum.keyValue(entry.getKey(), entry.getValue()));
	}

	/**
	 * Makes a whole answer a stream: what the model thought, then the text in pieces. The
	 * last chunk has the finish reason, the usage and all metadata.
	 * @param answer the answer
	 * @return the chunks, at least one, the receiver's own
	 */
	static List<ChatResponse> split(ChatResponse answer) {
		if (answer.getResults().size() != 1 || Relayed.isIn(answer)) {
			return List.of(ResponseCopies.copy(answer));
		}
		Generation generation = answer.getResults().get(0);
		AssistantMessage message = generation.getOutput();
		ChatResponseMetadata.Builder named = ChatResponseMetadata.builder()
			.id(answer.getMetadata().getId())
			.model(answer.getMetadata().getModel());
		Object record = answer.getMetadata().get(CallRecord.METADATA_KEY);
		if (record instanceof CallRecord call && call.answeredBy() != null) {
			named.keyValue(ANSWERED_BY, call.answeredBy());
		}
		ChatResponseMetadata head = named.build();
		List<ChatResponse> chunks = new ArrayList<>();
		if (message.getMetadata().get(Answers.REASONING) instanceof String reasoning && !reasoning.isEmpty()) {
			chunks.add(chunk("", Map.of(Answers.REASONING, reasoning, Answers.REASONING_DELTA, reasoning), head));
		}
		String text = (message.getText() != null) ? message.getText() : "";
		int size = Math.max(PIECE, text.length() / PIECES);
		int from = 0;
		for (int to = next(text, from, size); to < text.length(); to = next(text, from, size)) {
			chunks.add(chunk(text.substring(from, to), Map.of(), head));
			from = to;
		}
		AssistantMessage rest = ResponseCopies.message(message, text.substring(from), message.getMetadata(),
				message.getMedia());
		chunks.add(new ChatResponse(List.of(new Generation(rest, ResponseCopies.copy(generation.getMetadata()))),
				ResponseCopies.copy(answer.getMetadata())));
		return chunks;
	}

	private static ChatResponse chunk(String text, Map<String, Object> properties, ChatResponseMetadata metadata) {
		AssistantMessage message = AssistantMessage.builder().content(text).properties(properties).build();
		return new ChatResponse(List.of(new Generation(message)), metadata);
	}

	// Cuts behind a blank, if there is one, and never a character in two.
	private static int next(String text, int from, int size) {
		int to = from + size;
		if (to >= text.length()) {
			return text.length();
		}
		int blank = text.lastIndexOf(' ', to - 1);
		if (blank > from) {
			return blank + 1;
		}
		return Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
	}

}
