package dev.switchboard.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;

/**
 * Makes one generation per candidate of what Spring AI's classes make several of:
 * Anthropic's thoughts come as generations before the answer, Gemini's as generations
 * among its parts.
 */
final class Generations {

	/** How Gemini's class marks each part. */
	private static final String IS_THOUGHT = "isThought";

	/** How Anthropic's class marks a piece of thought in a stream; others put a text. */
	private static final String THINKING = "thinking";

	private static final String THINKING_CONTENT = "thinking_content";

	private static final String SIGNATURE = "signature";

	/** What Anthropic's class gives of a thought that may not be read. */
	private static final String REDACTED = "data";

	private static final Set<String> MARKS = Set.of(IS_THOUGHT, THINKING, THINKING_CONTENT, SIGNATURE, REDACTED);

	private Generations() {
	}

	/** Whether a message is nothing but (a piece of) a thought. */
	static boolean isThought(AssistantMessage message) {
		if (message.hasToolCalls()) {
			return false;
		}
		Map<String, Object> metadata = message.getMetadata();
		return Boolean.TRUE.equals(metadata.get(IS_THOUGHT)) || Boolean.TRUE.equals(metadata.get(THINKING))
				|| signature(message) != null || redacted(message) != null;
	}

	static @Nullable String signature(AssistantMessage message) {
		return (message.getMetadata().get(SIGNATURE) instanceof String signature) ? signature : null;
	}

	static @Nullable String redacted(AssistantMessage message) {
		String text = message.getText();
		return ((text == null || text.isEmpty()) && message.getMetadata().get(REDACTED) instanceof String data) ? data
				: null;
	}

	/** The thoughts that a message of an answer carries beside its text. */
	static @Nullable String reasoning(AssistantMessage message) {
		Map<String, Object> metadata = message.getMetadata();
		for (String key : new String[] { Answers.REASONING, THINKING, THINKING_CONTENT }) {
			if (metadata.get(key) instanceof String text && !text.isEmpty()) {
				return text;
			}
		}
		return null;
	}

	/** A message's metadata without what marks thoughts. */
	static Map<String, Object> unmarked(AssistantMessage message) {
		Map<String, Object> metadata = new HashMap<>(message.getMetadata());
		MARKS.forEach(metadata::remove);
		metadata.remove(Answers.REASONING);
		return metadata;
	}

	/** The generations of each candidate, in their order. */
	static Collection<List<Generation>> byCandidate(List<Generation> generations) {
		if (generations.size() == 1) {
			return List.of(generations);
		}
		Map<Object, List<Generation>> candidates = new LinkedHashMap<>();
		for (Generation generation : generations) {
			Map<String, Object> metadata = generation.getOutput().getMetadata();
			Object index = metadata.getOrDefault("candidateIndex", metadata.getOrDefault("index", 0));
			candidates.computeIfAbsent(String.valueOf(index), (key) -> new ArrayList<>()).add(generation);
		}
		return candidates.values();
	}

	static List<Generation> merge(List<Generation> generations) {
		List<Generation> merged = new ArrayList<>();
		for (List<Generation> candidate : byCandidate(generations)) {
			merged.add(mergeCandidate(candidate));
		}
		return merged;
	}

	private static Generation mergeCandidate(List<Generation> parts) {
		StringBuilder text = new StringBuilder();
		List<String> thoughts = new ArrayList<>();
		Map<String, Object> metadata = new HashMap<>();
		List<ToolCall> toolCalls = new ArrayList<>();
		List<Media> media = new ArrayList<>();
		ThinkingBlocks blocks = new ThinkingBlocks();
		for (Generation part : parts) {
			AssistantMessage message = part.getOutput();
			boolean thought = isThought(message);
			String reasoning = thought ? message.getText() : reasoning(message);
			if (reasoning != null && !reasoning.isEmpty()) {
				thoughts.add(reasoning);
			}
			if (thought) {
				blocks.addWhole(message);
				continue;
			}
			if (message.getText() != null) {
				text.append(message.getText());
			}
			metadata.putAll(unmarked(message));
			toolCalls.addAll(message.getToolCalls());
			media.addAll(message.getMedia());
		}
		if (!thoughts.isEmpty()) {
			metadata.put(Answers.REASONING, String.join("\n\n", thoughts));
		}
		if (!toolCalls.isEmpty()) {
			toolCalls = ToolCallIds.unique(toolCalls, new HashSet<>(), metadata);
			blocks.putInto(metadata);
		}
		AssistantMessage answer = AssistantMessage.builder()
			.content(text.toString())
			.properties(metadata)
			.toolCalls(toolCalls)
			.media(media)
			.build();
		return new Generation(answer, parts.get(parts.size() - 1).getMetadata());
	}

}
