package dev.switchboard.options;

import java.util.List;

import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.HttpOptions;
import dev.switchboard.cost.ModelId;
import dev.switchboard.route.RouteName;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.SimulatedWire;
import okhttp3.OkHttpClient;
import reactor.core.publisher.Flux;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Spring AI's own models, against simulated providers. */
final class Wires implements AutoCloseable {

	static final ModelId GPT = ModelId.parse("openai/gpt-5.4");

	static final ModelId CLAUDE = ModelId.parse("anthropic/claude-opus-4.7");

	static final ModelId GEMINI = ModelId.parse("google/gemini-3.1-pro");

	private final Simulator simulator = Simulator.start();

	SimulatedProvider provider(ModelId target) {
		return this.simulator.provider(target.provider());
	}

	ChatModel gpt() {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder()
				.baseUrl(provider(GPT).baseUrl(SimulatedWire.OPENAI))
				.apiKey("sk-gpt")
				.model(GPT.model())
				.maxRetries(0)
				.build())
			.build();
	}

	/** Sends as Spring AI does. */
	AnthropicChatModel claude() {
		return AnthropicChatModel.builder().options(claudeOptions()).build();
	}

	/** Minds the thinking header. */
	ChatModel thinkingClaude() {
		return new ReplayingModel(AnthropicChatModel.builder()
			.options(claudeOptions())
			.httpClientBuilderCustomizer((builder) -> builder.interceptor(new ThinkingReplayInterceptor()))
			.build());
	}

	private AnthropicChatOptions claudeOptions() {
		return AnthropicChatOptions.builder()
			.baseUrl(provider(CLAUDE).baseUrl(SimulatedWire.ANTHROPIC))
			.apiKey("sk-claude")
			.model(CLAUDE.model())
			.maxTokens(5000)
			.maxRetries(0)
			.thinkingEnabled(2000)
			.build();
	}

	/** Sends as Spring AI does. */
	ChatModel gemini() {
		return gemini(Client.builder());
	}

	/** Gets answers that are repaired. */
	ChatModel repairedGemini() {
		return gemini(Client.builder()
			.clientOptions(ClientOptions.builder()
				.customHttpClient(new OkHttpClient.Builder().addInterceptor(new GeminiRepairInterceptor()).build())
				.build()));
	}

	private ChatModel gemini(Client.Builder client) {
		return GoogleGenAiChatModel.builder()
			.genAiClient(client.apiKey("sk-gemini")
				.httpOptions(HttpOptions.builder().baseUrl(provider(GEMINI).baseUrl(SimulatedWire.GEMINI)).build())
				.build())
			.options(GoogleGenAiChatOptions.builder().model(GEMINI.model()).includeThoughts(true).build())
			.build();
	}

	@Override
	public void close() {
		this.simulator.close();
	}

	/** A target and the model that speaks to it. */
	record Spoken(ModelId target, ChatModel model) {

	}

	/** Does what a route does, except for choosing: turn by turn another target. */
	static final class Relay implements ChatModel {

		private static final RouteName ROUTE = new RouteName("relay");

		private final List<Spoken> turns;

		private int turn;

		Relay(Spoken... turns) {
			this.turns = List.of(turns);
		}

		private Spoken next() {
			return this.turns.get(Math.min(this.turn++, this.turns.size() - 1));
		}

		@Override
		public ChatOptions getOptions() {
			return RouteChatOptions.empty();
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			Spoken next = next();
			ChatResponse response = next.model().call(TargetPrompts.adapt(prompt, next.model(), next.target()));
			return ToolLoop.stamp(Answers.normalise(response), next.target(), ROUTE);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			Spoken next = next();
			ChunkNormaliser normaliser = Answers.chunkNormaliser();
			return next.model()
				.stream(TargetPrompts.adapt(prompt, next.model(), next.target()))
				.map((chunk) -> ToolLoop.stamp(normaliser.normalise(chunk), next.target(), ROUTE));
		}

	}

	private record ReplayingModel(ChatModel model) implements ChatModel, ThinkingReplay.Capable {

		@Override
		public ChatOptions getOptions() {
			return this.model.getOptions();
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return this.model.call(prompt);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return this.model.stream(prompt);
		}

	}

}
