package dev.switchboard.simulator;

import java.net.http.HttpResponse;
import java.util.List;

import dev.switchboard.simulator.chat.SimulatedWire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a provider answers when all goes well, on every wire.
 */
class AnswersTests {

	private static Simulator simulator;

	private final SimulatedProvider provider = simulator.provider("acme");

	@BeforeAll
	static void start() {
		simulator = Simulator.start();
	}

	@AfterAll
	static void stop() {
		simulator.close();
	}

	@BeforeEach
	void reset() {
		simulator.reset();
	}

	@ParameterizedTest
	@EnumSource
	void whenNothingIsScriptedThenTheAnswerEchoes(SimulatedWire wire) throws Exception {
		WireClient client = new WireClient(this.provider, wire);
		HttpResponse<String> response = client.ask("good morning");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
		assertThat(client.text(response.body())).isEqualTo("acme/m says: good morning");
	}

	@ParameterizedTest
	@EnumSource
	void aStreamCarriesTheSameTextAsAWholeAnswer(SimulatedWire wire) throws Exception {
		WireClient client = new WireClient(this.provider, wire);
		this.provider.answers("Grüße, 世界 🌍! This is long enough for several chunks.");
		String whole = client.text(client.ask("hi").body());
		List<String> events = client.events("hi");
		assertThat(client.streamedText(events)).isEqualTo(whole)
			.isEqualTo("Grüße, 世界 🌍! This is long enough for several chunks.");
		assertThat(events).hasSizeGreaterThan(12);
	}

	@ParameterizedTest
	@EnumSource
	void answersOfAModelGoBeforeAnswersOfItsProvider(SimulatedWire wire) throws Exception {
		WireClient client = new WireClient(this.provider, wire);
		this.provider.answers("from the provider");
		this.provider.model("other").answers("from another model");
		assertThat(client.text(client.ask("hi").body())).isEqualTo("from the provider");
		this.provider.model("m").answers("first", "second");
		assertThat(client.text(client.ask("hi").body())).isEqualTo("first");
		assertThat(client.text(client.ask("hi").body())).isEqualTo("second");
		assertThat(client.text(client.ask("hi").body())).isEqualTo("second");
	}

}
