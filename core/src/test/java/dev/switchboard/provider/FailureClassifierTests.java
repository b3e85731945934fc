package dev.switchboard.provider;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import com.google.genai.errors.ClientException;
import com.openai.core.http.Headers;
import com.openai.errors.InternalServerException;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;

import static org.assertj.core.api.Assertions.assertThat;

class FailureClassifierTests {

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					400 | {"error":{"message":"Please reduce your prompt","code":"context_length_exceeded"}}                      | CONTEXT_WINDOW_EXCEEDED
					400 | {"object":"error","message":"This model's maximum context length is 4096 tokens.","type":"BadRequestError","code":400} | CONTEXT_WINDOW_EXCEEDED
					400 | {"error":{"message":"This model's maximum context length is 65536 tokens. However, you requested 70000 tokens","type":"invalid_request_error"}} | CONTEXT_WINDOW_EXCEEDED
					400 | {"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}} | CONTEXT_WINDOW_EXCEEDED
					400 | {"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 208310 tokens > 200000 maximum"}} | CONTEXT_WINDOW_EXCEEDED
					400 | {"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000"}} | CONTEXT_WINDOW_EXCEEDED
					400 | {"error":{"message":"Range of input length should be [1, 30720]","type":"invalid_request_error","code":"invalid_parameter_error"}} | CONTEXT_WINDOW_EXCEEDED
					400 | {"error":{"message":"Invalid request: Your request exceeded model token limit: 8192","type":"invalid_request_error"}} | CONTEXT_WINDOW_EXCEEDED
					400 | {"code":"Client specified an invalid argument","error":"This model's maximum prompt length is 131072 but the request contains 200000 tokens."} | CONTEXT_WINDOW_EXCEEDED
					400 | {"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error"}} | CONTEXT_WINDOW_EXCEEDED
					422 | {"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens","error_type":"validation"} | CONTEXT_WINDOW_EXCEEDED
					413 | {"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"}}       | CONTEXT_WINDOW_EXCEEDED
					413 | {"error":{"message":"Request too large for model `llama` on tokens per minute (TPM): Limit 6000, Requested 9000","type":"tokens","code":"rate_limit_exceeded"}} | CONTEXT_WINDOW_EXCEEDED
					413 | <html>Request Entity Too Large</html>                                                                    | CONTEXT_WINDOW_EXCEEDED
					400 | {"error":{"message":"Invalid value for 'temperature'","type":"invalid_request_error"}}                     | INVALID_REQUEST
					400 | {"error":{"message":"max_tokens is too large: 100000. This model supports at most 16384 completion tokens","code":"invalid_value"}} | INVALID_REQUEST
					422 | {"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}} | INVALID_REQUEST
					418 | short and stout                                                                                          | INVALID_REQUEST
					400 | {"error":{"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}         | UNAUTHORIZED
					401 | {"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}                               | UNAUTHORIZED
					401 |                                                                                                           | UNAUTHORIZED
					403 | {"error":{"message":"Country not supported","code":"unsupported_country_region_territory"}}               | UNAUTHORIZED
					407 |                                                                                                           | UNAUTHORIZED
					403 | {"error":{"message":"Your chosen model requires moderation and your input was flagged for \\"violence\\"","code":403}} | CONTENT_REFUSED
					400 | {"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation"}}} | CONTENT_REFUSED
					400 | {"error":{"message":"Input data may contain inappropriate content.","code":"data_inspection_failed"}}      | CONTENT_REFUSED
					400 | {"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}} | CONTENT_REFUSED
					402 | {"error":{"message":"Insufficient Balance","type":"unknown_error"}}                                         | QUOTA_EXHAUSTED
					429 | {"error":{"message":"You exceeded your current quota, please check your plan","type":"insufficient_quota","code":"insufficient_quota"}} | QUOTA_EXHAUSTED
					429 | {"error":{"code":"1113","message":"Your account is in arrears"}}                                            | QUOTA_EXHAUSTED
					429 | {"error":{"message":"Your account is suspended","type":"exceeded_current_quota_error"}}                    | QUOTA_EXHAUSTED
					400 | {"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}} | QUOTA_EXHAUSTED
					403 | {"error":{"message":"Overdue","code":"AccountOverdueError"}}                                              | QUOTA_EXHAUSTED
					400 | {"error":{"message":"Access denied","code":"Arrearage"}}                                                  | QUOTA_EXHAUSTED
					429 | {"error":{"code":429,"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}]}} | QUOTA_EXHAUSTED
					429 | {"error":{"code":429,"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel"}]}]}} | RATE_LIMITED
					429 | {"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}                  | RATE_LIMITED
					429 | {"error":{"message":"Request rate increased too quickly","type":"rate_limit_exceeded"}}                   | RATE_LIMITED
					429 | Too Many Requests                                                                                        | RATE_LIMITED
					429 | {"error":{"message":"The engine is currently overloaded","type":"engine_overloaded_error"}}               | OVERLOADED
					529 | {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}                                | OVERLOADED
					503 | <html><body>Service Unavailable</body></html>                                                            | OVERLOADED
					498 | {"error":{"message":"Flex tier capacity exceeded"}}                                                        | OVERLOADED
					500 | {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}                                | OVERLOADED
					500 | {"error":{"message":"Something broke"}}                                                                    | SERVER_ERROR
					502 | <html>Bad Gateway</html>                                                                                 | SERVER_ERROR
					504 |                                                                                                           | SERVER_ERROR
					522 |                                                                                                           | SERVER_ERROR
					409 |                                                                                                           | SERVER_ERROR
					425 |                                                                                                           | SERVER_ERROR
					408 |                                                                                                           | TIMED_OUT
					404 | {"error":{"message":"The model `x` does not exist","code":"model_not_found"}}                              | MODEL_NOT_FOUND
					404 | {"type":"error","error":{"type":"not_found_error","message":"model: claude-9"}}                            | MODEL_NOT_FOUND
					404 | {"detail":"Not Found"}                                                                                     | MODEL_NOT_FOUND
					410 | {"error":{"message":"Gone"}}                                                                               | MODEL_NOT_FOUND
					400 | {"error":{"message":"x is not a valid model ID","code":400}}                                               | MODEL_NOT_FOUND
					400 | {"error":{"message":"The model `mixtral-8x7b` has been decommissioned","code":"model_decommissioned"}}     | MODEL_NOT_FOUND
					400 | {"error":{"message":"Model Not Exist","type":"invalid_request_error"}}                                     | MODEL_NOT_FOUND
					403 | {"error":{"message":"Project does not have access to model gpt-x","code":"model_not_found"}}               | MODEL_NOT_FOUND
					404 | {"error":{"message":"Previous response with id 'resp_1' not found.","code":"previous_response_not_found"}} | INVALID_REQUEST
					302 |                                                                                                           | UNUSABLE_ANSWER
					200 | {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}                                | OVERLOADED
					200 | {"type":"error","error":{"type":"api_error","message":"Internal server error"}}                            | SERVER_ERROR
					200 | {"type":"error","error":{"type":"timeout_error","message":"Took too long"}}                                | TIMED_OUT
					200 | {"error":{"message":"Rate limit exceeded","code":429}}                                                     | RATE_LIMITED
					200 | {"error":{"message":"Provider returned error","code":502}}                                                 | SERVER_ERROR
					200 | {"error":{"message":"maximum context length is 8192 tokens","type":"invalid_request_error"}}               | CONTEXT_WINDOW_EXCEEDED
					""")
	void anHttpAnswerIsOfItsKind(int status, String body, FailureKind kind) {
		Failure failure = FailureClassifier.classify(status, Map.of(), (body != null) ? body : "");
		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure.message()).isNotBlank().doesNotContain("<html>");
	}

	@Test
	void theProvidersOwnWordsAndCodeAreKept() {
		Failure failure = FailureClassifier.classify(429, Map.of(), """
				{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}""");
		assertThat(failure.message()).isEqualTo("Rate limit reached");
		assertThat(failure.code()).isEqualTo("rate_limit_exceeded");
		assertThat(failure.status()).isEqualTo(429);
		assertThat(FailureClassifier.classify(422, Map.of(), """
				{"message":{"detail":[{"loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}}""").message())
			.isEqualTo("Extra inputs are not permitted: [\"body\",\"seed\"]");
		assertThat(FailureClassifier.classify(503, Map.of(), "<html>Sorry</html>").message()).isEqualTo("Status 503");
	}

	@Test
	void anErrorWithinAnAnswerHasTheStatusThatItNamesOrNone() {
		assertThat(FailureClassifier.classify(200, Map.of(), "{\"error\":{\"code\":502}}").status()).isEqualTo(502);
		assertThat(FailureClassifier.classify(200, Map.of(), "{\"error\":{\"type\":\"api_error\"}}").status()).isNull();
	}

	static Stream<Arguments> waits() {
		return Stream
			.of(Arguments.of(Map.of("Retry-After", "7"), "", Duration.ofSeconds(7)),
					Arguments.of(Map.of("retry-after", "1.5"), "", Duration.ofMillis(1500)),
					Arguments.of(Map.of("retry-after-ms", "250", "retry-after", "1"), "", Duration.ofMillis(250)),
					Arguments.of(Map.of("Retry-After", "Sat, 21 Nov 2026 12:00:30 GMT"), "", Duration.ofSeconds(30)),
					Arguments.of(Map.of("Retry-After", "Sat, 21 Nov 2026 12:00:30 GMT", "Date",
							"Sat, 21 Nov 2026 12:00:20 GMT"), "", Duration.ofSeconds(10)),
					Arguments.of(Map.of("Retry-After", "Sat, 21 Nov 2026 11:00:00 GMT"), "", Duration.ZERO),
					Arguments.of(Map.of("Retry-After", "99999999999999999999"), "", Duration.ofDays(7)),
					Arguments.of(Map.of("Retry-After", "soon"), "", null), Arguments.of(Map.of(), "", null),
					Arguments.of(Map.of(), """
							{"error":{"code":429,"message":"x","details":[
							{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"21.5s"}]}}""",
							Duration.ofMillis(21500)),
					Arguments.of(Map.of(), "{\"error\":{\"message\":\"Please try again in 1m30.5s.\"}}",
							Duration.ofMillis(90500)),
					Arguments.of(Map.of(), "{\"error\":{\"message\":\"Please try again in 20ms.\"}}",
							Duration.ofMillis(20)));
	}

	@ParameterizedTest
	@MethodSource("waits")
	void aWaitIsReadHoweverItIsTold(Map<String, String> headers, String body, Duration wait) {
		Instant now = Instant.parse("2026-11-21T12:00:00Z");
		assertThat(FailureClassifier.classify(429, headers, body, () -> now).retryAfter()).isEqualTo(wait);
	}

	@Test
	void aKeyIsNeverTold() {
		String body = "{\"error\":{\"message\":\"Wrong key sk-proj-abcdefghijklmnop, Bearer abcdefghij and AIzaSyA1234567890123456789\"}}";
		assertThat(FailureClassifier.classify(401, Map.of(), body).message())
			.isEqualTo("Wrong key ******, Bearer ****** and ******");
	}

	static Stream<Arguments> exceptions() {
		return Stream.of(Arguments.of(new ConnectException("Connection refused"), FailureKind.CONNECTION_FAILED),
				Arguments.of(new UnknownHostException("nowhere.invalid"), FailureKind.CONNECTION_FAILED),
				Arguments.of(new SSLHandshakeException("certificate"), FailureKind.CONNECTION_FAILED),
				Arguments.of(new EOFException("unexpected end of stream"), FailureKind.CONNECTION_FAILED),
				Arguments.of(new SocketException("Connection reset"), FailureKind.CONNECTION_FAILED),
				Arguments.of(new SocketTimeoutException("Connect timed out"), FailureKind.CONNECTION_FAILED),
				Arguments.of(new SocketTimeoutException("failed to connect to /10.0.0.1 (port 443) after 1000ms"),
						FailureKind.CONNECTION_FAILED),
				Arguments.of(new HttpConnectTimeoutException("HTTP connect timed out"), FailureKind.CONNECTION_FAILED),
				Arguments.of(new SocketTimeoutException("Read timed out"), FailureKind.TIMED_OUT),
				Arguments.of(new HttpTimeoutException("request timed out"), FailureKind.TIMED_OUT),
				Arguments.of(new InterruptedIOException("timeout"), FailureKind.TIMED_OUT),
				Arguments.of(new TimeoutException(), FailureKind.TIMED_OUT),
				Arguments.of(new IOException("Canceled"), FailureKind.CANCELLED),
				Arguments.of(new SocketException("Socket closed"), FailureKind.CANCELLED),
				Arguments.of(new InterruptedIOException("interrupted"), FailureKind.CANCELLED),
				Arguments.of(new InterruptedException(), FailureKind.CANCELLED),
				Arguments.of(new CancellationException(), FailureKind.CANCELLED),
				Arguments.of(new NullPointerException(), FailureKind.UNUSABLE_ANSWER),
				Arguments.of(new IllegalArgumentException("Unsupported message type"), FailureKind.INVALID_REQUEST));
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void anExceptionIsOfItsKindHoweverItIsWrapped(Exception exception, FailureKind kind) {
		assertThat(FailureClassifier.classify(exception).kind()).isEqualTo(kind);
		Exception wrapped = new CompletionException(exception);
		Failure failure = FailureClassifier.classify(wrapped);
		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure.cause()).isSameAs(wrapped);
		assertThat(failure.message()).startsWith(exception.getClass().getSimpleName());
	}

	@Test
	void whenCausesFormACircleThenItEnds() {
		Exception first = new RuntimeException("first");
		Exception second = new RuntimeException("second", first);
		first.initCause(second);
		assertThat(FailureClassifier.classify(first).kind()).isEqualTo(FailureKind.UNUSABLE_ANSWER);
	}

	@Test
	void theRetriesOfSpringAiWordTheStatus() {
		assertThat(FailureClassifier.classify(new NonTransientAiException("429 - {\"error\":\"slow down\"}")))
			.satisfies((failure) -> {
				assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
				assertThat(failure.message()).isEqualTo("slow down");
			});
		assertThat(FailureClassifier.classify(new TransientAiException("HTTP 503 - busy")).kind())
			.isEqualTo(FailureKind.OVERLOADED);
		assertThat(FailureClassifier.classify(new TransientAiException("no status")).kind())
			.isEqualTo(FailureKind.UNUSABLE_ANSWER);
	}

	@Test
	void theExceptionsOfSpringsClientsCarryTheAnswer() {
		HttpHeaders headers = new HttpHeaders();
		headers.add("Retry-After", "3");
		Exception limited = HttpClientErrorException.create(HttpStatus.TOO_MANY_REQUESTS, "", headers,
				"{\"error\":{\"message\":\"slow down\"}}".getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
		assertThat(FailureClassifier.classify(new RuntimeException(limited))).satisfies((failure) -> {
			assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
			assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
			assertThat(failure.message()).isEqualTo("slow down");
		});
		Exception refused = new ResourceAccessException("I/O error", new ConnectException("Connection refused"));
		assertThat(FailureClassifier.classify(refused).kind()).isEqualTo(FailureKind.CONNECTION_FAILED);
	}

	@Test
	void theExceptionsOfGooglesLibraryCarryTheDetails() {
		ClientException limited = new ClientException(429, "Too Many Requests", """
				You exceeded your current quota
				Details: {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"21s"}""");
		assertThat(FailureClassifier.classify(new RuntimeException("Failed to generate content", limited)))
			.satisfies((failure) -> {
				assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(21));
				assertThat(failure.message()).isEqualTo("You exceeded your current quota");
				assertThat(failure.status()).isEqualTo(429);
			});
	}

	@Test
	void whenTheBodyIsNoJsonThenTheStatusDecides() {
		Exception page = InternalServerException.builder()
			.statusCode(503)
			.headers(Headers.builder().put("retry-after", "5").build())
			.build();
		assertThat(FailureClassifier.classify(page)).satisfies((failure) -> {
			assertThat(failure.kind()).isEqualTo(FailureKind.OVERLOADED);
			assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(5));
			assertThat(failure.message()).isEqualTo("Status 503");
		});
	}

}
