package dev.switchboard.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.switchboard.call.CallListener;
import dev.switchboard.call.CallRecord;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import org.awaitility.Awaitility;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An application with the gateway, over real HTTP, in front of simulated providers.
 */
public final class RunningGateway implements AutoCloseable {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(10))
		.build();

	private RunningGateway(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts on a free port.
	 * @param properties what is configured, as {@code name=value}
	 * @return the gateway, to be closed
	 */
	public static RunningGateway start(String... properties) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "switchboard.simulator.enabled=true",
				// Where the JVM has them.
				"spring.threads.virtual.enabled=true", "logging.level.root=warn", "spring.main.banner-mode=off"));
		all.addAll(Arrays.asList(properties));
		return new RunningGateway(new SpringApplicationBuilder(App.class).properties(all.toArray(String[]::new)).run());
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	public int port() {
		return ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	public String url() {
		return "http://127.0.0.1:" + port();
	}

	public SimulatedProvider provider(String name) {
		return this.context.getBean(Simulator.class).provider(name);
	}

	/**
	 * Lets providers and records forget what was before.
	 */
	public void reset() {
		this.context.getBean(Simulator.class).reset();
		this.context.getBean(Records.class).forget();
		this.context.getBean(RouteEngine.class)
			.health()
			.states()
			.forEach((state) -> this.context.getBean(RouteEngine.class).health().reset(state.target()));
	}

	public List<CallRecord> records() {
		return this.context.getBean(Records.class).all;
	}

	/** The record of the only call, which ends a little after its answer. */
	public CallRecord onlyRecord() {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> records().size() == 1);
		return records().get(0);
	}

	public HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(60));
	}

	public HttpResponse<String> post(String path, String json, String... headers) {
		HttpRequest.Builder request = request(path).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request.build());
	}

	public HttpResponse<String> get(String path, String... headers) {
		HttpRequest.Builder request = request(path).GET();
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request.build());
	}

	public HttpResponse<String> send(HttpRequest request) {
		try {
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	public HttpClient client() {
		return this.client;
	}

	public static JsonNode json(HttpResponse<String> response) {
		return MAPPER.readTree(response.body());
	}

	/** The data of each event of a stream, in order. */
	public static List<String> data(HttpResponse<String> response) {
		return response.body()
			.lines()
			.filter((line) -> line.startsWith("data:"))
			.map((line) -> line.substring("data:".length()).strip())
			.toList();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class App {

		@Bean
		Records records() {
			return new Records();
		}

	}

	static final class Records implements CallListener {

		private final List<CallRecord> all = new CopyOnWriteArrayList<>();

		private volatile Instant since = Instant.MIN;

		/** A call that an earlier test made may end later than that. */
		void forget() {
			this.since = Instant.now();
			this.all.clear();
		}

		@Override
		public void ended(CallRecord record) {
			if (!record.time().isBefore(this.since)) {
				this.all.add(record);
			}
		}

	}

}
