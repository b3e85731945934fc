package dev.switchboard.gateway.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import dev.switchboard.gateway.access.CallerAccess;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A small application with pages of its own and the gateway's chain, behind a real Tomcat
 * on loopback.
 */
final class TestGateway implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private TestGateway(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static TestGateway start(Consumer<GenericApplicationContext> beans, Class<?> configuration, String... properties) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(configuration)
			.web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
			.properties(properties)
			.initializers((context) -> beans.accept((GenericApplicationContext) context));
		return new TestGateway(application.run());
	}

	static TestGateway start(Consumer<GenericApplicationContext> beans, String... properties) {
		return start(beans, Application.class, properties);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	/**
	 * Sends a request exactly as it is said here, which no HTTP client would do for a
	 * foreign host or an odd path.
	 * @param line the method and the path
	 * @param headers the headers; without one of them, the host is localhost
	 * @return the whole answer, its head and its body
	 */
	Answer send(String line, String... headers) {
		int port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(10_000);
			StringBuilder request = new StringBuilder(line).append(" HTTP/1.1\r\n");
			if (Arrays.stream(headers).noneMatch((header) -> header.toLowerCase(Locale.ROOT).startsWith("host:"))) {
				request.append("Host: localhost:").append(port).append("\r\n");
			}
			for (String header : headers) {
				request.append(header).append("\r\n");
			}
			request.append("Content-Length: 0\r\nConnection: close\r\n\r\n");
			socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
			return new Answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * An answer.
	 *
	 * @param text its head and body
	 */
	record Answer(String text) {

		int status() {
			return Integer.parseInt(this.text.split(" ", 3)[1]);
		}

		List<String> head() {
			return this.text.substring(0, this.text.indexOf("\r\n\r\n")).lines().toList();
		}

		@Nullable String header(String name) {
			return head().stream()
				.filter((line) -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
				.map((line) -> line.substring(name.length() + 1).strip())
				.findFirst()
				.orElse(null);
		}

		String body() {
			return this.text.substring(this.text.indexOf("\r\n\r\n") + 4);
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class,
			HttpMessageConvertersAutoConfiguration.class, SecurityAutoConfiguration.class,
			UserDetailsServiceAutoConfiguration.class, ServletWebSecurityAutoConfiguration.class,
			SecurityFilterAutoConfiguration.class, OAuth2ResourceServerAutoConfiguration.class,
			OAuth2ResourceServerWebSecurityAutoConfiguration.class, GatewayChainAutoConfiguration.class })
	@Import(Pages.class)
	static class Application {

	}

	@RestController
	static class Pages {

		@GetMapping({ "/v1/models", "/anthropic/v1/models" })
		String models(HttpServletRequest request) {
			return describe(request);
		}

		@PostMapping({ "/v1/chat/completions", "/anthropic/v1/messages", "/passthrough/openai/v1/files" })
		String call(HttpServletRequest request) {
			return describe(request);
		}

		@GetMapping("/v1/models/later")
		Callable<String> later(HttpServletRequest request) {
			return () -> describe(request);
		}

		@GetMapping("/v1/models/broken")
		String broken() {
			throw new IllegalStateException("secret of the application");
		}

		@GetMapping("/page")
		String page() {
			return "a page of the application";
		}

		private static String describe(HttpServletRequest request) {
			CallerAccess access = CallerAuthentication.accessOf(request);
			Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
			return access.caller() + " routes=" + access.routes().patterns() + " known to Spring as "
					+ ((authentication != null) ? authentication.getName() : null);
		}

	}

}
