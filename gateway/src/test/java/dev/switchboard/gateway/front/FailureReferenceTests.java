package dev.switchboard.gateway.front;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the guide to failures says that a caller sees and is charged is so, for the faults
 * that the simulator has, where no other target helps out.
 */
class FailureReferenceTests {

	private static RunningGateway gateway;

	private static List<List<String>> rows;

	@BeforeAll
	static void start() throws IOException {
		gateway = RunningGateway.start("switchboard.routes.one.targets=openai/gpt-5.4-mini");
		rows = Files.readString(Path.of("../docs/failure-modes.md"))
			.lines()
			.dropWhile((line) -> !line.startsWith("| What happens | What the gateway does |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.map((line) -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
			.toList();
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	static List<Arguments> faults() {
		return List.of(Arguments.of("it is down", Fault.resetBeforeHeaders()),
				Arguments.of("it answers 500", Fault.serverError()), Arguments.of("it answers 500", Fault.overloaded()),
				Arguments.of("it answers 429 with more", Fault.rateLimited().retryAfter(Duration.ofSeconds(30))),
				Arguments.of("its quota", Fault.quotaExhausted()),
				Arguments.of("it refuses our credential", Fault.unauthorized()),
				Arguments.of("it answers with garbage", Fault.garbage()),
				Arguments.of("it answers with garbage", Fault.emptyAnswer()),
				Arguments.of("it finds the request wrong", Fault.invalidRequest()),
				Arguments.of("the request is too long", Fault.contextWindowExceeded()),
				Arguments.of("it refuses the content", Fault.contentFiltered()));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void theCallerSeesWhatTheGuideSays(String row, Fault fault) {
		gateway.provider("openai").fails(fault);

		HttpResponse<String> response = gateway.post("/v1/chat/completions",
				"{\"model\":\"one\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

		List<String> said = row(row);
		assertThat(said.get(2)).as(response.body()).startsWith(Integer.toString(response.statusCode()));
		String code = RunningGateway.json(response).at("/error/code").asString("");
		if (said.get(2).contains("`") && response.statusCode() != 200) {
			assertThat(said.get(2)).contains("`" + code + "`");
		}
		if (said.get(2).contains("with `Retry-After`")) {
			assertThat(response.headers().firstValue("Retry-After")).isPresent();
		}
		if (said.get(3).equals("nothing")) {
			assertThat(response.headers().firstValue("X-Switchboard-Cost")).hasValue("0");
		}
	}

	private static List<String> row(String beginning) {
		return rows.stream()
			.filter((row) -> row.get(0).startsWith(beginning))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No row begins with " + beginning));
	}

}
