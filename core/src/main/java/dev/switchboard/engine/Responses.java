package dev.switchboard.engine;

import java.util.List;

import dev.switchboard.call.CallRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Puts the record of a call into its response.
 */
final class Responses {

	private Responses() {
	}

	static ChatResponse withRecord(ChatResponse response, CallRecord record) {
		return withRecord(response.getResults(), response.getMetadata(), response.getMetadata().getUsage(), record);
	}

	/** The last chunk of a stream: it ends the answer and tells its usage. */
	static ChatResponse lastChunk(@Nullable ChatResponse end, @Nullable Usage usage, CallRecord record) {
		ChatResponseMetadata metadata = (end != null) ? end.getMetadata() : new ChatResponseMetadata();
		List<Generation> generations = (end != null && !end.getResults().isEmpty()) ? end.getResults()
				: List.of(new Generation(new AssistantMessage("")));
		return withRecord(generations, metadata, (usage != null) ? usage : metadata.getUsage(), record);
	}

	private static ChatResponse withRecord(List<Generation> generations, ChatResponseMetadata metadata, Usage usage,
			CallRecord record) {
		ChatResponseMetadata.Builder copy = ChatResponseMetadata.builder();
		metadata.entrySet().forEach((entry) -> copy.keyValue(entry.getKey(), entry.getValue()));
		copy.id(metadata.getId())
			.model(metadata.getModel())
			.rateLimit(metadata.getRateLimit())
			.promptMetadata(metadata.getPromptMetadata())
			.usage(usage)
			.keyValue(CallRecord.METADATA_KEY, record);
		return new ChatResponse(generations, copy.build());
	}

}
