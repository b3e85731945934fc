package dev.switchboard.options;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.anthropic.models.messages.ThinkingConfigParam;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;

/** Loaded only where {@code spring-ai-anthropic} is there. */
final class AnthropicTarget {

	private AnthropicTarget() {
	}

	/** Whether the target's own options can't be sent as they are. */
	static boolean mustSettle(ChatOptions defaults) {
		return defaults instanceof AnthropicChatOptions own && AnthropicAsking.mustSettle(own);
	}

	static void ask(ChatOptions.Builder<?> builder, Asking asking) {
		if (builder instanceof AnthropicChatOptions.Builder anthropic) {
			new AnthropicAsking(anthropic, asking).ask();
		}
	}

	static void settle(ChatOptions.Builder<?> builder, ChatOptions defaults, List<ChatOptions.Builder<?>> overlays,
			Asking asking) {
		if (!(builder instanceof AnthropicChatOptions.Builder anthropic)
				|| !(defaults instanceof AnthropicChatOptions own)) {
			return;
		}
		if (!overlays.isEmpty()) {
			anthropic.baseUrl(own.getBaseUrl())
				.apiKey(own.getApiKey())
				.timeout(own.getTimeout())
				.maxRetries(own.getMaxRetries())
				.proxy(own.getProxy());
		}
		new AnthropicAsking(anthropic, asking).settle();
	}

	/**
	 * Options for a conversation with tool calls: what was thought before them goes with
	 * the request, or thinking on a budget is off until the loop ends. Anthropic takes it
	 * for an error to go on thinking where it cannot see that thinking began.
	 */
	static ChatOptions inToolLoop(ChatOptions options, List<Message> messages, boolean replaysThinking) {
		if (!(options instanceof AnthropicChatOptions anthropic)) {
			return options;
		}
		String header = replaysThinking ? ThinkingReplay.headerFor(messages) : null;
		ThinkingConfigParam thinking = anthropic.getThinking();
		boolean broken = thinking != null && thinking.isEnabled() && isOpen(messages)
				&& !isThoughtThrough(messages, header != null);
		if (header == null && !broken) {
			return options;
		}
		AnthropicChatOptions.Builder builder = anthropic.mutate();
		if (header != null) {
			Map<String, String> headers = new HashMap<>(
					Objects.requireNonNullElse(anthropic.getHttpHeaders(), Map.of()));
			headers.put(ThinkingReplay.HEADER, header);
			builder.httpHeaders(headers);
		}
		if (broken) {
			builder.thinkingDisabled();
		}
		return builder.build();
	}

	private static boolean isOpen(List<Message> messages) {
		return messages.get(messages.size() - 1) instanceof ToolResponseMessage;
	}

	/**
	 * Whether each message since the user's last carries the thoughts before its calls.
	 */
	private static boolean isThoughtThrough(List<Message> messages, boolean replayed) {
		for (int i = messages.size() - 1; i >= 0 && !(messages.get(i) instanceof UserMessage); i--) {
			if (messages.get(i) instanceof AssistantMessage asking && asking.hasToolCalls()
					&& !asking.getMetadata().containsKey(ThinkingBlocks.OWN)
					&& !(replayed && !ThinkingBlocks.of(asking).isEmpty())) {
				return false;
			}
		}
		return true;
	}

}
