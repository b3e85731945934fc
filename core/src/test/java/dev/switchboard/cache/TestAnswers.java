package dev.switchboard.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.call.TargetsExhaustedException;
import dev.switchboard.cost.Cost;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Answers as a route gives them.
 */
final class TestAnswers {

	private TestAnswers() {
	}

	static ChatResponse answer(String text) {
		return answer(text, "STOP");
	}

	static ChatResponse answer(String text, @Nullable String finishReason) {
		return answer(AssistantMessage.builder().content(text).properties(Map.of("role", "assistant")).build(),
				finishReason);
	}

	static ChatResponse answer(AssistantMessage message, @Nullable String finishReason) {
		return new ChatResponse(
				List.of(new Generation(message, ChatGenerationMetadata.builder().finishReason(finishReason).build())),
				ChatResponseMetadata.builder()
					.id("answer-1")
					.model("gpt-test")
					.usage(new DefaultUsage(7, 5))
					.keyValue("switchboard.call", "the first call")
					.build());
	}

	/** Chunks of text, and then one without text that has the rest. */
	static List<ChatResponse> chunks(String... texts) {
		List<ChatResponse> chunks = new ArrayList<>();
		for (String text : texts) {
			chunks.add(chunk(text));
		}
		chunks.add(answer(""));
		return chunks;
	}

	static ChatResponse chunk(String text) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage(text))),
				ChatResponseMetadata.builder().id("answer-1").model("gpt-test").build());
	}

	static String text(ChatResponse response) {
		return response.getResult().getOutput().getText();
	}

	static String text(List<ChatResponse> chunks) {
		StringBuilder text = new StringBuilder();
		chunks.forEach((chunk) -> text.append(text(chunk)));
		return text.toString();
	}

	/** How a call fails whose own deadline has passed. */
	static TargetsExhaustedException late() {
		RouteName route = new RouteName("cheap-fast");
		return new TargetsExhaustedException(new CallRecord("call-1", Instant.EPOCH, route, route, null,
				Caller.ANONYMOUS, Map.of(), false, List.of(), List.of(), new CallOutcome.Exhausted(true),
				CacheOutcome.MISS, null, null, null, null, Cost.UNKNOWN, Duration.ofSeconds(1), null), null);
	}

	/** All that a reader sees; responses themselves are hardly ever equal. */
	static List<Object> seen(ChatResponse response) {
		List<Object> seen = new ArrayList<>();
		response.getResults().forEach((generation) -> {
			seen.add(generation.getOutput());
			seen.add(generation.getMetadata());
		});
		ChatResponseMetadata metadata = response.getMetadata();
		seen.addAll(List.of(metadata.getId(), metadata.getModel(), metadata.getUsage().getTotalTokens(),
				List.copyOf(metadata.entrySet())));
		return seen;
	}

	static List<Object> seen(List<ChatResponse> chunks) {
		List<Object> seen = new ArrayList<>();
		chunks.forEach((chunk) -> seen.addAll(seen(chunk)));
		return seen;
	}

}
