package dev.switchboard.options;

import java.net.URI;
import java.util.List;

import dev.switchboard.call.RequestFacts;
import dev.switchboard.cost.Modality;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;

class PromptFactsTests {

	@Test
	void countsMediaByKind() {
		RequestFacts facts = PromptFacts.of(new Prompt(UserMessage.builder()
			.text("look")
			.media(new Media(MimeTypeUtils.IMAGE_PNG, URI.create("https://example.org/a.png")),
					new Media(MimeTypeUtils.IMAGE_JPEG, new ByteArrayResource(new byte[10])),
					new Media(MimeType.valueOf("audio/mp3"), new ByteArrayResource(new byte[1_000_000])),
					new Media(Media.Format.DOC_PDF, new ByteArrayResource(new byte[10])))
			.build()));
		assertThat(facts.images()).isEqualTo(2);
		assertThat(facts.audio()).isEqualTo(1);
		assertThat(facts.files()).isEqualTo(1);
		assertThat(facts.modalities()).containsOnly(Modality.IMAGE, Modality.AUDIO, Modality.FILE);
		assertThat(facts.inputTokens())
			.isEqualTo(PromptFacts.PER_MESSAGE + 1 + 2 * PromptFacts.PER_IMAGE + 2000 + PromptFacts.PER_FILE);
	}

	@Test
	void countsToolsAndTheOutputSchema() {
		RouteChatOptions options = RouteChatOptions.builder()
			.toolCallbacks(RouteChatOptionsTests.weather(), RouteChatOptionsTests.weather())
			.outputSchema("{\"type\":\"object\"}")
			.build();
		RequestFacts facts = PromptFacts.of(new Prompt("hi", options));
		assertThat(facts.tools()).isEqualTo(2);
		assertThat(facts.outputSchema()).isTrue();
		assertThat(facts.inputTokens()).isGreaterThan(PromptFacts.of(new Prompt("hi")).inputTokens() + 50);
		assertThat(PromptFacts.of(new Prompt("hi")).outputSchema()).isFalse();
	}

	@Test
	void estimatesTokensByScript() {
		assertThat(PromptFacts.estimateTokens("")).isZero();
		assertThat(PromptFacts.estimateTokens(null)).isZero();
		assertThat(PromptFacts.estimateTokens("hello wo")).isEqualTo(2);
		assertThat(PromptFacts.estimateTokens("\u4f60\u597d\u4e16\u754c")).isEqualTo(4);
		assertThat(PromptFacts.estimateTokens("\u043f\u0440\u0438\u0432\u0435\u0442")).isEqualTo(3);
	}

	@Test
	void looksAtASampleOfLongTexts() {
		assertThat(PromptFacts.estimateTokens("word ".repeat(400_000))).isBetween(490_000L, 510_000L);
		assertThat(PromptFacts.estimateTokens("a".repeat(50_000) + "\u4f60".repeat(50_000))).isBetween(61_000L,
				64_000L);
	}

	@Test
	void countsEveryMessage() {
		AssistantMessage asking = AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "weather", "x".repeat(400))))
			.build();
		ToolResponseMessage results = ToolResponseMessage.builder()
			.responses(List.of(new ToolResponseMessage.ToolResponse("1", "weather", "x".repeat(800))))
			.build();
		RequestFacts facts = PromptFacts
			.of(new Prompt(List.of(new SystemMessage("x".repeat(40)), new UserMessage("hi"), asking, results)));
		assertThat(facts.inputTokens()).isBetween(4 * PromptFacts.PER_MESSAGE + 310, 4 * PromptFacts.PER_MESSAGE + 315);
	}

}
