package dev.switchboard.gateway.passthrough;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.switchboard.call.CallListener;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.gateway.access.Allowed;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.front.DisconnectWatch;
import dev.switchboard.gateway.front.ErrorWriter;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.SimulatedWire;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

import static org.awaitility.Awaitility.await;

/**
 * An application with the passthrough on an embedded Tomcat, in front of simulated
 * providers and one that is served by hand.
 */
final class TestGateway implements AutoCloseable {

	static final int MAX_REQUEST_BYTES = 8 * 1024 * 1024;

	/** As long as a loaded machine may take for what takes no time. */
	static final Duration PATIENCE = Duration.ofSeconds(4);

	final Simulator simulator = Simulator.start();

	final RawProvider raw;

	private final ConfigurableApplicationContext application;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	TestGateway() throws IOException {
		this.raw = new RawProvider();
		Map<String, Object> properties = new LinkedHashMap<>();
		provider(properties, "openai", "openai", this.simulator.provider("openai").baseUrl(SimulatedWire.OPENAI));
		provider(properties, "anthropic", "anthropic",
				this.simulator.provider("anthropic").baseUrl(SimulatedWire.ANTHROPIC));
		provider(properties, "google", "gemini", this.simulator.provider("google").baseUrl(SimulatedWire.GEMINI));
		provider(properties, "raw", "openai", "http://127.0.0.1:" + this.raw.port() + "/base/v1");
		provider(properties, "nobody", "openai", "http://127.0.0.1:" + unusedPort() + "/v1");
		properties.put("switchboard.providers.corporate.chat-model", "corporateModel");
		properties.put("switchboard.routes.any.targets", "openai/gpt-4o");
		properties.put("spring.ai.model.chat", "none");
		for (String model : List.of("audio.speech", "audio.transcription", "embedding", "image", "moderation")) {
			properties.put("spring.ai.model." + model, "none");
		}
		properties.put("server.port", "0");
		// Puts the parts together by itself, and asks nobody who he is.
		properties.put("spring.autoconfigure.exclude",
				"dev.switchboard.gateway.autoconfigure.GatewaySecurityAutoConfiguration,"
						+ "dev.switchboard.gateway.autoconfigure.PassthroughAutoConfiguration");
		properties.put("spring.main.banner-mode", "off");
		this.application = new SpringApplicationBuilder(Application.class).properties(properties).run();
	}

	private static void provider(Map<String, Object> properties, String name, String wire, String url) {
		properties.put("switchboard.providers." + name + ".wire", wire);
		properties.put("switchboard.providers." + name + ".base-url", url);
		properties.put("switchboard.providers." + name + ".api-key", key(name));
	}

	static String key(String provider) {
		return "sk-secret-of-" + provider;
	}

	private static int unusedPort() throws IOException {
		try (RawProvider closed = new RawProvider()) {
			return closed.port();
		}
	}

	int port() {
		return Integer.parseInt(String.valueOf(this.application.getEnvironment().getProperty("local.server.port")));
	}

	RawCaller rawCaller() throws IOException {
		return new RawCaller(port());
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).timeout(Duration.ofSeconds(30));
	}

	HttpResponse<String> post(String path, String json, String... headers) throws Exception {
		HttpRequest.Builder request = request(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json));
		return send((headers.length > 0) ? request.headers(headers) : request);
	}

	HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
	}

	HttpClient client() {
		return this.client;
	}

	Watch watch() {
		return this.application.getBean(Watch.class);
	}

	void reset() {
		this.simulator.reset();
		this.application.getBean(Records.class).forget();
		watch().watched.clear();
	}

	List<CallRecord> records() {
		return this.application.getBean(Records.class).ended;
	}

	CallRecord onlyRecord() {
		await().atMost(Duration.ofSeconds(30)).until(() -> !records().isEmpty());
		if (records().size() != 1) {
			throw new AssertionError("One record expected, but there are " + records());
		}
		return records().get(0);
	}

	@Override
	public void close() throws IOException {
		this.application.close();
		this.simulator.close();
		this.raw.close();
	}

	/** The application. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Handlers.class)
	static class Application {

		@Bean
		PassthroughRoutes passthroughRoutes(TargetClients clients, RouteEngine engine, Watch watch) {
			return PassthroughRoutes.builder(clients, engine, Application::access, errors(), watch)
				.limits(new PassthroughLimits(MAX_REQUEST_BYTES, PATIENCE, PATIENCE))
				.filters((route) -> route.before((request) -> (request.headers().firstHeader("Test-Add") != null)
						? BeforeFilterFunctions.addRequestHeader("Test-Added", "by a filter").apply(request) : request))
				.filters((route) -> route.after((request, response) -> {
					if (request.headers().firstHeader("Test-Fail-Behind") != null) {
						throw new IllegalStateException("A filter of the application failed");
					}
					response.headers().add("Test-Filter", "was here");
					return response;
				}))
				.build();
		}

		@Bean
		RouterFunction<ServerResponse> passthroughRouter(PassthroughRoutes routes) {
			return routes.router();
		}

		@Bean
		BrokenAnswers brokenAnswers() {
			return new BrokenAnswers();
		}

		private static CallerAccess access(HttpServletRequest request) {
			String allowed = request.getHeader("Test-Allowed");
			return (allowed == null) ? CallerAccess.LOCAL : new CallerAccess(new Caller("somebody", null),
					Allowed.NOTHING, Allowed.NOTHING, new Allowed(List.of(allowed)));
		}

		private static ErrorWriter errors() {
			return (request, response, error) -> {
				response.setStatus(error.status());
				response.setContentType("application/json");
				response.getWriter().print(error.code() + ": " + error.message());
			};
		}

		@Bean
		Watch watch() {
			return new Watch();
		}

		@Bean
		Records records() {
			return new Records();
		}

		@Bean
		ChatModel corporateModel() {
			return (prompt) -> new ChatResponse(List.of(new Generation(new AssistantMessage("Hello"))));
		}

		@Bean
		SecurityFilterChain open(HttpSecurity http) throws Exception {
			return http.csrf((csrf) -> csrf.disable())
				.authorizeHttpRequests((any) -> any.anyRequest().permitAll())
				.build();
		}

	}

	/** Handles everything, as applications do. */
	@RestControllerAdvice
	static class Handlers {

		@ExceptionHandler(Exception.class)
		String handle(Exception ex) {
			return "{\"handled\": true}";
		}

	}

	/** Lets a test say when a caller has left. */
	static final class Watch implements DisconnectWatch {

		final List<Runnable> watched = new CopyOnWriteArrayList<>();

		@Override
		public Watching watch(HttpServletRequest request, Runnable onDisconnect) {
			this.watched.add(onDisconnect);
			return () -> this.watched.remove(onDisconnect);
		}

	}

	/** Keeps what it hears. */
	static final class Records implements CallListener {

		final List<CallRecord> ended = new CopyOnWriteArrayList<>();

		private volatile Instant since = Instant.MIN;

		/** A call that an earlier test made may end later than that. */
		void forget() {
			this.since = Instant.now();
			this.ended.clear();
		}

		@Override
		public void ended(CallRecord call) {
			if (!call.time().isBefore(this.since)) {
				this.ended.add(call);
			}
		}

	}

}
