package dev.switchboard.gateway.front;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import dev.switchboard.cost.ModelId;
import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.observation.KnownModels;
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
				"switchboard.gateway.keys.ours.models=*", "switchboard.gateway.keys.none.hash={noop}no-key");
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
	void theKeyOfAGoogleClientIsOursAndStaysHere() {
		gateway.provider("openai").answers("Hello.");

		HttpResponse<String> response = gateway.post("/passthrough/openai/v1/chat/completions?key=our-key&x=y", BODY,
				"x-goog-api-key", "our-key");

		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(gateway.provider("openai").requests().get(0).toString()).doesNotContain("our-key");
		assertThat(gateway.provider("openai").requests().get(0).headers().toString()).doesNotContain("our-key");
	}

	@Test
	void aModelThatNobodyKnowsIsNotNamedInMetrics() {
		gateway.provider("openai").answers("Hello.");

		gateway.post("/passthrough/openai/v1/chat/completions", BODY.replace("gpt-5.4-mini", "made-up"), "x-api-key",
				"our-key");
		assertThat(gateway.onlyRecord().attempts().get(0).target()).hasToString("openai/made-up");

		KnownModels known = gateway.context().getBean(KnownModels.class);
		assertThat(known.tag(ModelId.parse("openai/made-up"))).hasToString("openai/other");
		assertThat(known.tag(ModelId.parse("openai/gpt-5.4-mini"))).hasToString("openai/gpt-5.4-mini");
	}

	@Test
	void whoNamesAProviderThatIsNotInUseIsToldWhere() {
		HttpResponse<String> response = gateway.post("/v1/chat/completions",
				BODY.replace("gpt-5.4-mini", "nowhere/large"), "x-api-key", "our-key");

		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).contains("unknown_route", "no provider 'nowhere'", "switchboard.providers");
	}

	@Test
	void aMethodThatWouldSendTheCredentialBackIsToldAsAtTheFrontDoor() {
		HttpResponse<String> response = gateway.send(gateway.request("/passthrough/openai/v1/models")
			.header("x-api-key", "our-key")
			.method("TRACE", BodyPublishers.noBody())
			.build());

		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(RunningGateway.json(response).at("/error/code").asString()).isEqualTo("method_not_allowed");
		assertThat(gateway.provider("openai").requests()).isEmpty();
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
