package dev.switchboard.redis.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.switchboard.cache.CacheKey;
import dev.switchboard.call.Attempt;
import dev.switchboard.call.AttemptOutcome;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.options.Answers;
import dev.switchboard.relay.Relayed;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

/**
 * Answers as routes give them.
 */
final class SampleAnswers {

	static final CacheKey KEY = new CacheKey(new RouteName("cheap-fast"), "0123456789abcdef");

	private SampleAnswers() {
	}

	static CallRecord record() {
		RouteName route = new RouteName("cheap-fast");
		TokenUsage usage = new TokenUsage(100, 40, 20, 50, 30);
		Attempt attempt = new Attempt(1, ModelId.parse("openai/gpt-5.4"), new AttemptOutcome.Answered(),
				Duration.ofMillis(700), null, usage, false, new Cost(new Money(1234)), "gpt-5.4-2026");
		return new CallRecord("call-1", Instant.parse("2026-11-27T10:00:00.123Z"), new RouteName("auto"), route, "rule",
				new Caller("alice", "sales"), Map.of("project", "secret-project"), true, List.of(attempt), List.of(),
				new CallOutcome.Answered(), CacheOutcome.MISS, ModelId.parse("openai/gpt-5.4"), "gpt-5.4-2026", "stop",
				usage, new Cost(new Money(1234)), Duration.ofMillis(700), null);
	}

	static ChatResponse of(String text) {
		AssistantMessage message = AssistantMessage.builder()
			.content(text)
			.properties(Map.of("role", "assistant"))
			.build();
		return new ChatResponse(
				List.of(new Generation(message, ChatGenerationMetadata.builder().finishReason("stop").build())),
				ChatResponseMetadata.builder()
					.id("answer-1")
					.model("gpt-5.4-2026")
					.usage(new DefaultUsage(7, 5))
					.keyValue(CallRecord.METADATA_KEY, record())
					.build());
	}

	static ChatResponse relayed(byte[] bytes) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage("x"))),
				ChatResponseMetadata.builder().keyValue(Relayed.BYTES, bytes).build());
	}

	/** With everything that an answer may have. */
	static ChatResponse rich() {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		properties.put(Answers.REASONING, "It is \uD83D\uDE80 \u00E4\u20AC");
		properties.put("index", 0);
		properties.put("created", 5L);
		properties.put("score", 0.25);
		properties.put("weight", 0.5f);
		properties.put("cached", true);
		properties.put("fresh", false);
		properties.put("nothing", null);
		properties.put("annotations", List.of(Map.of("url", "https://a.example", "lines", List.of(1, 2L))));
		properties.put("kinds", new ArrayList<>(Set.of("a")));
		properties.put("set", Set.of("only"));
		properties.put("signature", new byte[] { 1, -1, 0 });
		AssistantMessage message = AssistantMessage.builder()
			.content("The answer\r\n\tis \"forty-two\" \uD83D\uDC4D")
			.properties(properties)
			.media(List.of(
					Media.builder()
						.mimeType(MimeTypeUtils.IMAGE_PNG)
						.data(new ByteArrayResource(new byte[] { 1, 2, 3 }))
						.id("m-1")
						.name("chart.png")
						.build(),
					Media.builder()
						.mimeType(MimeTypeUtils.parseMimeType("audio/wav;rate=16"))
						.data("https://media.example/a.wav")
						.name("sound")
						.build()))
			.build();
		Generation first = new Generation(message,
				ChatGenerationMetadata.builder().finishReason("STOP").metadata("seed", 42).build());
		Generation second = new Generation(new AssistantMessage("Another one"));
		return new ChatResponse(List.of(first, second),
				ChatResponseMetadata.builder()
					.id("answer-1")
					.model("gpt-5.4-2026")
					.usage(new DefaultUsage(60, 50, 150, new TokenUsage(100, 40, 20, 50, 30), 40L, 20L))
					.keyValue("system-fingerprint", "fp_1")
					.keyValue(Relayed.BYTES, "{\"id\":\"answer-1\"}".getBytes(StandardCharsets.UTF_8))
					.keyValue(CallRecord.METADATA_KEY, record())
					.build());
	}

}
