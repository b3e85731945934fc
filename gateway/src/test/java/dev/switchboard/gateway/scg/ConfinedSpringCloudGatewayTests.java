package dev.switchboard.gateway.scg;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that have this gateway, and clients, uploads and routes of Spring Cloud
 * Gateway of their own.
 */
class ConfinedSpringCloudGatewayTests {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static HttpServer far;

	@BeforeAll
	static void start() throws IOException {
		far = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		far.createContext("/from", (exchange) -> {
			exchange.getResponseHeaders().set("Location", "/to");
			exchange.sendResponseHeaders(302, -1);
			exchange.close();
		});
		far.createContext("/to", (exchange) -> {
			byte[] body = "arrived".getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		far.createContext("/echo", (exchange) -> {
			byte[] body = exchange.getRequestBody().readAllBytes();
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		far.start();
	}

	@AfterAll
	static void stop() {
		far.stop(0);
	}

	@Test
	void theApplicationsOwnClientStillFollowsRedirects() {
		try (ConfigurableApplicationContext application = run(Application.class)) {
			assertThat(client(application).get().uri(far("/from")).retrieve().body(String.class)).isEqualTo("arrived");
		}
	}

	@Test
	void theApplicationsOwnWordOnRedirectsCounts() throws Exception {
		try (ConfigurableApplicationContext application = run(Application.class,
				"--spring.http.clients.redirects=dont-follow")) {
			assertThat(
					client(application).get().uri(far("/from")).retrieve().toBodilessEntity().getStatusCode().value())
				.isEqualTo(302);
		}
		try (ConfigurableApplicationContext application = run(Application.class,
				"--spring.http.clients.redirects=follow")) {
			assertThat(get(application, "/own/from").body()).isEqualTo("arrived");
		}
	}

	@Test
	void aRouteOfTheApplicationPassesRedirectsOn() throws Exception {
		try (ConfigurableApplicationContext application = run(Application.class)) {
			assertThat(get(application, "/own/from").statusCode()).isEqualTo(302);
			assertThat(get(application, "/own/to").body()).isEqualTo("arrived");
		}
	}

	@Test
	void aFactoryOfRequestsIsForTheRoutesOnly() throws Exception {
		try (ConfigurableApplicationContext application = run(OwnFactory.class)) {
			AtomicInteger made = application.getBean(AtomicInteger.class);
			client(application).get().uri(far("/to")).retrieve().body(String.class);
			assertThat(made).hasValue(0);
			get(application, "/own/to");
			assertThat(made).hasValue(1);
		}
	}

	@Test
	void theApplicationStillTakesUploads() throws Exception {
		try (ConfigurableApplicationContext application = run(Application.class)) {
			assertThat(upload(application, "/upload").body()).isEqualTo("a.txt content");
			assertThat(upload(application, "/own/echo").body()).contains("filename=\"a.txt\"", "content");
		}
	}

	@Test
	void theApplicationStillTakesForms() throws Exception {
		try (ConfigurableApplicationContext application = run(Application.class)) {
			assertThat(form(application, "/form").body()).isEqualTo("b c");
		}
	}

	@Test
	void whoConfiguresSpringCloudGatewayIsLeftToItsForms() throws Exception {
		try (ConfigurableApplicationContext application = run(Application.class,
				"--spring.cloud.gateway.server.webmvc.trusted-proxies=127.0.0.1")) {
			assertThat(form(application, "/own/echo").body()).isEqualTo("a=b+c");
			assertThat(form(application, "/form").body()).isNotEqualTo("b c");
		}
	}

	private static HttpResponse<String> form(ConfigurableApplicationContext application, String path) throws Exception {
		return CLIENT.send(HttpRequest.newBuilder(near(application, path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("a=b+c"))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext run(Class<?> application, String... arguments) {
		return new SpringApplicationBuilder(application)
			.properties("server.port=0", "switchboard.enabled=false", "spring.main.banner-mode=off",
					"spring.ai.model.chat=none", "spring.ai.model.audio.speech=none",
					"spring.ai.model.audio.transcription=none", "spring.ai.model.embedding=none",
					"spring.ai.model.image=none", "spring.ai.model.moderation=none", "test.far=" + far(""))
			.run(arguments);
	}

	private static String far(String path) {
		return "http://127.0.0.1:" + far.getAddress().getPort() + path;
	}

	private static RestClient client(ConfigurableApplicationContext application) {
		return application.getBean(RestClient.Builder.class).build();
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext application, String path) throws Exception {
		return CLIENT.send(HttpRequest.newBuilder(near(application, path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static HttpResponse<String> upload(ConfigurableApplicationContext application, String path)
			throws Exception {
		return CLIENT.send(HttpRequest.newBuilder(near(application, path))
			.header("Content-Type", "multipart/form-data; boundary=B")
			.POST(HttpRequest.BodyPublishers.ofString("--B\r\nContent-Disposition: form-data; name=\"file\"; "
					+ "filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n--B--\r\n"))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static URI near(ConfigurableApplicationContext application, String path) {
		return URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Uploads.class)
	static class Application {

		@Bean
		RouterFunction<ServerResponse> own(@Value("${test.far}") String far) {
			return GatewayRouterFunctions.route("own")
				.route(RequestPredicates.path("/own/**"), HandlerFunctions.http())
				.before(BeforeFilterFunctions.stripPrefix(1))
				.before(BeforeFilterFunctions.uri(far))
				.build();
		}

		@Bean
		SecurityFilterChain open(HttpSecurity http) throws Exception {
			return http.csrf((csrf) -> csrf.disable())
				.authorizeHttpRequests((any) -> any.anyRequest().permitAll())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class OwnFactory {

		@Bean
		AtomicInteger made() {
			return new AtomicInteger();
		}

		@Bean
		ClientHttpRequestFactory ownFactory(AtomicInteger made) {
			JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory();
			return (uri, method) -> {
				made.incrementAndGet();
				return factory.createRequest(uri, method);
			};
		}

	}

	@RestController
	static class Uploads {

		@PostMapping("/form")
		String form(@RequestParam String a) {
			return a;
		}

		@PostMapping("/upload")
		String take(@RequestParam MultipartFile file) throws IOException {
			return file.getOriginalFilename() + " " + new String(file.getBytes(), StandardCharsets.UTF_8);
		}

	}

}
