package dev.switchboard.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.switchboard.route.Wire;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RawConnectionsTests {

	private Providers providers;

	private RawConnections connections;

	@BeforeEach
	void start() {
		this.providers = new Providers();
		this.connections = new RawConnections(
				ProviderSettings.of("openai", Wire.OPENAI, this.providers.url(Wire.OPENAI), Secret.of(Providers.KEY)),
				Map.of("Authorization", "Bearer " + Providers.KEY), System::nanoTime);
	}

	@AfterEach
	void stop() {
		this.connections.close();
		this.providers.close();
	}

	@Test
	void whenAStreamHasSaidEverythingThenTheNextOneHasItsConnection() throws IOException {
		for (int i = 0; i < 3; i++) {
			RawAnswer answer = stream();
			assertThat(readToMarker(answer)).endsWith("data: [DONE]\n\n");
			answer.finish();
			assertThat(this.connections.openConnections()).isEqualTo(1);
		}
	}

	@Test
	void whenAStreamIsClosedEarlyThenItsConnectionIsNotUsedAgain() throws IOException {
		try (RawAnswer answer = stream()) {
			assertThat(answer.body().read()).isNotEqualTo(-1);
		}
		assertThat(this.connections.openConnections()).isZero();
	}

	@Test
	void whenTheEndOfAFinishedStreamDoesNotComeThenItIsNotWaitedFor() throws IOException {
		this.providers.of(Wire.OPENAI).fails(Fault.stallAfterTokens(1));
		RawAnswer answer = stream();
		assertThat(answer.body().read()).isNotEqualTo(-1);
		answer.finish();
		assertThat(this.connections.openConnections()).isZero();
	}

	private RawAnswer stream() throws IOException {
		byte[] json = "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
			.getBytes(StandardCharsets.UTF_8);
		return this.connections.send(RawRequest.post("/chat/completions", List.of(), json));
	}

	private static String readToMarker(RawAnswer answer) throws IOException {
		StringBuilder text = new StringBuilder();
		int next;
		while (!text.toString().endsWith("[DONE]\n\n") && (next = answer.body().read()) != -1) {
			text.append((char) next);
		}
		return text.toString();
	}

}
