package dev.switchboard.gateway.passthrough;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What is left of the bytes of requests and answers on their way.
 */
class PassthroughBytesTests {

	private static final String OK = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

	private static TestGateway gateway;

	@BeforeAll
	static void start() throws Exception {
		gateway = new TestGateway();
	}

	@AfterAll
	static void stop() throws Exception {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	@ParameterizedTest
	@CsvSource({ "/v1/files, /base/v1/files", "/files, /base/v1/files", "/base/v1/files, /base/v1/files",
			"/v1, /base/v1/", "'', /base/v1/", "/v1beta/x, /base/v1/v1beta/x",
			"/files/a%20b@c:d!$&()*+=~e/, /base/v1/files/a%20b@c:d!$&()*+=~e/",
			"/x?a=%2F%zz&b=c;d&&e=+%0A&f, /base/v1/x?a=%2F%zz&b=c;d&&e=+%0A&f",
			"/x?a=1&KEY=secret&b=2&api%5Fkey=x&access_token=y, /base/v1/x?a=1&b=2", "/x?key=secret, /base/v1/x" })
	void pathAndQueryReachTheProvider(String path, String expected) throws Exception {
		gateway.raw.answers(OK);
		try (RawCaller caller = gateway.rawCaller()) {
			caller.send("GET /passthrough/raw" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(caller.head().get(0)).isEqualTo("HTTP/1.1 200 ");
		}
		assertThat(gateway.raw.onlyRequest().requestLine()).isEqualTo("GET " + expected + " HTTP/1.1");
	}

	@Test
	void headersAreChosenOnBothWays() throws Exception {
		gateway.raw.answers("HTTP/1.1 201 Created\r\nX-Kept: 1\r\nX-Kept: 2\r\nConnection: X-Named\r\nX-Named: 1\r\n"
				+ "Keep-Alive: timeout=5\r\nSet-Cookie: a=b\r\nX-Echo: Bearer " + TestGateway.key("raw")
				+ "\r\nX-Switchboard-Cost: 5\r\nAlt-Svc: h3\r\nContent-Type: text/plain;charset=latin1\r\n"
				+ "Server: far\r\nContent-Length: 2\r\n\r\nok");
		String answered;
		try (RawCaller caller = gateway.rawCaller()) {
			caller.send("POST /passthrough/raw/x HTTP/1.1\r\nHost: localhost\r\nConnection: X-Mine, close\r\n"
					+ "X-Mine: 1\r\nTE: trailers\r\nUpgrade: h2c\r\nX-Sent: 1\r\nX-Sent: 2\r\nOpenAI-Beta: b\r\n"
					+ "Accept-Encoding: gzip\r\nUser-Agent: me/1\r\nContent-Type: text/plain\r\n"
					+ "Content-Length: 2\r\n\r\nhi");
			answered = caller.rest();
		}
		assertThat(gateway.raw.onlyRequest().headers()).containsExactlyInAnyOrder("X-Sent: 1", "X-Sent: 2",
				"OpenAI-Beta: b", "Accept-Encoding: identity", "User-Agent: me/1", "Content-Type: text/plain",
				"Authorization: Bearer " + TestGateway.key("raw"), "Host: 127.0.0.1:" + gateway.raw.port(),
				"Content-Length: 2");
		assertThat(answered).startsWith("HTTP/1.1 201")
			.contains("X-Kept: 1\r\nX-Kept: 2", "Content-Type: text/plain;charset=latin1", "Server: far",
					"Content-Length: 2", "X-Switchboard-Target: raw\r\n")
			.doesNotContain("X-Named", "Keep-Alive", "Set-Cookie", "X-Echo", "X-Switchboard-Cost", "Alt-Svc", "secret")
			.endsWith("\r\n\r\nok");
	}

	@Test
	void aHeaderThatCouldBecomeAnotherIsRefused() throws Exception {
		gateway.raw.answers(OK);
		try (RawCaller caller = gateway.rawCaller()) {
			caller.send("GET /passthrough/raw/x HTTP/1.1\r\nHost: localhost\r\nX-Title: Gr\u00fc\u00dfe\r\n"
					+ "Connection: close\r\n\r\n");
			assertThat(caller.rest()).startsWith("HTTP/1.1 400").contains("printable ASCII");
		}
		assertThat(gateway.raw.requests()).isEmpty();
	}

	@Test
	void anErrorThatRepeatsTheCredentialDoesNotTellIt() throws Exception {
		String body = "{\"error\":{\"message\":\"Incorrect API key provided: " + TestGateway.key("raw") + "\"}}";
		gateway.raw.answers("HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: "
				+ body.length() + "\r\n\r\n" + body);
		HttpResponse<String> response = gateway.send(gateway.request("/passthrough/raw/x"));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).hasSize(body.length())
			.contains("Incorrect API key provided: ***")
			.doesNotContain("secret");
		assertThat(gateway.onlyRecord().outcome().label()).isEqualTo("unauthorized");
	}

	@ParameterizedTest
	@CsvSource({ "/base/v1/files/1?a=b#c, /passthrough/raw/files/1?a=b#c",
			"2/content, /passthrough/raw/files/2/content", "http://127.0.0.1:PORT/base/v1/x, /passthrough/raw/x",
			"http://127.0.0.1:PORT/other, http://127.0.0.1:PORT/other", "/other, http://127.0.0.1:PORT/other",
			"/base/v1/../../other, http://127.0.0.1:PORT/base/v1/../../other",
			"https://files.example/signed?s=1, https://files.example/signed?s=1",
			"//files.example/x, //files.example/x" })
	void aRedirectionIsPassedOnAndNotFollowed(String location, String expected) throws Exception {
		String port = String.valueOf(gateway.raw.port());
		gateway.raw.answers(
				"HTTP/1.1 302 Found\r\nLocation: " + location.replace("PORT", port) + "\r\nContent-Length: 0\r\n\r\n");
		HttpResponse<String> response = gateway.send(gateway.request("/passthrough/raw/files/1"));
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(response.headers().firstValue("Location")).hasValue(expected.replace("PORT", port));
		assertThat(gateway.raw.requests()).hasSize(1);
		assertThat(gateway.onlyRecord().outcome().label()).isEqualTo("answered");
	}

	@Test
	void aRedirectionThatCarriesTheCredentialLosesIt() throws Exception {
		gateway.raw.answers("HTTP/1.1 302 Found\r\nLocation: https://evil.example/?key=" + TestGateway.key("raw")
				+ "\r\nContent-Length: 0\r\n\r\n");
		HttpResponse<String> response = gateway.send(gateway.request("/passthrough/raw/files/1"));
		assertThat(response.headers().map()).doesNotContainKey("location");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anUploadArrivesAsItIs(boolean knownLength) throws Exception {
		gateway.raw.answers(OK);
		byte[] content = new byte[3 * 1024 * 1024];
		new Random(1).nextBytes(content);
		byte[] multipart = multipart(content);
		HttpResponse<String> response = gateway.send(gateway.request("/passthrough/raw/files")
			.header("Content-Type", "multipart/form-data; boundary=\"B\"")
			.POST(knownLength ? HttpRequest.BodyPublishers.ofByteArray(multipart)
					: HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(multipart))));
		assertThat(response.statusCode()).isEqualTo(200);
		RawProvider.Request sent = gateway.raw.onlyRequest();
		assertThat(sent.body()).isEqualTo(multipart);
		assertThat(sent.headers("Content-Type")).containsExactly("multipart/form-data; boundary=\"B\"");
		assertThat(sent.headers("Content-Length")).hasSize(knownLength ? 1 : 0);
		assertThat(sent.headers("Transfer-Encoding")).hasSize(knownLength ? 0 : 1);
	}

	@Test
	void anUploadPastAFilterOfTheApplicationArrivesAsItIs() throws Exception {
		gateway.raw.answers(OK);
		byte[] multipart = multipart(new byte[1000]);
		gateway.send(gateway.request("/passthrough/raw/files")
			.header("Content-Type", "multipart/form-data; boundary=\"B\"")
			.header("Test-Add", "1")
			.POST(HttpRequest.BodyPublishers.ofByteArray(multipart)));
		assertThat(gateway.raw.onlyRequest().headers("Test-Added")).containsExactly("by a filter");
		assertThat(gateway.raw.onlyRequest().body()).isEqualTo(multipart);
	}

	@Test
	void aFormArrivesAsItIs() throws Exception {
		gateway.raw.answers(OK);
		gateway.send(gateway.request("/passthrough/raw/token?q=1")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("b=2+3&a=%2F")));
		assertThat(gateway.raw.onlyRequest().requestLine()).contains("/token?q=1 ");
		assertThat(new String(gateway.raw.onlyRequest().body(), StandardCharsets.UTF_8)).isEqualTo("b=2+3&a=%2F");
	}

	@Test
	void aLongJsonBodyArrivesAsItIs() throws Exception {
		gateway.raw.answers(OK);
		String json = "{\"model\":\"m\",\"input\":\"" + "x".repeat(3 * 1024 * 1024) + "\"}";
		gateway.post("/passthrough/raw/embeddings", json);
		assertThat(new String(gateway.raw.onlyRequest().body(), StandardCharsets.UTF_8)).isEqualTo(json);
		assertThat(gateway.onlyRecord().answeredBy()).hasToString("raw/m");
	}

	@Test
	void anUploadStreamsWhileItIsSent() throws Exception {
		CountDownLatch first = new CountDownLatch(1);
		gateway.raw.does((request, in, out) -> {
			assertThat(new String(RawProvider.Request.readChunk(in), StandardCharsets.UTF_8)).isEqualTo("first");
			first.countDown();
			request.readBody(in);
			out.write(OK.getBytes(StandardCharsets.UTF_8));
		});
		try (RawCaller caller = gateway.rawCaller()) {
			caller.send("POST /passthrough/raw/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
					+ "Content-Type: audio/wav\r\n\r\n5\r\nfirst\r\n");
			assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
			caller.send("6\r\nsecond\r\n0\r\n\r\n");
			assertThat(caller.head().get(0)).contains("200");
		}
		assertThat(gateway.raw.onlyRequest().body()).isEqualTo("second".getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/octet-stream" })
	void aBodyThatIsTooLongIsRefused(String type) throws Exception {
		gateway.raw.answers(OK);
		byte[] body = new byte[TestGateway.MAX_REQUEST_BYTES + 1];
		HttpRequest.Builder request = gateway.request("/passthrough/raw/x").header("Content-Type", type);
		assertThat(gateway.send(request.copy().POST(HttpRequest.BodyPublishers.ofByteArray(body))).statusCode())
			.isEqualTo(413);
		assertThat(gateway.raw.requests()).isEmpty();
		try (RawCaller caller = gateway.rawCaller()) {
			caller.send("POST /passthrough/raw/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
					+ "Content-Type: " + type + "\r\n\r\n" + Integer.toHexString(body.length) + "\r\n");
			caller.send("\0".repeat(body.length) + "\r\n");
			assertThat(caller.head().get(0)).contains("413");
		}
		await().untilAsserted(() -> assertThat(gateway.records()).singleElement()
			.satisfies((record) -> assertThat(record.outcome().label()).isEqualTo("cancelled")));
	}

	@Test
	void aBodyThatBreaksOffIsNotSentAsAWholeOne() throws Exception {
		CompletableFuture<Throwable> broken = new CompletableFuture<>();
		gateway.raw.does((request, in, out) -> {
			try {
				request.readBody(in);
				broken.complete(null);
			}
			catch (IOException ex) {
				broken.complete(ex);
			}
		});
		try (RawCaller caller = gateway.rawCaller()) {
			caller.send("POST /passthrough/raw/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
					+ "Content-Type: audio/wav\r\n\r\n5\r\nfirst\r\n");
			await().until(() -> !gateway.raw.requests().isEmpty());
		}
		assertThat(broken.get(20, TimeUnit.SECONDS)).isNotNull();
		assertThat(gateway.onlyRecord().outcome().label()).isEqualTo("cancelled");
	}

	@Test
	void anAnswerDuringTheUploadIsPassedOn() throws Exception {
		gateway.raw
			.does((request, in, out) -> out.write("HTTP/1.1 415 No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"
				.getBytes(StandardCharsets.UTF_8)));
		HttpResponse<String> response = gateway.send(gateway.request("/passthrough/raw/x")
			.header("Content-Type", "audio/wav")
			.POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1024 * 1024])));
		assertThat(response.statusCode()).isEqualTo(415);
	}

	@ParameterizedTest
	@CsvSource({ "HEAD, 200 OK, 1234", "GET, 204 No Content, ", "GET, 304 Not Modified, ", "OPTIONS, 200 OK, 0",
			"DELETE, 200 OK, 0", "PATCH, 200 OK, 0" })
	void anyMethodAndAnswersWithoutABodyWork(String method, String status, String length) throws Exception {
		gateway.raw.answers("HTTP/1.1 " + status + "\r\nETag: \"e\"\r\nAllow: GET, POST\r\n"
				+ ((length != null) ? "Content-Length: " + length + "\r\n" : "") + "\r\n");
		try (RawCaller caller = gateway.rawCaller()) {
			caller.send(method + " /passthrough/raw/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
			String answered = caller.rest();
			assertThat(answered).startsWith("HTTP/1.1 " + status.substring(0, 3))
				.contains("ETag: \"e\"", "Allow: GET, POST\r\n")
				.endsWith("\r\n\r\n");
			assertThat(answered.contains("Content-Length: " + length)).isEqualTo(length != null);
		}
		assertThat(gateway.raw.onlyRequest().requestLine()).startsWith(method + " ");
	}

	@Test
	void methodsThatWouldSendTheCredentialBackAreNotPassedOn() throws Exception {
		gateway.raw.answers(OK);
		for (String method : new String[] { "TRACE", "CONNECT" }) {
			try (RawCaller caller = gateway.rawCaller()) {
				caller.send(method + " /passthrough/raw/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
				assertThat(caller.rest()).matches("(?s)HTTP/1.1 [45].*");
			}
		}
		assertThat(gateway.raw.requests()).isEmpty();
	}

	@Test
	void aPartOfAFileIsAPart() throws Exception {
		gateway.raw.answers("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 2-4/9\r\nContent-Length: 3\r\n"
				+ "Accept-Ranges: bytes\r\n\r\nabc");
		HttpResponse<String> response = gateway
			.send(gateway.request("/passthrough/raw/files/1/content").header("Range", "bytes=2-4"));
		assertThat(response.statusCode()).isEqualTo(206);
		assertThat(response.body()).isEqualTo("abc");
		assertThat(response.headers().firstValue("Content-Range")).hasValue("bytes 2-4/9");
		assertThat(gateway.raw.onlyRequest().headers("Range")).containsExactly("bytes=2-4");
	}

	@Test
	void aLargeDownloadArrivesAsItIs() throws Exception {
		byte[] content = new byte[20 * 1024 * 1024];
		new Random(2).nextBytes(content);
		gateway.raw.does((request, in, out) -> {
			out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + content.length + "\r\n\r\n")
				.getBytes(StandardCharsets.UTF_8));
			out.write(content);
		});
		HttpResponse<byte[]> response = gateway.client()
			.send(gateway.request("/passthrough/raw/files/1/content").build(), HttpResponse.BodyHandlers.ofByteArray());
		assertThat(response.body()).isEqualTo(content);
	}

	@Test
	void piecesOfAnAnswerOfUnknownLengthArriveAtOnce() throws Exception {
		CountDownLatch seen = new CountDownLatch(1);
		gateway.raw.does((request, in, out) -> {
			out.write(
					"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
						.getBytes(StandardCharsets.UTF_8));
			// As long as what is read at once.
			out.write(("2000\r\n" + "x".repeat(0x2000) + "\r\n").getBytes(StandardCharsets.UTF_8));
			out.flush();
			seen.await(20, TimeUnit.SECONDS);
			out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
		});
		HttpResponse<InputStream> response = gateway.client()
			.send(gateway.request("/passthrough/raw/x").build(), HttpResponse.BodyHandlers.ofInputStream());
		assertThat(response.body().readNBytes(0x2000)).hasSize(0x2000);
		seen.countDown();
		assertThat(response.body().read()).isEqualTo(-1);
	}

	@Test
	void anAnswerThatBreaksOffHalfWayBreaksOffForTheCallerToo() throws Exception {
		gateway.raw.does((request, in, out) -> {
			out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
			out.write(new byte[50_000]);
		});
		assertThatThrownBy(() -> gateway.send(gateway.request("/passthrough/raw/x"))).isInstanceOf(IOException.class);
		assertThat(gateway.onlyRecord().outcome().label()).isEqualTo("interrupted");
	}

	@Test
	void anAnswerThatBreaksOffBeforeAnyOfItIsPassedOnBecomesAnError() throws Exception {
		gateway.raw.does((request, in, out) -> out
			.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nX-Far: 1\r\n\r\nhalf".getBytes(StandardCharsets.UTF_8)));
		HttpResponse<String> response = gateway.send(gateway.request("/passthrough/raw/x"));
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.headers().map()).doesNotContainKey("x-far").containsKey("x-switchboard-call");
		assertThat(response.body()).startsWith("provider_unreachable");
	}

	@Test
	void aSlowReaderIsNotTakenForASilentProvider() throws Exception {
		byte[] content = new byte[30 * 1024 * 1024];
		gateway.raw.does((request, in, out) -> {
			out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + content.length + "\r\n\r\n")
				.getBytes(StandardCharsets.UTF_8));
			out.write(content);
		});
		HttpResponse<InputStream> response = gateway.client()
			.send(gateway.request("/passthrough/raw/x").build(), HttpResponse.BodyHandlers.ofInputStream());
		response.body().read();
		CompletableFuture<Void> later = CompletableFuture.runAsync(() -> {
		}, CompletableFuture.delayedExecutor(TestGateway.PATIENCE.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS));
		assertThat(later).succeedsWithin(Duration.ofSeconds(20));
		assertThat(response.body().readAllBytes()).hasSize(content.length - 1);
	}

	private static byte[] multipart(byte[] content) {
		byte[] head = ("--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n"
				+ "Content-Type: application/octet-stream\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
		byte[] end = "\r\n--B--\r\n".getBytes(StandardCharsets.US_ASCII);
		byte[] all = new byte[head.length + content.length + end.length];
		System.arraycopy(head, 0, all, 0, head.length);
		System.arraycopy(content, 0, all, head.length, content.length);
		System.arraycopy(end, 0, all, head.length + content.length, end.length);
		return all;
	}

}
