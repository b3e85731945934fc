package dev.switchboard.docs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import dev.switchboard.docs.Document.Block;
import dev.switchboard.sample.DemoTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guides lead from a gateway without keys to one with keys that are made and changed
 * by scripts. It is a gateway of its own, as others are not to ask for keys.
 */
@DemoTest
@TestPropertySource(properties = "switchboard.store.refresh=1s")
class AdminExamplesTests {

	@LocalServerPort
	private int port;

	private final HttpClient client = HttpClient.newHttpClient();

	private String key = "none-yet";

	@Test
	void whoFollowsTheGuidesGetsThere() throws Exception {
		for (Curl curl : curls("docs/gateway-security.md")) {
			HttpResponse<String> response = send(curl);
			if (curl.toString().contains("keys/root")) {
				this.key = JsonMapper.shared().readTree(response.body()).get("key").asString();
			}
		}
		assertThat(this.key).startsWith("sk-switchboard-");
		send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/switchboard/admin/teams/search"))
			.header("Content-Type", "application/json")
			.header("Authorization", "Bearer " + this.key)
			.PUT(BodyPublishers.ofString("{}"))
			.build());
		List<Curl> curls = curls("docs/admin-api.md");
		assertThat(curls).hasSize(7);
		for (Curl curl : curls) {
			send(curl);
		}
	}

	private static List<Curl> curls(String path) {
		return Document.of(path).blocks("bash").stream().flatMap((block) -> Curl.in(filled(block)).stream()).toList();
	}

	/** What a reader has in his variables. */
	private static Block filled(Block block) {
		List<String> lines = block.lines()
			.stream()
			.map((line) -> line.replace("$GATEWAY", "http://localhost:8080")
				.replace("http://127.0.0.1:8080", "http://localhost:8080")
				.replace("$ADMIN", "Authorization: Bearer KEY")
				.replace("| jq -r .key", ""))
			.toList();
		return new Block(block.document(), block.line(), block.language(), lines);
	}

	private HttpResponse<String> send(Curl curl) throws IOException, InterruptedException {
		List<String> words = curl.words()
			.stream()
			.map((word) -> word.replace("Bearer KEY", "Bearer " + this.key))
			.toList();
		HttpResponse<String> response = send(new Curl(curl.block(), words, curl.status()).request(this.port));
		assertThat(response.statusCode()).as(curl + "\n" + response.body()).isBetween(200, 201);
		return response;
	}

	private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return this.client.send(request, BodyHandlers.ofString());
	}

}
