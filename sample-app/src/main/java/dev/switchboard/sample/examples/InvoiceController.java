package dev.switchboard.sample.examples;

import java.math.BigDecimal;
import java.time.LocalDate;

import dev.switchboard.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Text in, record out. An answer that is not such a record counts as a failed attempt.
 */
@RestController
class InvoiceController {

	private final ChatClient client;

	InvoiceController(@Route("balanced") ChatClient client) {
		this.client = client;
	}

	@PostMapping("/examples/invoices")
	@Nullable Invoice read(@RequestBody String text) {
		return this.client.prompt()
			.system("Read the invoice in the user's message.")
			.user(text)
			.call()
			.entity(Invoice.class);
	}

	record Invoice(String number, String customer, BigDecimal total, String currency, LocalDate due) {

	}

}
