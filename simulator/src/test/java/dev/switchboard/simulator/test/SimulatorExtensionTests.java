package dev.switchboard.simulator.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.fault.Fault;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static dev.switchboard.simulator.test.SimulatorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An extension in a field, and what the assertions say.
 */
class SimulatorExtensionTests {

	@RegisterExtension
	static final SimulatorExtension SIMULATOR = new SimulatorExtension();

	private static final String URL_BEFORE_ANY_TEST = SIMULATOR.provider("openai").baseUrl(SimulatedWire.OPENAI);

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void itsUrlIsKnownBeforeAnyTest(Simulator simulator, SimulatedProvider openai) {
		assertThat(simulator).isSameAs(SIMULATOR.simulator());
		assertThat(openai.baseUrl(SimulatedWire.OPENAI)).isEqualTo(URL_BEFORE_ANY_TEST);
	}

	@Test
	void whatWasReceivedCanBeAsserted(SimulatedProvider openai) throws Exception {
		assertThat(ask("gpt")).isEqualTo(200);
		assertThat(openai).received(1)
			.wasCalled()
			.wasNotAborted()
			.receivedModel("gpt")
			.receivedHeader("Authorization", "Bearer key")
			.neverReceivedHeader("x-api-key")
			.receivedBodyContaining("\"content\":\"hi\"");
		assertThat(openai.model("gpt")).received(1);
		assertThat(openai.model("other")).wasNeverCalled();
		assertThat(openai).lastRequest()
			.hasPath("/openai/v1/chat/completions")
			.isOn(SimulatedWire.OPENAI)
			.hasModel("gpt")
			.hasHeader("authorization", "Bearer key")
			.hasNoHeader("x-api-key")
			.hasJson("/messages/0/role", "user")
			.hasNoJson("/tools")
			.hasBodyContaining("hi")
			.isCompleted();
		assertThat(openai).request(0).hasModel("gpt");
	}

	@Test
	void whatWasNotReceivedIsToldWithWhatWas(SimulatedProvider openai) throws Exception {
		ask("gpt");
		ReceivedAssert received = assertThat(openai).within(Duration.ofMillis(20));
		assertThatAssertionFails(() -> received.received(2)).contains("to have received 2 requests, but it received 1")
			.contains("model=gpt");
		assertThatAssertionFails(() -> received.received(0)).contains("received 0 requests, but it received 1");
		assertThatAssertionFails(received::wasNeverCalled).contains("model=gpt");
		assertThatAssertionFails(received::wasAborted).contains("outcome=COMPLETED");
		assertThatAssertionFails(() -> received.receivedModel("other")).contains("a request for model other");
		assertThatAssertionFails(() -> received.receivedHeader("authorization", "none"))
			.contains("authorization: none");
		assertThatAssertionFails(() -> received.neverReceivedHeader("authorization")).contains("authorization");
		assertThatAssertionFails(() -> received.request(1)).contains("more than 1");
		assertThatAssertionFails(() -> received.lastRequest().hasModel("other"))
			.contains("to be other, but it was gpt");
		assertThatAssertionFails(() -> received.lastRequest().isStreamed()).contains("streamed");
		assertThatAssertionFails(() -> received.lastRequest().isAborted()).contains("COMPLETED");
		assertThatAssertionFails(() -> received.lastRequest().hasJson("/model", "x")).contains("gpt");
		assertThatAssertionFails(() -> assertThat(openai.model("other")).within(Duration.ZERO).wasCalled())
			.contains("openai/other");
	}

	@Test
	void anAbortIsWaitedFor(SimulatedProvider openai) {
		openai.fails(Fault.silence());
		var pending = this.http.sendAsync(request("gpt"), HttpResponse.BodyHandlers.discarding());
		assertThat(openai).received(1);
		pending.cancel(true);
		assertThat(openai).wasAborted();
		assertThat(openai).lastRequest().isAborted();
		assertThatAssertionFails(() -> assertThat(openai).wasNotAborted()).contains("outcome=ABORTED");
	}

	private static AbstractStringAssert<?> assertThatAssertionFails(Runnable assertion) {
		AssertionError[] error = new AssertionError[1];
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion::run).satisfies((ex) -> error[0] = ex);
		return assertThat(error[0].getMessage());
	}

	private int ask(String model) throws Exception {
		return this.http.send(request(model), HttpResponse.BodyHandlers.discarding()).statusCode();
	}

	private static HttpRequest request(String model) {
		return HttpRequest.newBuilder(URI.create(URL_BEFORE_ANY_TEST + "/chat/completions"))
			.version(HttpClient.Version.HTTP_1_1)
			.header("authorization", "Bearer key")
			.POST(HttpRequest.BodyPublishers
				.ofString("{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
			.build();
	}

}
