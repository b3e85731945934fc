package dev.switchboard.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.switchboard.catalog.CatalogLoader;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.provider.ProviderSettings;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.SimulatedWire;
import reactor.core.publisher.Flux;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/** The models that routes use, against simulated providers. */
final class Wires implements AutoCloseable {

	static final ModelId GPT = ModelId.parse("openai/gpt-5.4");

	static final ModelId CLAUDE = ModelId.parse("anthropic/claude-opus-4.7");

	static final ModelId GEMINI = ModelId.parse("google/gemini-3.1-pro");

	static final ModelCatalog CATALOG = CatalogLoader.load();

	private final Simulator simulator = Simulator.start();

	private final List<TargetClients> clients = new ArrayList<>();

	SimulatedProvider provider(ModelId target) {
		return this.simulator.provider(target.provider());
	}

	/** A model on its provider's own wire. */
	ChatModel model(ModelId target, Map<String, Object> options) {
		return switch (target.provider()) {
			case "anthropic" -> routed(target, Wire.ANTHROPIC, SimulatedWire.ANTHROPIC, options);
			case "google" -> routed(target, Wire.GEMINI, SimulatedWire.GEMINI, options);
			default -> routed(target, Wire.OPENAI, SimulatedWire.OPENAI, options);
		};
	}

	ChatModel openAiLike(ModelId target) {
		return routed(target, Wire.OPENAI, SimulatedWire.OPENAI, Map.of());
	}

	ChatModel claude() {
		return routed(CLAUDE, Wire.ANTHROPIC, SimulatedWire.ANTHROPIC,
				Map.of("max-tokens", 5000, "thinking-enabled", 2000));
	}

	/** As an application may have made it, without our transport. */
	ChatModel handedInClaude() {
		return AnthropicChatModel.builder()
			.options(AnthropicChatOptions.builder()
				.baseUrl(provider(CLAUDE).baseUrl(SimulatedWire.ANTHROPIC))
				.apiKey("sk-claude")
				.model(CLAUDE.model())
				.maxTokens(5000)
				.maxRetries(0)
				.thinkingEnabled(2000)
				.build())
			.build();
	}

	ChatModel gemini() {
		return routed(GEMINI, Wire.GEMINI, SimulatedWire.GEMINI, Map.of("include-thoughts", true));
	}

	private ChatModel routed(ModelId model, Wire wire, SimulatedWire simulated, Map<String, Object> options) {
		TargetClients clients = TargetClients.builder()
			.catalog(CATALOG)
			.provider(ProviderSettings.of(model.provider(), wire, provider(model).baseUrl(simulated), null))
			.build();
		this.clients.add(clients);
		return clients.get(new Target(model, null, options)).model();
	}

	@Override
	public void close() {
		this.clients.forEach(TargetClients::close);
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

}
