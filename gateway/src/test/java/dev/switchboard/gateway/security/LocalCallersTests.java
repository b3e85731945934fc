package dev.switchboard.gateway.security;

import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.security.TestGateway.Answer;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class LocalCallersTests {

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start((context) -> {
		});
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:8080", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:8080", "[::1]",
			"[::1]:8080" })
	void whoeverNamesThisMachineIsLetIn(String host) {
		Answer answer = gateway.send("GET /v1/models", "Host: " + host);

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).contains("Caller[name=anonymous");
	}

	@Test
	void aKeyThatAClientCannotDoWithoutIsIgnored() {
		assertThat(gateway.send("GET /v1/models", "Authorization: Bearer sk-anything").status()).isEqualTo(200);
		assertThat(gateway.send("GET /v1/models", "x-api-key: sk-anything").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example",
			"192.168.1.5:8080", "" })
	void aForeignHostIsRefused(String host) {
		assertRefused(gateway.send("GET /v1/models", "Host: " + host), "is for another host");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Forwarded: for=127.0.0.1", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Host: localhost",
			"X-Forwarded-Proto: https", "X-Real-IP: 127.0.0.1", "Via: 1.1 proxy", "x-forwarded-for:" })
	void whatCameThroughAProxyIsRefused(String header) {
		assertRefused(gateway.send("GET /v1/models", header), "came through a proxy");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Origin: https://evil.example", "Origin: http://localhost.evil.example:3000",
			"Origin: null", "Sec-Fetch-Site: cross-site" })
	void aForeignPageIsRefused(String header) {
		assertRefused(gateway.send("POST /v1/chat/completions", header), "a page of another site");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Origin: http://localhost:3000", "Origin: https://127.0.0.1", "Origin: app://desktop",
			"Sec-Fetch-Site: same-origin" })
	void aPageOfThisMachineIsLetIn(String header) {
		assertThat(gateway.send("POST /v1/chat/completions", header).status()).isEqualTo(200);
	}

	// A browser sends such a POST for any page without asking first.
	@ParameterizedTest
	@CsvSource({ "POST, Origin, http://localhost:3000", "POST, Origin, https://evil.example", "POST, Origin, null",
			"POST, Origin, app://desktop", "PUT, Origin, http://127.0.0.1:8081", "DELETE, Origin, http://[::1]:8080",
			"POST, Sec-Fetch-Site, same-site", "POST, Sec-Fetch-Site, cross-site" })
	void nothingIsChangedForAnotherPage(String method, String header, String value) {
		assertThat(new LocalCallers().identify(change(method, header, value))).isInstanceOfSatisfying(
				Identification.Refused.class,
				(refused) -> assertThat(refused.message()).contains("comes from a page of another"));
	}

	@ParameterizedTest
	@CsvSource({ "POST, Origin, http://localhost:8080", "PUT, Sec-Fetch-Site, same-origin",
			"DELETE, Sec-Fetch-Site, none", "POST, Accept, */*", "GET, Origin, http://localhost:3000" })
	void whoSitsAtTheMachineMayChangeSomething(String method, String header, String value) {
		assertThat(new LocalCallers().identify(change(method, header, value)))
			.isEqualTo(new Identification.Known(CallerAccess.LOCAL));
	}

	private static MockHttpServletRequest change(String method, String header, String value) {
		MockHttpServletRequest request = new MockHttpServletRequest(method, "/switchboard/admin/keys/ci/block");
		request.addHeader("Host", "localhost:8080");
		request.addHeader(header, value);
		return request;
	}

	@Test
	void theRefusalTellsWhatToConfigure() {
		assertThat(gateway.send("GET /v1/models", "Host: evil.example").body()).contains("'switchboard.gateway.keys'")
			.contains("'spring.security.oauth2.resourceserver.jwt'");
	}

	@Test
	void anAddressThatSpringTookFromAHeaderIsNotBelieved() {
		try (TestGateway proxied = TestGateway.start((context) -> {
		}, "server.forward-headers-strategy=framework")) {
			assertRefused(proxied.send("GET /v1/models", "X-Forwarded-For: 127.0.0.1"), "came through a proxy");
			assertThat(proxied.send("GET /v1/models").status()).isEqualTo(200);
		}
	}

	@Test
	void whereTomcatTakesAddressesFromHeadersNobodyIsKnownToBeLocal() {
		try (TestGateway proxied = TestGateway.start((context) -> {
		}, "server.forward-headers-strategy=native")) {
			assertRefused(proxied.send("GET /v1/models", "X-Forwarded-For: 127.0.0.1"),
					"'server.forward-headers-strategy'");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.7", "192.168.1.5", "172.17.0.1", "2001:db8:0:0:0:0:0:1", "0:0:0:0:0:0:0:2",
			"1.127.0.0" })
	void anotherMachineIsRefused(String address) {
		assertThat(new LocalCallers().identify(from(address))).isInstanceOfSatisfying(Identification.Refused.class,
				(refused) -> {
					assertThat(refused.code()).isEqualTo("key_required");
					assertThat(refused.message()).contains("comes from elsewhere");
				});
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.8.9.10", "0:0:0:0:0:0:0:1", "::1", "0:0:0:0:0:0:0:1%lo" })
	void everyLoopbackAddressIsThisMachine(String address) {
		assertThat(new LocalCallers().identify(from(address))).isEqualTo(new Identification.Known(CallerAccess.LOCAL));
	}

	@Test
	void theAddressThatCountsIsTheOneOfTheConnection() {
		HttpServletRequestWrapper claimed = new HttpServletRequestWrapper(from("10.0.0.7")) {

			@Override
			public String getRemoteAddr() {
				return "127.0.0.1";
			}

		};

		assertThat(new LocalCallers().identify(claimed)).isInstanceOf(Identification.Refused.class);
	}

	private static MockHttpServletRequest from(String address) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/v1/models");
		request.addHeader("Host", "localhost");
		request.setRemoteAddr(address);
		return request;
	}

	private static void assertRefused(Answer answer, String reason) {
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
		assertThat(answer.body()).contains("\"code\":\"key_required\"").contains(reason);
	}

}
