package dev.switchboard.docs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.switchboard.docs.Document.Block;
import dev.switchboard.gateway.front.FrontDoors;
import dev.switchboard.sample.DemoTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What README and guides show of the gateway is what the demo does.
 */
@DemoTest
class GatewayExamplesTests {

	private static final Document GATEWAY = Document.of("docs/gateway.md");

	@LocalServerPort
	private int port;

	private final HttpClient client = HttpClient.newHttpClient();

	@BeforeEach
	void allIsWell() throws Exception {
		send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/reset"))
			.POST(BodyPublishers.noBody())
			.build());
	}

	static List<Document> documents() {
		return Document.all().stream().filter((document) -> !Curl.in(document).isEmpty()).toList();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void everyCallEndsAsTheGuideSays(Document document) throws Exception {
		for (Curl curl : Curl.in(document)) {
			HttpResponse<String> response = send(curl.request(this.port));
			assertThat(response.statusCode()).as(curl + "\n" + response.body()).isEqualTo(curl.status());
			assertThat(response.body()).as(curl.toString()).isNotBlank();
		}
	}

	@Test
	void theReadmeAndTheGuidesCallTheGateway() {
		assertThat(documents()).extracting(Document::toString)
			.contains("README.md", "docs/gateway.md", "docs/client-tools.md", "docs/passthrough.md",
					"docs/evaluation-playbook.md");
	}

	@Test
	void everyEndpointIsListed(@Autowired FrontDoors doors) {
		List<String> listed = column(GATEWAY.table("| Endpoint | |"), 0).stream()
			.flatMap((cell) -> Arrays.stream(cell.replace("`", "").split(", ")))
			.map((endpoint) -> endpoint.split(" ")[1])
			.toList();

		assertThat(listed).containsExactlyInAnyOrderElementsOf(doors.handlers().keySet());
	}

	@Test
	void everyHeaderIsListed() throws Exception {
		HttpResponse<String> response = send(Curl.in(Document.of("README.md")).get(0).request(this.port));
		Set<String> headers = new LinkedHashSet<>();
		response.headers().map().keySet().forEach((name) -> headers.add(name.toLowerCase(Locale.ROOT)));
		headers.removeIf((name) -> !name.startsWith("x-switchboard-"));
		// Told only where budgets or limits have something to say, which BudgetTests and
		// LimitTests of the gateway hold.
		headers.addAll(List.of("x-switchboard-budget", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset",
				"ratelimit-policy"));

		assertThat(column(GATEWAY.table("| Header of the answer"), 0).stream()
			.map((name) -> name.replace("`", "").toLowerCase(Locale.ROOT)))
			.containsExactlyInAnyOrderElementsOf(headers);
	}

	@Test
	void errorsLookAsShown() throws Exception {
		List<String> shown = GATEWAY.blocks("json").stream().map(Block::text).map(String::strip).toList();

		assertThat(List.of(unknownRoute("/v1/chat/completions"), unknownRoute("/anthropic/v1/messages")))
			.containsExactlyElementsOf(shown.stream().map(GatewayExamplesTests::comparable).toList());
	}

	private String unknownRoute(String path) throws Exception {
		HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"model\": \"suport\", \"messages\": []}"))
			.build());
		return comparable(response.body());
	}

	private static String comparable(String json) {
		return json.replaceAll("[0-9a-f]{16}", "…").replace("\": ", "\":").replace(", \"", ",\"");
	}

	private static List<String> column(List<List<String>> rows, int index) {
		return rows.stream().map((row) -> row.get(index)).toList();
	}

	private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return this.client.send(request, BodyHandlers.ofString());
	}

}
