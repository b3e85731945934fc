package dev.switchboard.sample.examples;

import dev.switchboard.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * An assistant with tools and a memory. When a target fails between two turns of the tool
 * loop, another one goes on, and no tool runs twice.
 */
@RestController
class OrderAssistant {

	private final ChatClient client;

	OrderAssistant(@Route("balanced") ChatClient client, OrderTools tools) {
		ChatMemory memory = MessageWindowChatMemory.builder().maxMessages(20).build();
		this.client = client.mutate()
			.defaultSystem("You help the customers of a bookshop. Look orders up rather than guess.")
			.defaultTools(tools)
			.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
			.build();
	}

	@PostMapping("/examples/assistant/{conversation}")
	@Nullable String ask(@PathVariable String conversation, @RequestBody String question) {
		return this.client.prompt()
			.user(question)
			.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, conversation))
			.call()
			.content();
	}

}
