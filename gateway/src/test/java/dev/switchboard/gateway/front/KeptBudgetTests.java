package dev.switchboard.gateway.front;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Budgets that outlive the gateway, or its database.
 */
class KeptBudgetTests {

	private static final String[] ADMIN = { "x-api-key", "root-key" };

	@TempDir
	Path folder;

	@Test
	void aKeyThatHasSpentItsCentStaysStoppedAfterARestart() {
		String path = "switchboard.store.path=" + this.folder;
		try (RunningGateway gateway = start(path)) {
			gateway.provider("openai").answers((request) -> answer(400));
			assertThat(ask(gateway, "/v1/chat/completions").statusCode()).isEqualTo(200);
			assertThat(ask(gateway, "/v1/chat/completions").statusCode()).isEqualTo(200);
			await().untilAsserted(() -> assertThat(account(gateway).path("spent").asString()).isEqualTo("0.008"));
			HttpResponse<String> refused = ask(gateway, "/v1/chat/completions");
			assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
		}
		try (RunningGateway gateway = start(path)) {
			HttpResponse<String> refused = ask(gateway, "/v1/chat/completions");
			assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
			assertThat(RunningGateway.json(refused).at("/error/code").asString()).isEqualTo("budget_exceeded");
			assertThat(gateway.provider("openai").requestCount()).isZero();

			JsonNode budget = budgets(gateway).at("/budgets/0");
			assertThat(budget.path("name").asString()).isEqualTo("cent");
			assertThat(budget.at("/for/key").asString()).isEqualTo("*");
			assertThat(budget.path("limit").asString()).isEqualTo("0.01");
			assertThat(budget.path("soft_limit").asString()).isEqualTo("0.005");
			assertThat(budget.path("per").asString()).isEqualTo("day");
			assertThat(budget.path("on_limit").asString()).isEqualTo("refuse");
			JsonNode account = account(gateway);
			assertThat(account.path("holder").asString()).isEqualTo("key=ann");
			assertThat(account.path("spent").asString()).isEqualTo("0.008");
			assertThat(account.path("reserved").asString()).isEqualTo("0");
			assertThat(account.path("left").asString()).isEqualTo("0.002");
			assertThat(account.path("effect").asString()).isEqualTo("soft-limit");
			assertThat(account.path("resets_at").asString()).endsWith("T00:00:00Z");
		}
	}

	@Test
	void onlyThoseWhoRunTheGatewaySeeTheBudgets() {
		try (RunningGateway gateway = start()) {
			assertThat(gateway.get("/switchboard/admin/budgets", "x-api-key", "ann-key").statusCode()).isEqualTo(403);
			assertThat(gateway.get("/switchboard/admin/budgets?budget=cent", ADMIN).statusCode()).isEqualTo(400);
		}
	}

	@Test
	void whileNobodyCanTellCallersAreToldToTryAgainSoon() {
		try (RunningGateway gateway = start("switchboard.store.url=jdbc:postgresql://127.0.0.1:1/none",
				"switchboard.ledger.journal.path=" + this.folder.resolve("journal"),
				"switchboard.store.budgets.on-outage=fail-closed", "switchboard.gateway.keys.ann.passthrough=openai")) {
			for (String path : List.of("/v1/chat/completions", "/v1/responses", "/anthropic/v1/messages",
					"/passthrough/openai/v1/chat/completions")) {
				HttpResponse<String> refused = ask(gateway, path);
				assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
				assertThat(refused.body()).contains("\"budget_unavailable\"", "\"cent\"");
				assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
				assertThat(refused.headers().firstValue("X-Switchboard-Budget")).isEmpty();
			}
			assertThat(gateway.provider("openai").requestCount()).isZero();
		}
	}

	private static RunningGateway start(String... more) {
		List<String> properties = new ArrayList<>(List.of("switchboard.routes.dear.targets=openai/gpt-5.4-mini",
				"switchboard.budgets.cent.for.key=*", "switchboard.budgets.cent.limit=0.01",
				"switchboard.budgets.cent.per=day", "switchboard.budgets.cent.soft-limit=50%",
				"switchboard.catalog.models[0].model=openai/gpt-5.4-mini",
				"switchboard.catalog.models[0].price.input=0", "switchboard.catalog.models[0].price.output=10",
				"switchboard.gateway.keys.ann.hash={noop}ann-key", "switchboard.gateway.keys.root.hash={noop}root-key",
				"switchboard.gateway.keys.root.admin=true"));
		properties.addAll(Arrays.asList(more));
		return RunningGateway.start(properties.toArray(String[]::new));
	}

	private static HttpResponse<String> ask(RunningGateway gateway, String path) {
		String body = path.endsWith("responses") ? "{\"model\":\"dear\",\"max_output_tokens\":400,\"input\":\"Hi\"}"
				: "{\"model\":\"" + (path.startsWith("/passthrough") ? "gpt-5.4-mini" : "dear")
						+ "\",\"max_tokens\":400,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
		return gateway.post(path, body, "x-api-key", "ann-key");
	}

	private static JsonNode budgets(RunningGateway gateway) {
		HttpResponse<String> response = gateway.get("/switchboard/admin/budgets", ADMIN);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return RunningGateway.json(response);
	}

	private static JsonNode account(RunningGateway gateway) {
		return budgets(gateway).at("/budgets/0/accounts/0");
	}

	private static Answer answer(int tokens) {
		return Answer.text("An answer").withUsage(Usage.of(5, tokens));
	}

}
