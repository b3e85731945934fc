package dev.switchboard.simulator.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static dev.switchboard.simulator.test.SimulatorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Simulated providers as parameters of tests.
 */
@SwitchboardSimulator
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SwitchboardSimulatorTests {

	@Test
	@Order(1)
	void aProviderIsNamedByItsParameter(SimulatedProvider openai, @Provider("my-vllm") SimulatedProvider other)
			throws Exception {
		assertThat(openai.name()).isEqualTo("openai");
		assertThat(other.name()).isEqualTo("my-vllm");
		openai.fails(Fault.rateLimited());
		assertThat(status(openai.baseUrl(SimulatedWire.OPENAI))).isEqualTo(429);
		assertThat(openai).received(1);
		assertThat(other).wasNeverCalled();
	}

	@Test
	@Order(2)
	void nothingIsLeftOfTheTestBefore(SimulatedProvider openai) throws Exception {
		assertThat(openai).wasNeverCalled();
		assertThat(status(openai.baseUrl(SimulatedWire.OPENAI))).isEqualTo(400);
	}

	private static int status(String url) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/chat/completions"))
			.POST(HttpRequest.BodyPublishers.ofString("{}"))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

	@Nested
	class NestedTests {

		@Test
		void aNestedClassHasTheSameSimulator(Simulator shared) {
			assertThat(shared.requests()).isEmpty();
			assertThat(shared.url()).startsWith("http://127.0.0.1:");
		}

	}

}
