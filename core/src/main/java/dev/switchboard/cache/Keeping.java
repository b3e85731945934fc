package dev.switchboard.cache;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.switchboard.call.BudgetNote;
import dev.switchboard.call.CallRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;

/**
 * Which answers are kept, and what they weigh.
 */
final class Keeping {

	// The words for an answer that ended of itself. A list of the others would never be
	// long enough: "error", "abort", "pause_turn", "guardrail_intervened" ...
	private static final Set<String> COMPLETE = Set.of("stop", "end_turn", "stop_sequence", "complete", "completed",
			"eos", "eos_token");

	// Of the objects around the texts, measured on a 64-bit machine and rounded up.
	private static final int ANSWER = 2048;

	private static final int GENERATION = 384;

	private static final int RECORD = 1024;

	private static final int ATTEMPT = 512;

	private static final int OBJECT = 64;

	private Keeping() {
	}

	/**
	 * Whether an answer may be given again. A model that is handed in may not say why it
	 * ended; what it gives in one piece is taken to be whole.
	 * @param answer the answer
	 * @return whether it is whole, and an answer rather than a refusal or a request for
	 * tools
	 */
	static boolean worthKeeping(ChatResponse answer) {
		return !answer.getResults().isEmpty() && answer.getResults().stream().allMatch(Keeping::worthKeeping)
				&& !isDegraded(CallRecord.of(answer));
	}

	// What another route answered because one caller's budget was spent is not what the
	// others asked for.
	private static boolean isDegraded(@Nullable CallRecord record) {
		return record != null
				&& record.budgets().stream().anyMatch((note) -> note.effect() == BudgetNote.Effect.DEGRADED);
	}

	private static boolean worthKeeping(Generation generation) {
		AssistantMessage message = generation.getOutput();
		String text = message.getText();
		boolean empty = (text == null || text.isBlank()) && message.getMedia().isEmpty();
		Object refusal = message.getMetadata().get("refusal");
		boolean refused = !generation.getMetadata().getContentFilters().isEmpty()
				|| (refusal instanceof String words && !words.isBlank());
		return !empty && !refused && !message.hasToolCalls() && isComplete(generation.getMetadata().getFinishReason());
	}

	private static boolean isComplete(@Nullable String finishReason) {
		return finishReason == null || COMPLETE.contains(finishReason.toLowerCase(Locale.ROOT));
	}

	/**
	 * What an answer takes of the memory.
	 * @param answer the answer
	 * @return its size in bytes, rather too large than too small
	 */
	static long weigh(ChatResponse answer) {
		long bytes = ANSWER;
		for (Generation generation : answer.getResults()) {
			AssistantMessage message = generation.getOutput();
			bytes += GENERATION + weigh(message.getText()) + weigh(message.getMetadata());
			for (Media media : message.getMedia()) {
				bytes += 4 * OBJECT + weigh(media.getData());
			}
			for (Map.Entry<String, Object> entry : generation.getMetadata().entrySet()) {
				bytes += weigh(entry.getKey()) + weigh(entry.getValue());
			}
		}
		for (Map.Entry<String, Object> entry : answer.getMetadata().entrySet()) {
			bytes += weigh(entry.getKey()) + weigh(entry.getValue());
		}
		return bytes;
	}

	private static long weigh(@Nullable Object value) {
		if (value instanceof String text) {
			return OBJECT + 2L * text.length();
		}
		if (value instanceof byte[] bytes) {
			return OBJECT + bytes.length;
		}
		if (value instanceof CallRecord call) {
			return RECORD + (long) ATTEMPT * (call.attempts().size() + call.skipped().size());
		}
		long bytes = OBJECT;
		if (value instanceof Map<?, ?> map) {
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				bytes += weigh(entry.getKey()) + weigh(entry.getValue());
			}
		}
		else if (value instanceof Collection<?> elements) {
			for (Object element : elements) {
				bytes += weigh(element);
			}
		}
		else if (value != null && !value.getClass().getName().startsWith("java.")) {
			// Such as the provider's whole answer, which some models' classes put there.
			bytes += 3 * OBJECT + 4L * value.toString().length();
		}
		return bytes;
	}

}
