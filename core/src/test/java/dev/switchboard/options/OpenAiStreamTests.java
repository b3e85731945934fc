package dev.switchboard.options;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.switchboard.options.Wires.Relay;
import dev.switchboard.options.Wires.Spoken;
import dev.switchboard.provider.ProviderSettings;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.chat.ToolCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams of OpenAI-like servers, through the client that routes use. */
class OpenAiStreamTests {

	private static final Target TARGET = Target.of("deepseek/deepseek-reasoner");

	private final Simulator simulator = Simulator.start();

	private final TargetClients clients = TargetClients.builder()
		.provider(ProviderSettings.of("deepseek", Wire.OPENAI,
				this.simulator.provider("deepseek").baseUrl(SimulatedWire.OPENAI), null))
		.build();

	private final Relay deepseek = new Relay(new Spoken(TARGET.model(), this.clients.get(TARGET).model()));

	@AfterEach
	void close() {
		this.clients.close();
		this.simulator.close();
	}

	@Test
	void thoughtsAreStreamedBesideTheAnswer() {
		this.simulator.provider("deepseek").answers(Answer.text("forty-two").withReasoning("six by seven"));
		List<ChatResponse> chunks = this.deepseek.stream(new Prompt("hi")).collectList().block();
		assertThat(chunks.stream().map(Answers::text).collect(Collectors.joining())).isEqualTo("forty-two");
		assertThat(chunks.stream().map(Answers::reasoning).filter(Objects::nonNull).collect(Collectors.joining()))
			.isEqualTo("six by seven");
	}

	@Test
	void theServerThatThoughtGetsItsThoughtsBackWithTheResults() {
		for (boolean stream : new boolean[] { false, true }) {
			this.simulator.provider("deepseek")
				.reset()
				.answers(Answer.text("")
					.withReasoning("I must look.")
					.withToolCalls(ToolCall.of("weather", Map.of("name", "Rome"))), Answer.text("sunny"));
			ChatClient.ChatClientRequestSpec request = ChatClient.create(this.deepseek)
				.prompt()
				.user("How is the weather?")
				.tools(RouteChatOptionsTests.weather());
			String answer = stream ? String.join("", request.stream().content().collectList().block())
					: request.call().content();
			assertThat(answer).isEqualTo("sunny");
			assertThat(this.simulator.provider("deepseek")
				.requests()
				.get(1)
				.json()
				.at("/messages/1/reasoning_content")
				.asString()).isEqualTo("I must look.");
		}
	}

}
