package dev.switchboard.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import dev.switchboard.call.CallRecord;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.annotation.Tool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tool runs once for each time that a model asked for it, whatever happens between.
 */
class ToolLoopTests {

	private final Simulator simulator = Simulator.start();

	private final Routes routes = new Routes(this.simulator);

	private final Clocks clocks = new Clocks();

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@ParameterizedTest
	@EnumSource
	void parallelToolsRunOnceEachAndTheAnswerFollows(Wire wire) {
		this.routes.provider("first", wire).answers(ToolLoopTests::timesOfTwoCities);

		String answer = client(Policies.standard(), "first/a").prompt("What time is it?")
			.tools(this.clocks)
			.call()
			.content();

		assertThat(answer).isEqualTo("It is noon in Oslo and noon in Rome.");
		assertThat(this.clocks.asked).containsExactlyInAnyOrder("Oslo", "Rome");
	}

	@ParameterizedTest
	@EnumSource
	void streamedToolsRunOnceEachAndTheAnswerFollows(Wire wire) {
		this.routes.provider("first", wire).answers(ToolLoopTests::timesOfTwoCities);

		List<String> answer = client(Policies.standard(), "first/a").prompt("What time is it?")
			.tools(this.clocks)
			.stream()
			.content()
			.collectList()
			.block();

		assertThat(String.join("", answer)).isEqualTo("It is noon in Oslo and noon in Rome.");
		assertThat(this.clocks.asked).containsExactlyInAnyOrder("Oslo", "Rome");
	}

	@ParameterizedTest
	@MethodSource("moves")
	void whenTheTargetFailsInTheMiddleOfALoopAnotherGoesOnAndNoToolRunsAgain(Wire from, Wire to, boolean streamed) {
		SimulatedProvider first = this.routes.provider("first", from);
		first.answers((request) -> {
			first.fails(Fault.serverError());
			return timesOfTwoCities(request);
		});
		this.routes.provider("second", to).answers(ToolLoopTests::timesOfTwoCities);
		ChatClient client = client(Policies.fast(), "first/a", "second/b");

		String answer = streamed
				? String.join("",
						client.prompt("What time is it?").tools(this.clocks).stream().content().collectList().block())
				: client.prompt("What time is it?").tools(this.clocks).call().content();

		assertThat(answer).isEqualTo("It is noon in Oslo and noon in Rome.");
		assertThat(this.clocks.asked).containsExactlyInAnyOrder("Oslo", "Rome");
		assertThat(this.routes.records()).extracting(CallRecord::answeredBy)
			.extracting(Object::toString)
			.containsExactly("first/a", "second/b");
	}

	@ParameterizedTest
	@EnumSource
	void aLoopStaysWithTheTargetThatBeganItWhileThatWorks(Wire wire) {
		SimulatedProvider first = this.routes.provider("first", wire);
		first.answers(ToolLoopTests::timesOfTwoCities).fails(Fault.serverError().times(1));
		this.routes.provider("second", Wire.OPENAI).answers(ToolLoopTests::timesOfTwoCities);

		String answer = client(Policies.fast(), "first/a", "second/b").prompt("What time is it?")
			.tools(this.clocks)
			.call()
			.content();

		assertThat(answer).isEqualTo("It is noon in Oslo and noon in Rome.");
		assertThat(this.routes.records()).extracting(CallRecord::answeredBy)
			.extracting(Object::toString)
			.containsExactly("second/b", "second/b");
	}

	static Stream<Arguments> moves() {
		return Stream.of(Wire.values())
			.flatMap((from) -> Stream.of(Wire.values())
				.flatMap((to) -> Stream.of(Arguments.of(from, to, false), Arguments.of(from, to, true))));
	}

	private ChatClient client(FallbackPolicy policy, String... targets) {
		return this.routes.route("tools", policy, targets).client("tools");
	}

	private static Answer timesOfTwoCities(ChatRequest request) {
		if (request.lastMessage().toolResults().isEmpty()) {
			return Answer.toolCalls(ToolCall.of("timeIn", "{\"city\":\"Oslo\"}"),
					ToolCall.of("timeIn", "{\"city\":\"Rome\"}"));
		}
		return Answer.text("It is noon in Oslo and noon in Rome.");
	}

	static class Clocks {

		private final List<String> asked = new CopyOnWriteArrayList<>();

		@Tool(description = "Tells the time in a city")
		String timeIn(String city) {
			this.asked.add(city);
			return "noon";
		}

	}

}
