package dev.switchboard.gateway.admin;

import java.net.http.HttpResponse;

import dev.switchboard.gateway.RunningGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Targets of routes, budgets and limits that somebody sets over HTTP.
 */
class SettingLifeTests {

	private static RunningGateway gateway;

	private static Desk desk;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("switchboard.routes.one.targets=openai/gpt-5.4-mini",
				"switchboard.routes.two.targets=anthropic/claude-opus-4-7",
				"switchboard.routes.auto.rules[0].route=one", "switchboard.budgets.all.limit=100",
				"switchboard.budgets.all.per=month", "switchboard.limits.calm.requests=1000",
				"switchboard.gateway.keys.root.hash={noop}root-key", "switchboard.gateway.keys.root.admin=true",
				"switchboard.gateway.keys.ann.hash={noop}ann-key");
		desk = new Desk(gateway, "root-key");
	}

	@AfterAll
	static void close() {
		gateway.close();
	}

	private static String error(JsonNode answer) {
		return answer.at("/error/code").asString() + " " + answer.at("/error/param").asString() + " "
				+ answer.at("/error/message").asString();
	}

	@Test
	void aBudgetOfOneKeyStopsThatKeyAndNobodyElse() {
		assertThat(desk.call("ann-key")).isEmpty();
		JsonNode made = desk.ask(201, "PUT", "/budgets/ann-only",
				"{\"for\":{\"key\":\"ann\"},\"limit\":0.000001,\"per\":\"total\"}");
		assertThat(made.get("source").asString()).isEqualTo("database");
		assertThat(made.get("limit").asString()).startsWith("0.000001");
		assertThat(desk.call("ann-key")).startsWith("429 budget_exceeded").contains("ann-only");
		assertThat(desk.call("root-key")).isEmpty();

		desk.ask(200, "PUT", "/budgets/ann-only", "{\"for\":{\"key\":\"ann\"},\"limit\":\"5.50\",\"per\":\"total\"}");
		assertThat(desk.call("ann-key")).isEmpty();
		assertThat(desk.get("/budgets/ann-only").at("/accounts/0/holder").asString()).isEqualTo("key=ann");

		assertThat(desk.ask(200, "DELETE", "/budgets/ann-only", null).get("deleted").asBoolean()).isTrue();
		assertThat(desk.ask(200, "DELETE", "/budgets/ann-only", null).get("deleted").asBoolean()).isFalse();
		assertThat(desk.send("GET", "/budgets/ann-only", null).statusCode()).isEqualTo(404);
	}

	@Test
	void aConfiguredBudgetIsReplacedAndComesBack() {
		String larger = "{\"limit\":200,\"per\":\"month\",\"soft_limit\":\"50%\",\"zone\":\"Europe/Berlin\",\"on_limit\":\"warn\"}";
		desk.ask(201, "PUT", "/budgets/all", larger);
		assertThat(desk.ask(200, "PUT", "/budgets/all", larger).get("soft_limit").asString()).startsWith("100");
		assertThat(desk.get("/audit?name=all").get("entries")).as("the same again is no change").hasSize(1);
		desk.ask(200, "DELETE", "/budgets/all", null);
		JsonNode back = desk.get("/budgets/all");
		assertThat(back.get("source").asString()).isEqualTo("configuration");
		assertThat(back.get("on_limit").asString()).isEqualTo("refuse");
	}

	@Test
	void aLimitOfOneKeyStopsThatKeyAndNobodyElse() {
		desk.ask(201, "PUT", "/limits/ann-slow", "{\"for\":{\"key\":\"ann\"},\"requests\":1,\"per\":\"day\"}");
		assertThat(desk.call("ann-key")).isEmpty();
		assertThat(desk.call("ann-key")).startsWith("429 rate_limited").contains("ann-slow");
		assertThat(desk.call("root-key")).isEmpty();
		assertThat(desk.get("/limits").at("/limits")).hasSize(2);
		desk.ask(200, "DELETE", "/limits/ann-slow", null);
		assertThat(desk.call("ann-key")).isEmpty();
		assertThat(desk.get("/limits/calm").get("source").asString()).isEqualTo("configuration");
	}

	@Test
	void aRouteGetsOtherTargetsAndItsOwnBack() {
		assertThat(target()).isEqualTo("openai/gpt-5.4-mini");
		JsonNode set = desk.ask(201, "PUT", "/routes/one", "{\"targets\":[\"anthropic/claude-opus-4-7\"]}");
		assertThat(set.get("source").asString()).isEqualTo("database");
		assertThat(target()).isEqualTo("anthropic/claude-opus-4-7");
		desk.ask(200, "DELETE", "/routes/one", null);
		assertThat(target()).isEqualTo("openai/gpt-5.4-mini");
		assertThat(desk.get("/routes").get("routes")).hasSize(3);
		assertThat(desk.get("/routes/auto").get("targets").isNull()).as("picks by rules").isTrue();
		assertThat(error(desk.ask(404, "PUT", "/routes/three", "{\"targets\":[\"openai/gpt-5.4\"]}")))
			.startsWith("unknown_route");
		assertThat(error(desk.ask(400, "PUT", "/routes/one", "{\"targets\":[\"opnai/gpt-5.4\"]}")))
			.startsWith("invalid_request targets[0]")
			.contains("did you mean 'openai'");
		assertThat(error(desk.ask(400, "PUT", "/routes/one", "{\"targets\":\"openai/gpt-5.4\"}")))
			.startsWith("invalid_request targets");
		assertThat(error(desk.ask(400, "PUT", "/routes/auto", "{\"targets\":[\"openai/gpt-5.4\"]}")))
			.contains("picks a route by rules");
	}

	private static String target() {
		HttpResponse<String> response = gateway.post("/v1/chat/completions",
				"{\"model\":\"one\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", "x-api-key", "root-key");
		return response.headers().firstValue("X-Switchboard-Target").orElse("");
	}

	@Test
	void mistakesAreToldInTheWordsOfTheRequest() {
		String three = error(desk.ask(400, "PUT", "/budgets/wrong",
				"{\"for\":{\"route\":\"onne\"},\"limit\":-5,\"per\":\"day\",\"soft_limit\":\"much\"}"));
		assertThat(three).startsWith("invalid_request")
			.contains("'limit'")
			.contains("'for.route'")
			.contains("did you mean 'one'");
		assertThat(error(desk.ask(400, "PUT", "/budgets/wrong", "{\"limits\":5}")))
			.startsWith("invalid_request limits");
		assertThat(error(desk.ask(400, "PUT", "/budgets/wrong", "{\"for\":{\"keys\":\"x\"},\"limit\":5}")))
			.startsWith("invalid_request for.keys");
		assertThat(error(desk.ask(400, "PUT", "/budgets/wrong", "{\"limit\":[\"5\"],\"per\":\"day\"}")))
			.startsWith("invalid_request limit");
		assertThat(error(desk.ask(400, "PUT", "/budgets/wrong", "{\"limit\":5,\"per\":\"fortnight\"}")))
			.startsWith("invalid_request per")
			.contains("day, week, month, total");
		assertThat(error(desk.ask(400, "PUT", "/budgets/anonymous", "{\"limit\":5,\"per\":\"day\"}")))
			.startsWith("invalid_request name");
		assertThat(error(desk.ask(400, "PUT", "/limits/wrong", "{\"for\":{\"provider\":\"openai\"},\"requests\":5}")))
			.startsWith("invalid_request for.provider");
		assertThat(desk.send("GET", "/budgets/wrong", null).statusCode()).isEqualTo(404);
	}

	@Test
	void onlyThoseWhoRunTheGatewaySetAnything() {
		Desk ann = new Desk(gateway, "ann-key");
		assertThat(ann.send("PUT", "/budgets/mine", "{\"limit\":5,\"per\":\"day\"}").statusCode()).isEqualTo(403);
		assertThat(ann.send("GET", "/limits", null).statusCode()).isEqualTo(403);
		assertThat(new Desk(gateway, null).send("GET", "/routes", null).statusCode()).isEqualTo(401);
	}

}
