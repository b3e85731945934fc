package dev.switchboard.sample.nodes;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.switchboard.servers.PostgresDatabase;
import dev.switchboard.servers.PostgresServer;
import dev.switchboard.servers.RedisServer;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.chat.Usage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes agree on what was answered, what it cost, who may call and how often, also
 * when one of them is killed in the middle. A call costs a thousandth of a dollar.
 */
@Tag("long")
class ThreeNodesTests {

	private static final int BUDGETED_CALLS = 200;

	private static final int LIMITED_CALLS = 60;

	/** Callers of each key; so many calls may be lost with a node. */
	private static final int CALLERS = 4;

	private static final int FREE_CALLS_OF_EACH = 150;

	private static final int CALLS_BEFORE_THE_KILL = 200;

	@TempDir
	Path disks;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	/** The calls that were answered, by the key that made them. */
	private final Map<String, Queue<String>> answered = new ConcurrentHashMap<>();

	private final AtomicInteger lost = new AtomicInteger();

	@Test
	void threeNodesAgreeThoughOneIsKilled() throws Exception {
		PostgresDatabase database = PostgresServer.get().newDatabase();
		try (Simulator simulator = Simulator.start()) {
			SimulatedProvider provider = simulator.provider("openai");
			provider.answers((request) -> Answer.text("An answer").withUsage(Usage.of(5, 100)));
			List<String> properties = properties(provider, database);
			List<Node> nodes = new ArrayList<>();
			try {
				for (int i = 1; i <= 3; i++) {
					nodes.add(new Node(this.disks.resolve("node-" + i), properties));
				}
				String made = keyMadeOn(nodes.get(0));
				for (Node node : nodes) {
					Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isKnown(made, node));
				}
				limitAndBudget(nodes);
				loadAndKill(nodes, made);
				nodes.get(2).start();
				nodes.get(2).url();
				verify(nodes.get(0), database, provider);
			}
			finally {
				nodes.forEach(Node::close);
			}
		}
	}

	private static List<String> properties(SimulatedProvider provider, PostgresDatabase database) {
		List<String> properties = new ArrayList<>(List.of(
				"switchboard.providers.openai.base-url=" + provider.baseUrl(SimulatedWire.OPENAI),
				"switchboard.providers.openai.api-key=sk-test", "switchboard.routes.one.targets=openai/gpt-5.4-mini",
				"switchboard.catalog.models[0].model=openai/gpt-5.4-mini",
				"switchboard.catalog.models[0].price.input=0", "switchboard.catalog.models[0].price.output=10",
				"switchboard.store.url=" + database.url(), "switchboard.store.username=" + database.user(),
				"switchboard.store.password=" + database.password(), "switchboard.redis.url=" + RedisServer.get().url(),
				// Of a busy machine; without an answer a node would count for itself.
				"switchboard.redis.timeout=10s", "switchboard.gateway.keys.operator.hash={noop}operator-key",
				"switchboard.gateway.keys.operator.admin=true"));
		for (String key : List.of("free", "budgeted", "limited")) {
			properties.add("switchboard.gateway.keys." + key + ".hash={noop}" + key + "-key");
		}
		return properties;
	}

	/** A key that one node makes is known to all. */
	private String keyMadeOn(Node node) throws Exception {
		return put(node, "/switchboard/admin/keys/made", "{}").path("key").asString();
	}

	/** A budget that is set on one node and a limit on another hold on all. */
	private void limitAndBudget(List<Node> nodes) throws Exception {
		put(nodes.get(0), "/switchboard/admin/budgets/purse",
				"{\"for\":{\"key\":\"budgeted\"},\"limit\":0.2,\"per\":\"total\"}");
		put(nodes.get(1), "/switchboard/admin/limits/pace",
				"{\"for\":{\"key\":\"limited\"},\"requests\":" + LIMITED_CALLS + ",\"per\":\"day\"}");
		for (Node node : nodes) {
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> admin(node, "/switchboard/admin/budgets").toString().contains("\"purse\"")
						&& admin(node, "/switchboard/admin/limits").toString().contains("\"pace\""));
		}
	}

	private JsonNode put(Node node, String path, String json) throws IOException, InterruptedException {
		HttpResponse<String> created = this.client.send(HttpRequest.newBuilder(URI.create(node.url() + path))
			.header("x-api-key", "operator-key")
			.header("Content-Type", "application/json")
			.PUT(BodyPublishers.ofString(json))
			.build(), BodyHandlers.ofString());
		assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
		return JsonMapper.shared().readTree(created.body());
	}

	private boolean isKnown(String key, Node node) throws IOException, InterruptedException {
		return this.client
			.send(HttpRequest.newBuilder(URI.create(node.url() + "/v1/models")).header("x-api-key", key).build(),
					BodyHandlers.discarding())
			.statusCode() == 200;
	}

	private void loadAndKill(List<Node> nodes, String made) throws Exception {
		Map<String, String> keys = Map.of("free", "free-key", "budgeted", "budgeted-key", "limited", "limited-key",
				"made", made);
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			List<Future<?>> callers = new ArrayList<>();
			keys.forEach((name, key) -> {
				this.answered.put(name, new ConcurrentLinkedQueue<>());
				for (int i = 0; i < CALLERS; i++) {
					int first = i;
					callers.add(threads.submit(() -> {
						call(name, key, nodes, first);
						return null;
					}));
				}
			});
			Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> answers() >= CALLS_BEFORE_THE_KILL);
			nodes.get(2).kill();
			for (Future<?> caller : callers) {
				caller.get(3, TimeUnit.MINUTES);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private int answers() {
		return this.answered.values().stream().mapToInt(Queue::size).sum();
	}

	/** Calls one node after the other until it is refused, or had enough. */
	private void call(String name, String key, List<Node> nodes, int first) throws IOException, InterruptedException {
		int enough = (name.equals("free") || name.equals("made")) ? FREE_CALLS_OF_EACH : Integer.MAX_VALUE;
		for (int i = 0; i < enough; i++) {
			Node node = nodes.get((first + i) % nodes.size());
			try {
				HttpResponse<String> response = this.client
					.send(HttpRequest.newBuilder(URI.create(node.url() + "/v1/chat/completions"))
						.timeout(Duration.ofSeconds(60))
						.header("x-api-key", key)
						.header("Content-Type", "application/json")
						.POST(BodyPublishers.ofString("{\"model\":\"one\",\"max_tokens\":100,\"stream\":" + (i % 2 == 0)
								+ ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
						.build(), BodyHandlers.ofString());
				if (response.statusCode() == 429) {
					return;
				}
				assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
				this.answered.get(name).add(response.headers().firstValue("X-Switchboard-Call").orElseThrow());
			}
			catch (IOException ex) {
				this.lost.incrementAndGet();
			}
		}
	}

	private void verify(Node node, PostgresDatabase database, SimulatedProvider provider) throws Exception {
		List<String> all = this.answered.values().stream().flatMap(Queue::stream).toList();
		assertThat(all).doesNotHaveDuplicates();
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(calls(database)).doesNotHaveDuplicates().containsAll(all));
		long atTheProvider = provider.requestCount();
		// What the killed node had under way is at the provider, and nowhere else.
		assertThat(count(database, "select count(*) from switchboard_attempt")).isBetween(atTheProvider - 4 * CALLERS,
				atTheProvider);

		assertThat(this.answered.get("free")).hasSizeGreaterThan(CALLERS * FREE_CALLS_OF_EACH / 2);
		assertThat(this.answered.get("made")).hasSizeGreaterThan(CALLERS * FREE_CALLS_OF_EACH / 2);
		assertThat(this.answered.get("budgeted")).hasSizeBetween(BUDGETED_CALLS - CALLERS, BUDGETED_CALLS);
		assertThat(this.answered.get("limited")).hasSizeBetween(LIMITED_CALLS - CALLERS, LIMITED_CALLS);
		long budgeted = count(database,
				"select count(*) from switchboard_call where caller = 'budgeted'" + " and cost_nanos = 1000000");
		assertThat(budgeted).isLessThanOrEqualTo(BUDGETED_CALLS);

		assertThat(admin(node, "/switchboard/admin/budgets/purse").at("/accounts/0/spent").asString()).satisfies(
				(spent) -> assertThat(new BigDecimal(spent)).isBetween(new BigDecimal("0.1"), new BigDecimal("0.2")));
		JsonNode spend = admin(node, "/switchboard/admin/spend?by=key");
		assertThat(spend.toString()).contains("\"budgeted\"", "\"made\"");
	}

	private JsonNode admin(Node node, String path) throws IOException, InterruptedException {
		HttpResponse<String> response = this.client.send(
				HttpRequest.newBuilder(URI.create(node.url() + path)).header("x-api-key", "operator-key").build(),
				BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private static List<String> calls(PostgresDatabase database) throws SQLException {
		List<String> ids = new ArrayList<>();
		try (Connection connection = connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select id from switchboard_call")) {
			while (rows.next()) {
				ids.add(rows.getString(1));
			}
		}
		return ids;
	}

	private static long count(PostgresDatabase database, String query) throws SQLException {
		try (Connection connection = connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(query)) {
			rows.next();
			return rows.getLong(1);
		}
	}

	private static Connection connect(PostgresDatabase database) throws SQLException {
		return DriverManager.getConnection(database.url(), database.user(), database.password());
	}

}
