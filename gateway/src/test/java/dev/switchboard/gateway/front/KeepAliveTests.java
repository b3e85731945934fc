package dev.switchboard.gateway.front;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import dev.switchboard.call.CallOutcome;
import dev.switchboard.gateway.RawCaller;
import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.fault.Fault;
import dev.switchboard.simulator.test.SimulatorAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams that say that they are alive while they have nothing else to say. */
@Isolated("it measures silence")
class KeepAliveTests {

	private static final Duration SILENCE = Duration.ofMillis(150);

	private static final String COMMENT = ": keep-alive";

	private static final String PING = "event: ping\ndata: {\"type\":\"ping\"}";

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("spring.main.sources=" + Quick.class.getName(),
				"switchboard.routes.openai.targets=openai/gpt-5.4-mini",
				"switchboard.routes.anthropic.targets=anthropic/claude-sonnet-4-6");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	@ParameterizedTest
	@CsvSource({ "/v1/chat/completions,openai", "/v1/chat/completions,anthropic", "/v1/responses,openai",
			"/v1/responses,anthropic", "/anthropic/v1/messages,openai", "/anthropic/v1/messages,anthropic" })
	void aSilentStreamIsKeptOpenBetweenItsEvents(String path, String route) {
		gateway.provider(route)
			.answers(Answer.text("One two three.").inChunksOf(8))
			.fails(Fault.drip(SILENCE.multipliedBy(4)));

		List<String> blocks = ask(path, route);

		String keepAlive = path.startsWith("/anthropic") ? PING : COMMENT;
		assertThat(blocks).filteredOn(keepAlive::equals).hasSizeGreaterThanOrEqualTo(2);
		assertThat(blocks).allMatch((block) -> block.equals(keepAlive) || isEvent(block));
		assertThat(blocks.get(0)).isNotEqualTo(keepAlive);
		assertThat(blocks.get(blocks.size() - 1)).isNotEqualTo(keepAlive);
		assertThat(String.join("", blocks)).contains("One", "three");
	}

	@ParameterizedTest
	@CsvSource({ "/v1/chat/completions,openai", "/v1/chat/completions,anthropic" })
	void whereNothingWasSentYetNothingIs(String path, String route) {
		gateway.provider(route).answers("Hello.").fails(Fault.slowFirstToken(SILENCE.multipliedBy(5)));

		assertThat(ask(path, route).get(0)).startsWith("data: ");
	}

	@Test
	void whoSpeaksOftenEnoughNeedsNoKeepAlive() {
		int words = 100;
		gateway.provider("openai")
			.answers(Answer.text("word ".repeat(words)).inChunksOf(5))
			.fails(Fault.drip(SILENCE.dividedBy(10)));

		// By the clock alone there would be ten; a busy machine may itself be silent.
		assertThat(ask("/v1/chat/completions", "openai")).hasSizeGreaterThan(words)
			.filteredOn(COMMENT::equals)
			.hasSizeLessThan(5);
	}

	@ParameterizedTest
	@CsvSource({ "/v1/chat/completions,openai", "/v1/chat/completions,anthropic" })
	void whoCannotBeToldThatTheStreamLivesHasLeft(String path, String route) {
		gateway.provider(route)
			.answers(Answer.text("One two three four five six seven.").inChunksOf(4))
			.fails(Fault.stallAfterTokens(3));

		try (RawCaller caller = new RawCaller(gateway.port())) {
			caller.send(RawCaller.post(path, request(route)));
			assertThat(caller.readUntil("One")).contains("200");
		}

		SimulatorAssertions.assertThat(gateway.provider(route)).within(Duration.ofSeconds(30)).wasAborted();
		assertThat(gateway.onlyRecord().outcome()).isInstanceOf(CallOutcome.Cancelled.class);
		assertThat(gateway.context().getBean(OpenCalls.class).count()).isZero();
	}

	private static boolean isEvent(String block) {
		return block.lines().allMatch((line) -> line.startsWith("event: ") || line.startsWith("data: "));
	}

	private static List<String> ask(String path, String route) {
		HttpResponse<String> response = gateway.post(path, request(route));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return List.of(response.body().split("\n\n"));
	}

	private static String request(String route) {
		return "{\"model\":\"" + route + "\",\"stream\":true,\"max_tokens\":99,\"input\":\"hi\","
				+ "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
	}

	/** Streams that are soon thought to be silent, of callers who are not watched. */
	@Configuration(proxyBeanMethods = false)
	static class Quick {

		@Bean
		KeepAlives keepAlives() {
			return new KeepAlives(SILENCE);
		}

		@Bean
		DisconnectWatch disconnects() {
			return DisconnectWatch.NONE;
		}

	}

}
