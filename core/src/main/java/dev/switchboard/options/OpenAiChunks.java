package dev.switchboard.options;

import java.util.ArrayList;
import java.util.List;

import com.openai.core.JsonMissing;
import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice.Delta;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice.Delta.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * Makes what OpenAI-like servers stream digestible for Spring AI 2.0.0, which would lose
 * the thoughts among it, keep back a whole answer whose chunks have an empty list of tool
 * calls, take each piece of a call whose id is repeated as empty for another call, and
 * fail at a call without arguments or a chunk without choices.
 * <p>
 * Loaded only where {@code spring-ai-openai} is there.
 */
public final class OpenAiChunks {

	/** Where {@link ChunkNormaliser} looks for thoughts. */
	private static final String REASONING = "reasoning_content";

	private static final String REASONING_OF_OTHERS = "reasoning";

	private OpenAiChunks() {
	}

	/**
	 * Repairs a chunk.
	 * @param chunk the chunk as the server sent it
	 * @return the chunk to pass on; the same if there is nothing to repair
	 */
	public static ChatCompletionChunk repair(ChatCompletionChunk chunk) {
		if (chunk._choices().isMissing() || chunk._choices().isNull()) {
			return complete(chunk.toBuilder().choices(List.of()).build());
		}
		List<Choice> choices = null;
		String reasoning = null;
		for (int i = 0; i < chunk.choices().size(); i++) {
			Choice choice = chunk.choices().get(i);
			reasoning = (reasoning != null) ? reasoning : reasoning(choice.delta());
			List<ToolCall> toolCalls = choice.delta().toolCalls().orElse(null);
			if (toolCalls != null && needRepair(toolCalls)) {
				choices = (choices != null) ? choices : new ArrayList<>(chunk.choices());
				choices.set(i, choice.toBuilder().delta(repair(choice.delta(), toolCalls)).build());
			}
		}
		if (choices == null && reasoning == null) {
			return complete(chunk);
		}
		ChatCompletionChunk.Builder builder = chunk.toBuilder();
		if (choices != null) {
			builder.choices(choices);
		}
		if (reasoning != null) {
			builder.putAdditionalProperty(REASONING, JsonValue.from(reasoning));
		}
		return complete(builder.build());
	}

	private static ChatCompletionChunk complete(ChatCompletionChunk chunk) {
		boolean nameless = chunk._id().isMissing() || chunk._id().isNull();
		boolean modelless = chunk._model().isMissing() || chunk._model().isNull();
		if (!nameless && !modelless) {
			return chunk;
		}
		ChatCompletionChunk.Builder builder = chunk.toBuilder();
		if (nameless) {
			builder.id("");
		}
		if (modelless) {
			builder.model("");
		}
		return builder.build();
	}

	private static @Nullable String reasoning(Delta delta) {
		String reasoning = text(delta, REASONING);
		return (reasoning != null) ? reasoning : text(delta, REASONING_OF_OTHERS);
	}

	private static @Nullable String text(Delta delta, String key) {
		JsonValue value = delta._additionalProperties().get(key);
		Object text = (value != null) ? value.asString().orElse(null) : null;
		return (text instanceof String words && !words.isEmpty()) ? words : null;
	}

	private static boolean needRepair(List<ToolCall> toolCalls) {
		return toolCalls.isEmpty() || toolCalls.stream().anyMatch((call) -> hasEmptyId(call) || lacksArguments(call));
	}

	private static boolean hasEmptyId(ToolCall call) {
		return call.id().filter(String::isEmpty).isPresent();
	}

	private static boolean lacksArguments(ToolCall call) {
		return call.id().isPresent() && call.function().isPresent() && call.function().get().arguments().isEmpty();
	}

	private static Delta repair(Delta delta, List<ToolCall> toolCalls) {
		Delta.Builder builder = delta.toBuilder();
		if (toolCalls.isEmpty()) {
			return builder.toolCalls(JsonMissing.of()).build();
		}
		return builder.toolCalls(toolCalls.stream().map(OpenAiChunks::repair).toList()).build();
	}

	private static ToolCall repair(ToolCall call) {
		ToolCall.Builder builder = call.toBuilder();
		boolean begins = call.function().flatMap(ToolCall.Function::name).filter((name) -> !name.isEmpty()).isPresent();
		if (hasEmptyId(call)) {
			// A call that begins needs one, a piece of a call must not have one.
			if (begins) {
				builder.id(ToolCallIds.random());
			}
			else {
				builder.id(JsonMissing.of());
			}
		}
		if (begins && call.function().get().arguments().isEmpty()) {
			builder.function(call.function().get().toBuilder().arguments("").build());
		}
		return builder.build();
	}

}
