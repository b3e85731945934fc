package dev.switchboard.gateway.security;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.access.VirtualKey;
import dev.switchboard.gateway.access.VirtualKeys;
import dev.switchboard.gateway.security.TestGateway.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How the gateway's chain lives beside those of the application.
 */
class GatewayChainTests {

	private static final String KEY = "x-api-key: sk-gateway";

	private static final String ORIGIN = "Origin: https://app.example";

	private static TestGateway plain;

	private static TestGateway own;

	@BeforeAll
	static void start() {
		plain = start(TestGateway.Application.class);
		own = start(WithOwnChain.class);
	}

	@AfterAll
	static void stop() {
		plain.close();
		own.close();
	}

	@Test
	void anApplicationWithoutAChainKeepsSpringBootsOwn() {
		Answer answer = plain.send("GET /page");

		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("WWW-Authenticate")).startsWith("Basic");
		assertThat(plain.send("GET /v1/models", KEY).status()).isEqualTo(200);
	}

	@Test
	void springBootsUserStillOpensTheApplicationsPages() {
		// user:open
		assertThat(plain.send("GET /page", "Authorization: Basic dXNlcjpvcGVu").body())
			.isEqualTo("a page of the application");
	}

	@Test
	void aKeyOfTheGatewayOpensNoPageOfTheApplication() {
		assertThat(plain.send("GET /page", KEY).status()).isEqualTo(401);
		assertThat(plain.send("GET /page", "Authorization: Bearer sk-gateway").status()).isEqualTo(401);
	}

	@Test
	void anOwnChainOfTheApplicationReplacesSpringBootsAndNotOurs() {
		assertThat(own.send("GET /page").body()).isEqualTo("a page of the application");
		assertThat(own.send("GET /v1/models").body()).contains("\"code\":\"key_required\"");
		assertThat(own.send("GET /v1/models", KEY).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /%76%31/models", "GET /v1;a=b/models", "GET //v1/models", "GET /x/../v1/models",
			"GET /./v1/models", "GET /v1%2fmodels" })
	void noSpellingOfAPathGetsPastOurChain(String line) {
		assertThat(own.send(line).status()).isBetween(400, 404);
		assertThat(own.send(line).body()).doesNotContain("Caller[");
	}

	@Test
	void aPathThatIsNoneIsNotFoundInTheShapeOfTheWire() {
		Answer answer = plain.send("POST /anthropic/v1/nothing", KEY);

		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.body()).contains("\"shape\":\"anthropic\"").contains("\"code\":\"not_found\"");
	}

	@Test
	void aMethodThatIsNotAllowedIsToldInTheShapeOfTheWire() {
		Answer answer = plain.send("DELETE /v1/models", KEY);

		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.body()).contains("\"code\":\"method_not_allowed\"");
	}

	@Test
	void aUrlThatTheFirewallRejectsIsABadRequestAndNotAQuestionForAPassword() {
		Answer answer = plain.send("GET /v1;a=b/models", KEY);

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains("\"code\":\"invalid_request\"");
	}

	@Test
	void whatBreaksInsideShowsNothingOfIt() {
		Answer answer = plain.send("GET /v1/models/broken", KEY);

		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.body()).contains("\"code\":\"internal_error\"").doesNotContain("secret of the application");
	}

	@Test
	void anErrorOfAnotherPathIsTheApplicationsOwn() {
		assertThat(own.send("GET /nothing").body()).contains("\"path\":\"/nothing\"");
	}

	@Test
	void aRequestPassesOneFilterOfOurs() {
		assertThat(filters(plain)).containsExactly("WebAsyncManagerIntegrationFilter", "CallerFilter");
	}

	@Test
	void answersMayNotBeTakenForAnotherType() {
		assertThat(plain.send("GET /v1/models", KEY).header("X-Content-Type-Options")).isEqualTo("nosniff");
	}

	@Test
	void withoutRulesForOtherOriginsABrowserIsRefused() {
		Answer preflight = plain.send("OPTIONS /v1/chat/completions", ORIGIN, "Access-Control-Request-Method: POST");

		assertThat(preflight.status()).isEqualTo(401);
		assertThat(preflight.header("Access-Control-Allow-Origin")).isNull();
	}

	@Test
	void theApplicationsRulesForOtherOriginsCountForTheGateway() {
		try (TestGateway gateway = start(WithCors.class)) {
			Answer preflight = gateway.send("OPTIONS /v1/chat/completions", ORIGIN,
					"Access-Control-Request-Method: POST", "Access-Control-Request-Headers: authorization");
			Answer refused = gateway.send("POST /v1/chat/completions", ORIGIN);

			assertThat(preflight.status()).isEqualTo(200);
			assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
			assertThat(refused.status()).isEqualTo(401);
			assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
		}
	}

	@Test
	void belowAContextPathTheGatewayIsFoundToo() {
		try (TestGateway gateway = start(TestGateway.Application.class, "server.servlet.context-path=/app")) {
			assertThat(gateway.send("GET /app/v1/models").body()).contains("\"code\":\"key_required\"");
			assertThat(gateway.send("GET /app/v1/models", KEY).status()).isEqualTo(200);
			assertThat(gateway.send("GET /app/v1/models/nothing", KEY).body()).contains("\"code\":\"not_found\"");
		}
	}

	@Test
	void aRequestThatDidNotPassTheChainHasNoCaller() {
		assertThatIllegalStateException()
			.isThrownBy(() -> CallerAuthentication.accessOf(new MockHttpServletRequest("GET", "/v1/models")))
			.withMessageContaining("has not passed the gateway's security");
	}

	@Test
	void onlyTheReaderOfTokensNeedsTheResourceServer() {
		JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("dev.switchboard.gateway");

		noClasses().that()
			.doNotHaveFullyQualifiedName(JwtBearerTokens.class.getName())
			.and()
			.resideOutsideOfPackage("dev.switchboard.gateway.autoconfigure")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.security.oauth2..")
			.because("the resource server is optional")
			.check(classes);
	}

	private static List<String> filters(TestGateway gateway) {
		return gateway.context()
			.getBean("springSecurityFilterChain", FilterChainProxy.class)
			.getFilters("/v1/models")
			.stream()
			.map((filter) -> filter.getClass().getSimpleName())
			.toList();
	}

	private static TestGateway start(Class<?> configuration, String... properties) {
		VirtualKeys keys = new VirtualKeys(List.of(VirtualKey.of("ci", "{noop}sk-gateway", CallerAccess.LOCAL, null)),
				InstantSource.system());
		String[] all = Stream.concat(Stream.of("spring.security.user.password=open"), Arrays.stream(properties))
			.toArray(String[]::new);
		return TestGateway.start((context) -> context.registerBean(VirtualKeys.class, () -> keys), configuration, all);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(TestGateway.Application.class)
	static class WithOwnChain {

		@Bean
		SecurityFilterChain applicationChain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(TestGateway.Application.class)
	static class WithCors {

		@Bean
		CorsConfigurationSource corsConfigurationSource() {
			CorsConfiguration rules = new CorsConfiguration();
			rules.setAllowedOrigins(List.of("https://app.example"));
			rules.setAllowedMethods(List.of("POST"));
			rules.setAllowedHeaders(List.of("authorization"));
			UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
			source.registerCorsConfiguration("/**", rules);
			return source;
		}

	}

}
