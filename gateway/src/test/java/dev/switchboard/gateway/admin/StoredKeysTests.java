package dev.switchboard.gateway.admin;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.servers.CuttableWay;
import dev.switchboard.servers.PostgresDatabase;
import dev.switchboard.servers.PostgresServer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys that outlive a gateway, are shared by several, and are there while their database
 * is not.
 */
@ExtendWith(OutputCaptureExtension.class)
class StoredKeysTests {

	private static final String ROOT = "root-key";

	@TempDir
	Path folder;

	private RunningGateway start(String... store) {
		String[] all = new String[store.length + 5];
		all[0] = "switchboard.routes.one.targets=openai/gpt-5.4-mini";
		all[1] = "switchboard.gateway.keys.root.hash={noop}" + ROOT;
		all[2] = "switchboard.gateway.keys.root.admin=true";
		all[3] = "switchboard.store.refresh=100ms";
		all[4] = "logging.level.dev.switchboard.store=info";
		System.arraycopy(store, 0, all, 5, store.length);
		return RunningGateway.start(all);
	}

	private RunningGateway start(PostgresDatabase database) {
		return start("switchboard.store.url=" + database.url(), "switchboard.store.username=" + database.user(),
				"switchboard.store.password=" + database.password(), "switchboard.store.path=" + this.folder);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	@Test
	void whatWasMadeOutlivesTheGateway() {
		String store = "switchboard.store.path=" + this.folder;
		String good;
		String blocked;
		try (RunningGateway gateway = start(store)) {
			Desk desk = new Desk(gateway, ROOT);
			good = desk.make("good", "{}");
			blocked = desk.make("bad", "{}");
			desk.post("/keys/bad/block");
		}
		try (RunningGateway gateway = start(store)) {
			Desk desk = new Desk(gateway, ROOT);
			assertThat(desk.call(good)).isEmpty();
			assertThat(desk.call(blocked)).contains("is blocked");
			assertThat(desk.get("/audit").get("entries")).hasSize(3);
		}
	}

	@Test
	void aKeyOfTheDatabaseGivesWayToOneOfTheConfiguration(CapturedOutput output) {
		String store = "switchboard.store.path=" + this.folder;
		String stored;
		try (RunningGateway gateway = start(store)) {
			stored = new Desk(gateway, ROOT).make("twice", "{}");
		}
		try (RunningGateway gateway = start(store, "switchboard.gateway.keys.twice.hash={noop}twice-key")) {
			Desk desk = new Desk(gateway, ROOT);
			assertThat(desk.call("twice-key")).isEmpty();
			assertThat(desk.call(stored)).startsWith("401 key_invalid");
			assertThat(desk.get("/keys/twice").get("source").asString()).isEqualTo("configuration");
			assertThat(desk.get("/keys").get("keys")).hasSize(2);
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("are not let in"))).singleElement()
			.asString()
			.contains("WARN")
			.endsWith("names=[twice]");
	}

	@Test
	void anotherNodeKnowsANewKeyAfterAWhile() {
		PostgresDatabase database = PostgresServer.get().newDatabase();
		try (RunningGateway one = start(database); RunningGateway two = start(database)) {
			Desk desk = new Desk(one, ROOT);
			String key = desk.make("shared", "{}");
			assertThat(desk.call(key)).as("at once where it was made").isEmpty();
			await().until(() -> Desk.call(two, key).isEmpty());

			new Desk(two, ROOT).post("/keys/shared/block");
			assertThat(Desk.call(two, key)).contains("is blocked");
			await().until(() -> desk.call(key).contains("is blocked"));
			assertThat(desk.ask(200, "PUT", "/keys/shared", "{}").has("key")).isFalse();
		}
	}

	@Test
	void whileTheDatabaseIsAwayKnownKeysAreLetInAndNothingIsChanged() {
		PostgresServer server = PostgresServer.get();
		try (CuttableWay way = server.newWay(); RunningGateway gateway = start(server.newDatabase().through(way))) {
			Desk desk = new Desk(gateway, ROOT);
			String key = desk.make("known", "{}");
			way.cut();
			HttpResponse<String> refused = desk.send("PUT", "/keys/new", "{}");
			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(refused.body()).contains("database_unavailable");
			assertThat(refused.headers().firstValue("Retry-After")).isPresent();
			assertThat(desk.call(key)).isEmpty();
			assertThat(desk.call("sk-switchboard-x")).startsWith("401 key_invalid");
			way.mend();
			await().until(() -> desk.send("PUT", "/keys/new", "{}").statusCode() == 201);
		}
	}

	@Test
	void untilTheDatabaseWasReadOnceOnlyKeysOfTheConfigurationAreLetIn(CapturedOutput output) {
		PostgresServer server = PostgresServer.get();
		PostgresDatabase database = server.newDatabase();
		String key;
		try (RunningGateway gateway = start(database)) {
			key = new Desk(gateway, ROOT).make("known", "{}");
		}
		try (CuttableWay way = server.newWay()) {
			way.cut();
			try (RunningGateway gateway = start(database.through(way))) {
				Desk desk = new Desk(gateway, ROOT);
				assertThat(desk.call(ROOT)).isEmpty();
				HttpResponse<String> models = gateway.get("/v1/models", "x-api-key", key);
				assertThat(models.statusCode()).isEqualTo(503);
				assertThat(models.body()).contains("keys_unavailable").doesNotContain(key);
				assertThat(models.headers().firstValue("Retry-After")).hasValue("5");
				way.mend();
				await().until(() -> desk.call(key).isEmpty());
				await().until(() -> output.getAll().contains("Keys can be read from the database again"));
			}
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("Keys cannot be read"))).singleElement()
			.asString()
			.contains("WARN");
	}

}
