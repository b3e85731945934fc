package dev.switchboard.options;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.cost.ModelId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.util.CollectionUtils;

/** Loaded only where {@code spring-ai-openai} is there. */
final class OpenAiTarget {

	private OpenAiTarget() {
	}

	/** Whether the target's own options can't be sent as they are. */
	static boolean mustSettle(ChatOptions defaults) {
		return defaults instanceof OpenAiChatOptions own
				&& (own.getToolChoice() != null || own.getParallelToolCalls() != null)
				&& CollectionUtils.isEmpty(own.getToolCallbacks());
	}

	static void ask(ChatOptions.Builder<?> builder, ChatOptions defaults, List<Message> messages, Asking asking) {
		if (builder instanceof OpenAiChatOptions.Builder openAi && defaults instanceof OpenAiChatOptions own) {
			new OpenAiVariety(openAi, own.getExtraBody(), asking).ask(messages);
		}
	}

	static String namedTool(String name) {
		return JsonMapper.shared().writeValueAsString(Map.of("type", "function", "function", Map.of("name", name)));
	}

	static void settle(ChatOptions.Builder<?> builder, ChatOptions defaults, List<ChatOptions.Builder<?>> overlays,
			@Nullable Integer maxTokens, Asking asking) {
		if (!(builder instanceof OpenAiChatOptions.Builder openAi) || !(defaults instanceof OpenAiChatOptions own)) {
			return;
		}
		ModelId target = asking.target();
		if (!asking.hasTools()) {
			// OpenAI refuses both where there are none.
			openAi.toolChoice(null).parallelToolCalls(null);
		}
		if (!overlays.isEmpty()) {
			keepConnection(openAi, own);
			keepModel(openAi, target);
		}
		limitTokens(openAi, own, askedCompletionTokens(overlays), maxTokens, target);
	}

	private static void keepConnection(OpenAiChatOptions.Builder builder, OpenAiChatOptions own) {
		builder.baseUrl(own.getBaseUrl())
			.apiKey(own.getApiKey())
			.credential(own.getCredential())
			.deploymentName(own.getDeploymentName())
			.microsoftFoundryServiceVersion(own.getMicrosoftFoundryServiceVersion())
			.microsoftFoundry(own.isMicrosoftFoundry())
			.gitHubModels(own.isGitHubModels())
			.organizationId(own.getOrganizationId())
			.timeout(own.getTimeout())
			.maxRetries(own.getMaxRetries())
			.proxy(own.getProxy());
	}

	/** Extra fields go into the body as they are, a model among them would win. */
	private static void keepModel(OpenAiChatOptions.Builder builder, ModelId target) {
		Map<String, Object> extra = builder.clone().build().getExtraBody();
		if (extra != null && extra.containsKey("model")) {
			Map<String, Object> without = new HashMap<>(extra);
			without.remove("model");
			builder.extraBody(without);
		}
		builder.model(target.model());
	}

	private static @Nullable Integer askedCompletionTokens(List<ChatOptions.Builder<?>> overlays) {
		Integer asked = null;
		for (ChatOptions.Builder<?> overlay : overlays) {
			if (overlay.clone().build() instanceof OpenAiChatOptions options
					&& options.getMaxCompletionTokens() != null) {
				asked = options.getMaxCompletionTokens();
			}
		}
		return asked;
	}

	/**
	 * The limit has two names on this wire, of which only one may be sent. OpenAI's own
	 * reasoning models refuse the old one, many compatible servers do not know the new
	 * one.
	 */
	private static void limitTokens(OpenAiChatOptions.Builder builder, OpenAiChatOptions own,
			@Nullable Integer completionTokens, @Nullable Integer maxTokens, ModelId target) {
		if (completionTokens != null) {
			builder.maxCompletionTokens(null).maxTokens(null).maxCompletionTokens(completionTokens);
		}
		else if (maxTokens != null) {
			builder.maxCompletionTokens(null).maxTokens(null);
			if (own.getMaxCompletionTokens() != null || target.provider().equals("openai")) {
				builder.maxCompletionTokens(maxTokens);
			}
			else {
				builder.maxTokens(maxTokens);
			}
		}
	}

}
