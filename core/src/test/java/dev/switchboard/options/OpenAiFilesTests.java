package dev.switchboard.options;

import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeType;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class OpenAiFilesTests {

	private static final byte[] PDF = "%PDF-1.7 anything".getBytes();

	@Test
	void aDocumentIsSentAsAFile() {
		try (Wires wires = new Wires()) {
			Prompt prompt = new Prompt(UserMessage.builder()
				.text("What does it say?")
				.media(Media.builder().mimeType(MimeType.valueOf("application/pdf")).data(PDF).build())
				.build());

			wires.model(Wires.GPT, Map.of())
				.call(TargetPrompts.adapt(prompt, wires.model(Wires.GPT, Map.of()), Wires.GPT));

			JsonNode content = wires.provider(Wires.GPT).requests().get(0).json().at("/messages/0/content");
			assertThat(content.at("/0/text").asString()).isEqualTo("What does it say?");
			assertThat(content.at("/1/type").asString()).isEqualTo("file");
			assertThat(content.at("/1/file/file_data").asString())
				.isEqualTo("data:application/pdf;base64," + Base64.getEncoder().encodeToString(PDF));
			assertThat(content.at("/1/text").isMissingNode()).isTrue();
		}
	}

}
