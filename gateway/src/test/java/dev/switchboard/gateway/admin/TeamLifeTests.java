package dev.switchboard.gateway.admin;

import dev.switchboard.gateway.RunningGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class TeamLifeTests {

	private static RunningGateway gateway;

	private static Desk desk;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("switchboard.routes.one.targets=openai/gpt-5.4-mini",
				"switchboard.routes.two.targets=openai/gpt-5.4", "switchboard.gateway.keys.root.hash={noop}root-key",
				"switchboard.gateway.keys.root.admin=true", "switchboard.gateway.keys.ann.hash={noop}ann-key",
				"switchboard.gateway.keys.ann.team=configured");
		desk = new Desk(gateway, "root-key");
	}

	@AfterAll
	static void close() {
		gateway.close();
	}

	@Test
	void aTeamLimitsItsKeys() {
		JsonNode made = desk.ask(201, "PUT", "/teams/narrow", "{\"routes\":[\"two\"]}");
		assertThat(made.get("models").get(0).asString()).isEqualTo("*");
		String key = desk.make("narrow-one", "{\"team\":\"narrow\"}");
		assertThat(desk.call(key)).startsWith("404 unknown_route");

		JsonNode wide = desk.ask(200, "PUT", "/teams/narrow", "{}");
		assertThat(wide.get("keys").asInt()).isEqualTo(1);
		assertThat(desk.call(key)).isEmpty();
		assertThat(desk.ask(200, "PUT", "/teams/narrow", "{}").get("changed")).isEqualTo(wide.get("changed"));
	}

	@Test
	void theKeysOfABlockedTeamAreRefused() {
		desk.ask(201, "PUT", "/teams/banned", "{}");
		String key = desk.make("banned-one", "{\"team\":\"banned\"}");
		desk.post("/teams/banned/block");
		assertThat(desk.call(key)).startsWith("401 key_invalid").contains("a team that is blocked");
		assertThat(desk.get("/keys/banned-one").get("state").asString()).isEqualTo("team_blocked");
		assertThat(desk.send("GET", "/teams?blocked=true", null).body()).contains("\"name\":\"banned\"");
		assertThat(desk.send("GET", "/teams?blocked=false", null).body()).doesNotContain("\"name\":\"banned\"");
		desk.post("/teams/banned/unblock");
		assertThat(desk.call(key)).isEmpty();
	}

	@Test
	void aTeamLimitsAndBlocksKeysOfTheConfigurationToo() {
		assertThat(desk.call("ann-key")).isEmpty();
		desk.ask(201, "PUT", "/teams/configured", "{\"routes\":[\"two\"]}");
		assertThat(desk.call("ann-key")).startsWith("404 unknown_route");
		desk.post("/teams/configured/block");
		assertThat(desk.call("ann-key")).contains("a team that is blocked");
		assertThat(desk.ask(409, "DELETE", "/teams/configured", null).at("/error/code").asString())
			.isEqualTo("team_in_use");
	}

	@Test
	void aTeamIsRemovedWhenNobodyIsInIt() {
		desk.ask(201, "PUT", "/teams/leaving", "{}");
		desk.make("leaving-one", "{\"team\":\"leaving\"}");
		assertThat(desk.ask(409, "DELETE", "/teams/leaving", null).at("/error/code").asString())
			.isEqualTo("team_in_use");
		desk.ask(200, "PUT", "/keys/leaving-one", "{}");
		assertThat(desk.ask(200, "DELETE", "/teams/leaving", null).get("deleted").asBoolean()).isTrue();
		assertThat(desk.ask(200, "DELETE", "/teams/leaving", null).get("deleted").asBoolean()).isFalse();
		assertThat(desk.send("GET", "/teams/leaving", null).statusCode()).isEqualTo(404);
	}

}
