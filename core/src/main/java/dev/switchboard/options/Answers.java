package dev.switchboard.options;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.switchboard.cost.TokenUsage;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Reads answers alike, whichever model gave them, and makes them alike for whoever asked:
 * the first generation is the answer and nothing but the answer, what the model thought
 * before it stands in the metadata {@value #REASONING} of its message, and every tool
 * call has an id of its own.
 */
public final class Answers {

	/** The metadata of an assistant message with what the model thought, a text. */
	public static final String REASONING = "reasoningContent";

	/**
	 * The metadata of a streamed assistant message with what the model thought since the
	 * chunk before, a text; {@value #REASONING} has all it thought so far.
	 */
	public static final String REASONING_DELTA = "reasoningDelta";

	/** What some clients say where the provider said nothing. */
	/** Where Spring AI puts OpenAI's {@code refusal}. */
	private static final String REFUSAL = "refusal";

	private static final Set<String> NO_REASON = Set.of("", "_UNKNOWN", "FINISH_REASON_UNSPECIFIED", "null");

	private Answers() {
	}

	/**
	 * Makes a whole answer like all others.
	 * @param response the answer as the model's class gave it
	 * @return the normalised answer; the same if it was so already
	 */
	public static ChatResponse normalise(ChatResponse response) {
		List<Generation> generations = response.getResults();
		if (isPlain(generations)) {
			return response;
		}
		return new ChatResponse(Generations.merge(generations), response.getMetadata());
	}

	/**
	 * Starts normalising one stream.
	 * @return a normaliser for the chunks of one stream, in their order
	 */
	public static ChunkNormaliser chunkNormaliser() {
		return new ChunkNormaliser();
	}

	private static boolean isPlain(List<Generation> generations) {
		if (generations.size() != 1) {
			return generations.isEmpty();
		}
		AssistantMessage message = generations.get(0).getOutput();
		return !message.hasToolCalls() && !Generations.isThought(message);
	}

	/**
	 * Whether an answer, or a chunk of one, carries anything of what was asked for: text,
	 * a tool call, media, or thoughts.
	 * @param response the answer or chunk, normalised or not
	 * @return whether it does
	 */
	public static boolean hasContent(ChatResponse response) {
		List<Generation> generations = response.getResults();
		for (int i = 0; i < generations.size(); i++) {
			AssistantMessage message = generations.get(i).getOutput();
			String text = message.getText();
			if ((text != null && !text.isEmpty()) || message.hasToolCalls() || !message.getMedia().isEmpty()
					|| reasoning(message) != null) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The text of an answer, or of a chunk of one.
	 * @param response the answer or chunk, normalised
	 * @return the text; empty if there is none
	 */
	public static String text(ChatResponse response) {
		Generation generation = response.getResult();
		String text = (generation != null) ? generation.getOutput().getText() : null;
		return (text != null) ? text : "";
	}

	/**
	 * What the model thought: all of it in an answer, the latest piece in a chunk.
	 * @param response the answer or chunk, normalised
	 * @return the text; {@code null} if there is none
	 */
	public static @Nullable String reasoning(ChatResponse response) {
		Generation generation = response.getResult();
		return (generation != null) ? reasoning(generation.getOutput()) : null;
	}

	static @Nullable String reasoning(AssistantMessage message) {
		Map<String, Object> metadata = message.getMetadata();
		Object reasoning = metadata.get(REASONING_DELTA);
		if (reasoning == null) {
			reasoning = metadata.get(REASONING);
		}
		return (reasoning instanceof String text && !text.isEmpty()) ? text : null;
	}

	/**
	 * Whether an answer, or a chunk of one, asks for tools.
	 * @param response the answer or chunk
	 * @return whether it does
	 */
	public static boolean hasToolCalls(ChatResponse response) {
		List<Generation> generations = response.getResults();
		for (int i = 0; i < generations.size(); i++) {
			if (generations.get(i).getOutput().hasToolCalls()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Why the model stopped, in the provider's own word.
	 * @param response the answer or chunk
	 * @return the reason; {@code null} if the provider gave none (yet)
	 */
	public static @Nullable String finishReason(ChatResponse response) {
		List<Generation> generations = response.getResults();
		for (int i = 0; i < generations.size(); i++) {
			String reason = generations.get(i).getMetadata().getFinishReason();
			if (reason != null && !NO_REASON.contains(reason)) {
				return reason;
			}
		}
		return null;
	}

	/**
	 * The model's own words for declining to answer.
	 * @param response the answer or chunk
	 * @return the words; {@code null} if it did not decline, or not in words of their own
	 */
	public static @Nullable String refusal(ChatResponse response) {
		Generation generation = response.getResult();
		Object refusal = (generation != null) ? generation.getOutput().getMetadata().get(REFUSAL) : null;
		return (refusal instanceof String words && !words.isEmpty()) ? words : null;
	}

	/**
	 * What is left of a chunk when its content is taken out: why the answer ended, and
	 * the metadata.
	 * @param chunk the chunk
	 * @return the chunk without content; the same if it has none
	 */
	public static ChatResponse withoutContent(ChatResponse chunk) {
		Generation generation = chunk.getResult();
		if (generation == null || !hasContent(chunk)) {
			return chunk;
		}
		return new ChatResponse(List.of(new Generation(new AssistantMessage(""), generation.getMetadata())),
				chunk.getMetadata());
	}

	/**
	 * The tokens that the provider counted; input always with the cached ones, output
	 * always with the ones for thoughts.
	 * @param response the answer or chunk
	 * @return the usage; {@code null} if the provider gave none
	 */
	public static @Nullable TokenUsage usage(ChatResponse response) {
		Usage usage = response.getMetadata().getUsage();
		return (usage != null) ? Usages.read(usage) : null;
	}

	/**
	 * The model that the provider says has answered.
	 * @param response the answer or chunk
	 * @return the provider's identifier; {@code null} if it did not say
	 */
	public static @Nullable String model(ChatResponse response) {
		String model = response.getMetadata().getModel();
		return (model != null && !model.isBlank()) ? model : null;
	}

	static AssistantMessage withMetadata(AssistantMessage message, Map<String, Object> metadata) {
		return AssistantMessage.builder()
			.content(message.getText())
			.properties(metadata)
			.toolCalls(message.getToolCalls())
			.media(message.getMedia())
			.build();
	}

}
