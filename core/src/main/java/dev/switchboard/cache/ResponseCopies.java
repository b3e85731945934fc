package dev.switchboard.cache;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;

/**
 * Copies of answers that share nothing that can be changed.
 */
final class ResponseCopies {

	private ResponseCopies() {
	}

	static ChatResponse copy(ChatResponse response) {
		List<Generation> generations = response.getResults();
		List<Generation> copies = new ArrayList<>(generations.size());
		for (Generation generation : generations) {
			AssistantMessage message = generation.getOutput();
			copies.add(new Generation(message(message, message.getText(), message.getMetadata(), message.getMedia()),
					copy(generation.getMetadata())));
		}
		return new ChatResponse(copies, copy(response.getMetadata()));
	}

	static ChatResponseMetadata copy(ChatResponseMetadata metadata) {
		ChatResponseMetadata.Builder copy = ChatResponseMetadata.builder()
			.id(metadata.getId())
			.model(metadata.getModel())
			.rateLimit(metadata.getRateLimit())
			.usage(metadata.getUsage())
			.promptMetadata(metadata.getPromptMetadata());
		metadata.entrySet().forEach((entry) -> copy.keyValue(entry.getKey(), value(entry.getValue())));
		return copy.build();
	}

	static AssistantMessage message(AssistantMessage original, @Nullable String text, Map<String, Object> metadata,
			List<Media> media) {
		return AssistantMessage.builder()
			.content(text)
			.properties(map(metadata))
			.toolCalls(List.copyOf(original.getToolCalls()))
			.media(media.isEmpty() ? List.of() : media.stream().map(ResponseCopies::copy).toList())
			.build();
	}

	static ChatGenerationMetadata copy(ChatGenerationMetadata metadata) {
		if (metadata.isEmpty() && metadata.getFinishReason() == null && metadata.getContentFilters().isEmpty()) {
			return ChatGenerationMetadata.NULL;
		}
		ChatGenerationMetadata.Builder copy = ChatGenerationMetadata.builder()
			.finishReason(metadata.getFinishReason())
			.contentFilters(metadata.getContentFilters());
		metadata.entrySet().forEach((entry) -> {
			Object value = value(entry.getValue());
			if (value != null) {
				copy.metadata(entry.getKey(), value);
			}
		});
		return copy.build();
	}

	private static Media copy(Media media) {
		if (!(media.getData() instanceof byte[] bytes)) {
			return media;
		}
		Media.Builder copy = Media.builder().mimeType(media.getMimeType()).data(bytes.clone()).name(media.getName());
		if (media.getId() != null) {
			copy.id(media.getId());
		}
		return copy.build();
	}

	private static <K> Map<K, @Nullable Object> map(Map<K, ?> original) {
		Map<K, @Nullable Object> copy = new LinkedHashMap<>(2 * original.size());
		original.forEach((key, value) -> copy.put(key, value(value)));
		return copy;
	}

	// What providers put into metadata: numbers, texts and the vendor's own values, which
	// can't be changed, and now and then a collection of them, which can.
	private static @Nullable Object value(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return map(map);
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> copy = new ArrayList<>(list.size());
			list.forEach((element) -> copy.add(value(element)));
			return copy;
		}
		if (value instanceof Set<?> set) {
			Set<@Nullable Object> copy = new LinkedHashSet<>(2 * set.size());
			set.forEach((element) -> copy.add(value(element)));
			return copy;
		}
		return (value instanceof byte[] bytes) ? bytes.clone() : value;
	}

}
