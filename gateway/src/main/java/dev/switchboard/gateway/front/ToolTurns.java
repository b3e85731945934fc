package dev.switchboard.gateway.front;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.switchboard.call.Caller;
import dev.switchboard.gateway.wire.ToolCallMemory;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Remembers for a while who asked for which tool call, and what he said with it that no
 * caller's wire can carry: thoughts with their signatures. When the results come, the
 * turn goes on where it began. Forgotten turns go on too, without that.
 */
final class ToolTurns {

	/** Longer than people wait for the tools of an agent. */
	private static final Duration KEPT = Duration.ofHours(1);

	private static final int MOST_CALLS = 50_000;

	/** What thoughts may take together, in characters. */
	private static final long MOST_CHARACTERS = 32L << 20;

	private final Cache<Key, Map<String, Object>> turns;

	ToolTurns(Ticker ticker) {
		this.turns = Caffeine.newBuilder()
			.maximumWeight(MOST_CHARACTERS)
			.weigher((Key key, Map<String, Object> said) -> weigh(said))
			.expireAfterWrite(KEPT)
			.ticker(ticker)
			.executor(Runnable::run)
			.build();
	}

	private static int weigh(Map<String, Object> said) {
		long characters = MOST_CHARACTERS / MOST_CALLS;
		for (Object value : said.values()) {
			characters += String.valueOf(value).length();
		}
		return (int) Math.min(characters, Integer.MAX_VALUE);
	}

	/**
	 * Remembers the tool calls of an answer.
	 * @param caller who got it
	 * @param answer the answer, or a chunk of one, signed by who gave it
	 */
	void remember(Caller caller, ChatResponse answer) {
		for (Generation generation : answer.getResults()) {
			AssistantMessage message = generation.getOutput();
			if (message.hasToolCalls()) {
				Map<String, Object> said = Map.copyOf(withoutNull(message.getMetadata()));
				message.getToolCalls().forEach((call) -> {
					if (call.id() != null && !call.id().isEmpty()) {
						this.turns.put(new Key(caller.name(), call.id()), said);
					}
				});
			}
		}
	}

	private static Map<String, Object> withoutNull(Map<String, Object> metadata) {
		Map<String, Object> copy = new HashMap<>(metadata);
		copy.values().removeIf((value) -> value == null);
		return copy;
	}

	/**
	 * What was said with a caller's tool calls.
	 * @param caller who got them
	 * @return his memory; nobody else's calls are in it
	 */
	ToolCallMemory of(Caller caller) {
		return (toolCallId) -> {
			Map<String, Object> said = this.turns.getIfPresent(new Key(caller.name(), toolCallId));
			return (said != null) ? said : Map.of();
		};
	}

	private record Key(String caller, String toolCallId) {
	}

}
