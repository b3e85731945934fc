package dev.switchboard.sample.examples;

import dev.switchboard.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Two routes in one class: a cheap one sorts, a good one writes.
 */
@RestController
class TicketController {

	private final ChatClient classifier;

	private final ChatClient writer;

	TicketController(@Route("cheap-fast") ChatClient classifier, @Route("best-quality") ChatClient writer) {
		this.classifier = classifier;
		this.writer = writer;
	}

	@PostMapping("/examples/tickets")
	Reply reply(@RequestBody String ticket) {
		String category = this.classifier.prompt()
			.system("Classify the customer's message. Answer with one word: delivery, payment, return or other.")
			.user(ticket)
			.call()
			.content();
		String draft = this.writer.prompt()
			.system("Write a short, warm reply to this message about " + category + ".")
			.user(ticket)
			.call()
			.content();
		return new Reply(category, draft);
	}

	record Reply(@Nullable String category, @Nullable String draft) {

	}

}
