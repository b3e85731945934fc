package dev.switchboard.gateway.front;

import java.net.http.HttpResponse;

import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.test.SimulatorAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way past the routes, in an application that is configured and nothing more.
 */
class PassthroughAccessTests {

	private static final String BODY = "{\"model\":\"gpt-5.4-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("switchboard.routes.one.targets=openai/gpt-5.4-mini,anthropic/claude-haiku-4-5",
				"switchboard.gateway.keys.ours.hash={noop}our-key", "switchboard.gateway.keys.ours.passthrough=openai",
				"switchboard.gateway.keys.none.hash={noop}no-key");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	@Test
	void theProvidersOwnApiAnswersWithOurCredentialAndIsBooked() {
		gateway.provider("openai").answers("Hello.");

		HttpResponse<String> response = gateway.post("/passthrough/openai/v1/chat/completions", BODY, "Authorization",
				"Bearer our-key", "X-Switchboard-Tags", "feature=native");

		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(response.body()).contains("Hello.");
		SimulatorAssertions.assertThat(gateway.provider("openai")).received(1);
		assertThat(gateway.provider("openai").requests().get(0).headers().toString()).doesNotContain("our-key");
		assertThat(gateway.onlyRecord().caller().name()).isEqualTo("ours");
		assertThat(gateway.onlyRecord().tags()).containsEntry("feature", "native");
		assertThat(gateway.onlyRecord().usage()).isNotNull();
		assertThat(gateway.onlyRecord().answeredBy()).hasToString("openai/gpt-5.4-mini");
		assertThat(gateway.context().getBean(OpenCalls.class).count()).isZero();
	}

	@Test
	void whatAKeyDoesNotAllowIsRefused() {
		assertThat(gateway.post("/passthrough/openai/v1/chat/completions", BODY, "x-api-key", "no-key").statusCode())
			.isEqualTo(403);
		assertThat(gateway.post("/passthrough/anthropic/v1/messages", BODY, "x-api-key", "our-key").statusCode())
			.isEqualTo(403);
		assertThat(gateway.post("/passthrough/openai/v1/chat/completions", BODY).statusCode()).isEqualTo(401);
		assertThat(gateway.records()).isEmpty();
	}

}
