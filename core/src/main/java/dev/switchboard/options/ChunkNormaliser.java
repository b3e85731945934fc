package dev.switchboard.options;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;

/**
 * Makes the chunks of one stream like those of all others: what the model thinks is not
 * text of the answer but metadata, and every tool call has an id of its own. Chunks must
 * be given in their order; one instance serves one stream, from one thread at a time.
 */
public final class ChunkNormaliser {

	private static final String[] BESIDE_CHOICES = { "reasoning_content", "reasoning" };

	private final StringBuilder reasoning = new StringBuilder();

	private final ThinkingBlocks blocks = new ThinkingBlocks();

	private final Set<String> toolCallIds = new HashSet<>();

	private boolean betweenBlocks;

	ChunkNormaliser() {
	}

	/**
	 * Normalises the next chunk.
	 * @param chunk the chunk as the model's class gave it
	 * @return the normalised chunk; the same if it was so already
	 */
	public ChatResponse normalise(ChatResponse chunk) {
		List<Generation> generations = chunk.getResults();
		String beside = reasoningBeside(chunk);
		if (beside == null && isPlain(generations)) {
			return chunk;
		}
		List<Generation> normalised = new ArrayList<>();
		for (List<Generation> candidate : Generations.byCandidate(generations)) {
			normalised.add(normaliseCandidate(candidate, beside));
			beside = null;
		}
		return new ChatResponse(normalised, chunk.getMetadata());
	}

	/**
	 * Spring AI 2.0.0 loses what OpenAI-like servers stream as thoughts, unless it stands
	 * beside the choices, where our client puts it.
	 */
	private static @Nullable String reasoningBeside(ChatResponse chunk) {
		for (String key : BESIDE_CHOICES) {
			if (chunk.getMetadata().get(key) instanceof String text && !text.isEmpty()) {
				return text;
			}
		}
		return null;
	}

	private boolean isPlain(List<Generation> generations) {
		if (generations.isEmpty()) {
			return true;
		}
		if (generations.size() > 1 || !this.reasoning.isEmpty()) {
			return false;
		}
		AssistantMessage message = generations.get(0).getOutput();
		return !message.hasToolCalls() && !Generations.isThought(message) && Generations.reasoning(message) == null;
	}

	private Generation normaliseCandidate(List<Generation> parts, @Nullable String beside) {
		StringBuilder text = new StringBuilder();
		StringBuilder piece = new StringBuilder();
		if (beside != null) {
			piece.append(beside);
			this.reasoning.append(beside);
		}
		Map<String, Object> metadata = new HashMap<>();
		List<ToolCall> toolCalls = new ArrayList<>();
		List<Media> media = new ArrayList<>();
		for (Generation part : parts) {
			AssistantMessage message = part.getOutput();
			metadata.putAll(Generations.unmarked(message));
			if (Generations.isThought(message)) {
				addThought(message, piece);
				continue;
			}
			String latest = latest(Generations.reasoning(message));
			if (latest != null) {
				piece.append(latest);
				this.reasoning.append(latest);
			}
			if (message.getText() != null) {
				text.append(message.getText());
			}
			toolCalls.addAll(message.getToolCalls());
			media.addAll(message.getMedia());
		}
		if (!piece.isEmpty()) {
			metadata.put(Answers.REASONING_DELTA, piece.toString());
			metadata.put(Answers.REASONING, this.reasoning.toString());
		}
		if (!toolCalls.isEmpty()) {
			toolCalls = ToolCallIds.unique(toolCalls, this.toolCallIds, metadata);
			this.blocks.putInto(metadata);
		}
		AssistantMessage message = AssistantMessage.builder()
			.content(text.toString())
			.properties(metadata)
			.toolCalls(toolCalls)
			.media(media)
			.build();
		return new Generation(message, parts.get(parts.size() - 1).getMetadata());
	}

	private void addThought(AssistantMessage message, StringBuilder piece) {
		String text = message.getText();
		if (text != null && !text.isEmpty()) {
			String separator = (this.betweenBlocks && !this.reasoning.isEmpty()) ? "\n\n" : "";
			piece.append(separator).append(text);
			this.reasoning.append(separator).append(text);
			this.betweenBlocks = false;
		}
		this.blocks.addPiece(message);
		if (Generations.signature(message) != null) {
			this.betweenBlocks = true;
		}
	}

	/** Some classes give in each chunk what was thought so far, others what is new. */
	private @Nullable String latest(@Nullable String given) {
		if (given == null || this.reasoning.isEmpty()) {
			return given;
		}
		String soFar = this.reasoning.toString();
		return given.startsWith(soFar) ? given.substring(soFar.length()) : given;
	}

}
