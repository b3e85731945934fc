package dev.switchboard.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import dev.switchboard.simulator.chat.SimulatedWire;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * The vendors' own clients as Spring AI builds them, asking a simulated provider, once
 * per call.
 */
final class SpringAiModels {

	static final String MODEL = "some-model";

	private SpringAiModels() {
	}

	static ChatModel model(SimulatedProvider provider, SimulatedWire wire) {
		Map<SimulatedWire, Supplier<ChatModel>> models = Map.of(SimulatedWire.OPENAI, () -> openai(provider),
				SimulatedWire.ANTHROPIC, () -> anthropic(provider), SimulatedWire.GEMINI, () -> gemini(provider));
		return models.get(wire).get();
	}

	private static ChatModel openai(SimulatedProvider provider) {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder()
				.baseUrl(provider.baseUrl(SimulatedWire.OPENAI))
				.apiKey("openai-key")
				.model(MODEL)
				.maxRetries(0)
				.build())
			.build();
	}

	private static ChatModel anthropic(SimulatedProvider provider) {
		return AnthropicChatModel.builder()
			.options(AnthropicChatOptions.builder()
				.baseUrl(provider.baseUrl(SimulatedWire.ANTHROPIC))
				.apiKey("anthropic-key")
				.model(MODEL)
				.maxTokens(1000)
				.maxRetries(0)
				.build())
			.build();
	}

	private static ChatModel gemini(SimulatedProvider provider) {
		Client client = Client.builder()
			.apiKey("gemini-key")
			.httpOptions(HttpOptions.builder()
				.baseUrl(provider.baseUrl(SimulatedWire.GEMINI))
				.timeout((int) Duration.ofSeconds(10).toMillis())
				.retryOptions(HttpRetryOptions.builder().attempts(1).build())
				.build())
			.build();
		return GoogleGenAiChatModel.builder()
			.genAiClient(client)
			.options(GoogleGenAiChatOptions.builder().model(MODEL).build())
			.retryTemplate(new RetryTemplate(RetryPolicy.builder().maxRetries(0).build()))
			.build();
	}

}
