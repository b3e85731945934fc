package dev.switchboard.gateway.passthrough;

import java.net.URI;

import dev.switchboard.gateway.wire.RefusedRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the path says, wherever the server and Spring Security let it through.
 */
class PassthroughPathTests {

	@ParameterizedTest
	@ValueSource(strings = { "/..", "/../x", "/a/..", "/a/../b", "/.", "/./a", "/a/.", "/%2e%2e/a", "/%2E%2e",
			"/.%2e/a", "/a%2fb", "/a%2Fb", "/a%5cb", "/a%5Cb", "/a\\b", "/%252e%252e/a", "/%25", "//a", "/a//b",
			"//evil.example/", "/http://evil.example/", "/a;b", "/a;b=c/d", "/a%3bb", "/a%00", "/a\u0000", "/a%0d%0ab",
			"/a\r\nb", "/a%0A", "/a%7f", "/a%zz", "/a%2", "/a%", "/a b", "/a\"b", "/a<b", "/a?b", "/a#b", "/\u00e4",
			"/a^b", "/a`b", "/a{b}", "/a|b", "/a[b]", "/\uff0e\uff0e/a" })
	void aPathThatCouldLeadElsewhereIsRefused(String path) {
		assertThatExceptionOfType(RefusedRequestException.class).isThrownBy(() -> path(path, null))
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(400));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b", "a=\u00e4", "a\r\nb", "a#b", "a\u0000" })
	void aQueryThatIsNoneIsRefused(String query) {
		assertThatExceptionOfType(RefusedRequestException.class).isThrownBy(() -> path("/x", query));
	}

	@ParameterizedTest
	@CsvSource({ "http://h, /v1/x, /v1/x", "http://h/v1, /v1/x, /x", "http://h/v1, /x, /x", "http://h/v1, /v1x, /v1x",
			"http://h/v1, /v1, /", "http://h/v1, '', /", "http://h/v1, /v1/v1/x, /v1/x",
			"http://h/openai/v1, /v1/x, /x", "http://h/openai/v1, /openai/v1/x, /x",
			"http://h/openai/v1, /openai/x, /openai/x", "http://h/v1/openai, /openai/x, /x" })
	void whatPathAndBaseUrlHaveInCommonIsThereOnce(String baseUrl, String path, String expected) {
		assertThat(path(path, null).below(URI.create(baseUrl))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "a=b&c, a=b&c", "key=x&a=b, a=b", "a=b&key=x, a=b", "a=b&KEY=x&c=d, a=b&c=d", "%6bey=x&a, a",
			"k%65y&a, a", "+key=x&a, a", "a&&b, a&&b", "'', ''", "keys=x, keys=x", "a=%zz&b%, a=%zz&b%" })
	void credentialsInTheQueryAreLeftOutAndTheRestIsAsItWas(String query, String expected) {
		assertThat(path("/x", query).query()).isEqualTo(expected);
	}

	@Test
	void nothingIsLeftOfAQueryOfCredentials() {
		assertThat(path("/x", "key=1&api-key=2&api_key=3&access_token=4").query()).isNull();
	}

	@Test
	void theContextPathIsNotPartOfIt() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/app/passthrough/openai/x");
		request.setContextPath("/app");
		assertThat(PassthroughPath.of(request)).isEqualTo(new PassthroughPath("openai", "/x", null));
	}

	private static PassthroughPath path(String path, String query) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/passthrough/openai" + path);
		request.setQueryString(query);
		return PassthroughPath.of(request);
	}

}
