package dev.switchboard.gateway.admin;

import java.net.http.HttpResponse;
import java.nio.file.Path;

import dev.switchboard.gateway.RunningGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From a gateway without keys to one that asks for them, and that nobody is shut out.
 */
@ExtendWith(OutputCaptureExtension.class)
class FirstKeyTests {

	private static final String ADMIN = "{\"admin\":true}";

	private static RunningGateway start(String... properties) {
		String[] all = new String[properties.length + 1];
		all[0] = "switchboard.routes.one.targets=openai/gpt-5.4-mini";
		System.arraycopy(properties, 0, all, 1, properties.length);
		return RunningGateway.start(all);
	}

	@Test
	void theFirstKeyIsMadeFromTheMachineItself(@TempDir Path folder, CapturedOutput output) {
		String root;
		String store = "switchboard.store.path=" + folder;
		try (RunningGateway gateway = start(store)) {
			assertThat(output).contains("answers callers on this machine only, as there is no key");
			Desk local = new Desk(gateway, null);
			assertThat(local.call("anything")).isEmpty();

			HttpResponse<String> shutOut = local.send("PUT", "/keys/ci", "{}");
			assertThat(shutOut.statusCode()).isEqualTo(409);
			assertThat(shutOut.body()).contains("last_admin_key").contains("'?force=true'");
			assertThat(local.ask(201, "PUT", "/teams/search", "{}").get("name").asString()).isEqualTo("search");

			root = local.make("root", ADMIN);
			assertThat(local.send("GET", "/keys", null).statusCode()).isEqualTo(401);
			assertThat(local.send("PUT", "/keys/other", ADMIN).body()).contains("key_required");
			assertThat(local.call("anything")).startsWith("401 key_invalid");
			Desk desk = new Desk(gateway, root);
			assertThat(desk.get("/audit?name=root").at("/entries/0/who").asString()).isEqualTo("local");
			assertThat(desk.call(desk.make("ci", "{}"))).isEmpty();
		}
		int before = output.getAll().length();
		try (RunningGateway gateway = start(store)) {
			assertThat(output.getAll().substring(before)).doesNotContain("callers on this machine only");
			assertThat(new Desk(gateway, null).send("GET", "/keys", null).statusCode()).isEqualTo(401);
			assertThat(new Desk(gateway, root).get("/keys").get("keys")).hasSize(2);
		}
	}

	@Test
	void theLastWhoRunsTheGatewayIsNotShutOutByAccident() {
		try (RunningGateway gateway = start()) {
			Desk desk = new Desk(gateway, new Desk(gateway, null).make("root", ADMIN));
			desk.ask(201, "PUT", "/teams/platform", "{}");
			for (String change : new String[] { "DELETE /keys/root", "POST /keys/root/block", "POST /keys/root/expire",
					"PUT /keys/root" }) {
				String[] words = change.split(" ");
				assertThat(desk.ask(409, words[0], words[1], null).at("/error/code").asString()).as(change)
					.isEqualTo("last_admin_key");
			}
			desk.ask(200, "PUT", "/keys/root", "{\"admin\":true,\"team\":\"platform\"}");
			assertThat(desk.ask(409, "POST", "/teams/platform/block", null).at("/error/code").asString())
				.isEqualTo("last_admin_key");
			assertThat(desk.get("/keys/root").get("state").asString()).isEqualTo("active");
			assertThat(desk.get("/audit?name=root").get("entries")).hasSize(2);

			desk.make("second", ADMIN);
			desk.post("/keys/root/block");
			assertThat(desk.send("GET", "/keys", null).body()).contains("is blocked");
		}
	}

	@Test
	void whoInsistsIsLeftWithCallersOnThisMachine() {
		try (RunningGateway gateway = start()) {
			Desk local = new Desk(gateway, null);
			Desk desk = new Desk(gateway, local.make("root", ADMIN));
			desk.ask(200, "DELETE", "/keys/root?force=true", null);
			assertThat(local.get("/audit?name=root").at("/entries/1/details/force").asBoolean()).isTrue();
			assertThat(local.call("anything")).isEmpty();
		}
	}

	@Test
	void aKeyOfTheConfigurationRunsTheGatewayToo() {
		try (RunningGateway gateway = start("switchboard.gateway.keys.root.hash={noop}root-key",
				"switchboard.gateway.keys.root.admin=true")) {
			Desk desk = new Desk(gateway, "root-key");
			desk.make("second", ADMIN);
			assertThat(desk.ask(200, "DELETE", "/keys/second", null).get("deleted").asBoolean()).isTrue();
		}
	}

	@Test
	void aPageOfAnotherSiteChangesNothing() {
		try (RunningGateway gateway = start()) {
			Desk local = new Desk(gateway, null);
			local.ask(201, "PUT", "/teams/search", "{}");
			for (String origin : new String[] { "https://evil.example", "http://localhost:1", "null" }) {
				assertThat(local.send("POST", "/teams/search/block", null, "Origin", origin).statusCode()).as(origin)
					.isEqualTo(401);
			}
			assertThat(local.send("POST", "/teams/search/block", null, "Sec-Fetch-Site", "cross-site").statusCode())
				.isEqualTo(401);
			assertThat(local.get("/teams/search").get("blocked").asBoolean()).isFalse();
			assertThat(local.send("POST", "/teams/search/block", null, "Origin", gateway.url()).statusCode())
				.isEqualTo(200);
		}
	}

}
