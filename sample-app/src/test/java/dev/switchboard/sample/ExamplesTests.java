package dev.switchboard.sample;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@DemoTest
class ExamplesTests {

	@LocalServerPort
	private int port;

	private Browser browser;

	@BeforeEach
	void allIsWell() {
		this.browser = new Browser(this.port);
		this.browser.post("/reset", "");
	}

	@Test
	void aTicketIsSortedByOneRouteAndAnsweredByAnother() {
		JsonNode reply = Browser.json(
				this.browser.post("/examples/tickets", "My parcel came with a broken lid and I'd like to send it back.")
					.body());
		assertThat(reply.path("category").asString()).isEqualTo("return");
		assertThat(reply.path("draft").asString()).startsWith("Thank you for writing to us")
			.contains("claude-opus-4-7");
	}

	@Test
	void theAssistantLooksAnOrderUpAndRemembersWhichOne() {
		assertThat(this.browser.post("/examples/assistant/one", "Where is my order 1001?").body())
			.startsWith("Order 1001 is shipped, and should be with you on 2026-12-03.");
		assertThat(this.browser.post("/examples/assistant/one", "And what did I ask?").body())
			.startsWith("We were talking about order 1001.");
		assertThat(this.browser.post("/examples/assistant/other", "And what did I ask?").body())
			.startsWith("Gladly. What is the number of your order?");
	}

	@Test
	void theAssistantGoesOnWhenItsFirstProviderIsDown() {
		this.browser.behave("openai", "DOWN");
		assertThat(this.browser.post("/examples/assistant/two", "Where is my order 1002?").body())
			.startsWith("Order 1002 is waiting for payment")
			.contains("claude-sonnet-4-6 at anthropic");
	}

	@Test
	void anInvoiceBecomesARecord() {
		JsonNode invoice = Browser.json(this.browser
			.post("/examples/invoices", "Invoice 2026-117 to Ada Books Ltd, 249.90 EUR, payable until 2026-12-15.")
			.body());
		assertThat(invoice.path("number").asString()).isEqualTo("2026-117");
		assertThat(invoice.path("customer").asString()).isEqualTo("Ada Books Ltd");
		assertThat(invoice.path("total").decimalValue()).isEqualByComparingTo("249.90");
		assertThat(invoice.path("due").asString()).isEqualTo("2026-12-15");
	}

	@Test
	void whenNobodyAnswersThenTheCallerIsToldWhenToComeBack() {
		for (String provider : new String[] { "groq", "openai", "google", "anthropic" }) {
			this.browser.behave(provider, "RATE_LIMITED");
		}
		this.browser.post("/examples/tickets", "Where is my parcel?");
		HttpResponse<String> response = this.browser.post("/examples/tickets", "Where is my parcel?");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 20L);
		assertThat(response.body()).contains("No model can answer right now").doesNotContain("parcel");
	}

}
