package dev.switchboard.options;

import java.util.List;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.prompt.ChatOptions;

/** Loaded only where {@code spring-ai-anthropic} is there. */
final class AnthropicTarget {

	private AnthropicTarget() {
	}

	static void settle(ChatOptions.Builder<?> builder, ChatOptions defaults, List<ChatOptions.Builder<?>> overlays) {
		if (!overlays.isEmpty() && builder instanceof AnthropicChatOptions.Builder anthropic
				&& defaults instanceof AnthropicChatOptions own) {
			anthropic.baseUrl(own.getBaseUrl())
				.apiKey(own.getApiKey())
				.timeout(own.getTimeout())
				.maxRetries(own.getMaxRetries())
				.proxy(own.getProxy());
		}
	}

}
