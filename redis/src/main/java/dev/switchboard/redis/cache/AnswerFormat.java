package dev.switchboard.redis.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.CallRecord;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.options.Answers;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeType;

/**
 * An answer in an entry: its texts and media, why it ended, its usage, who gave it, and
 * all metadata that are plain values, among them the bytes of a relayed answer. Not its
 * tool calls, as no answer with one is remembered, nor what says how busy the provider
 * was, nor who asked.
 */
final class AnswerFormat {

	private AnswerFormat() {
	}

	static void write(ChatResponse answer, EntryOutput out) {
		ChatResponseMetadata metadata = answer.getMetadata();
		out.value(metadata.getId()).value(metadata.getModel());
		usage(answer, out);
		RecordFormat.write(CallRecord.of(answer), out);
		out.plain(metadata.entrySet());
		List<Generation> generations = answer.getResults();
		out.integer(generations.size());
		for (Generation generation : generations) {
			AssistantMessage message = generation.getOutput();
			out.value(message.getText()).plain(message.getMetadata().entrySet());
			out.integer(message.getMedia().size());
			message.getMedia().forEach((media) -> write(media, out));
			out.value(generation.getMetadata().getFinishReason()).plain(generation.getMetadata().entrySet());
		}
	}

	static ChatResponse read(EntryInput in) {
		ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder();
		String id = in.optionalText();
		String model = in.optionalText();
		if (id != null) {
			metadata.id(id);
		}
		if (model != null) {
			metadata.model(model);
		}
		Usage usage = usage(in);
		if (usage != null) {
			metadata.usage(usage);
		}
		CallRecord record = RecordFormat.read(in);
		in.map().forEach(metadata::keyValue);
		if (record != null) {
			metadata.keyValue(CallRecord.METADATA_KEY, record);
		}
		int count = in.count();
		List<Generation> generations = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			generations.add(generation(in));
		}
		return new ChatResponse(generations, metadata.build());
	}

	private static Generation generation(EntryInput in) {
		String text = in.optionalText();
		Map<String, @Nullable Object> properties = in.map();
		int count = in.count();
		List<Media> media = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			media.add(media(in));
		}
		ChatGenerationMetadata.Builder metadata = ChatGenerationMetadata.builder();
		String finishReason = in.optionalText();
		if (finishReason != null) {
			metadata.finishReason(finishReason);
		}
		in.map().forEach((name, value) -> {
			if (value != null) {
				metadata.metadata(name, value);
			}
		});
		return new Generation(AssistantMessage.builder().content(text).properties(properties).media(media).build(),
				metadata.build());
	}

	private static void write(Media media, EntryOutput out) {
		out.text(media.getMimeType().toString()).value(media.getId()).text(media.getName()).value(media.getData());
	}

	private static Media media(EntryInput in) {
		Media.Builder media = Media.builder().mimeType(MimeType.valueOf(in.text()));
		String id = in.optionalText();
		if (id != null) {
			media.id(id);
		}
		media.name(in.text());
		Object data = in.value();
		if (!(data instanceof String) && !(data instanceof byte[])) {
			throw new UnreadableEntryException("media without data");
		}
		return media.data(data).build();
	}

	private static void usage(ChatResponse answer, EntryOutput out) {
		Usage usage = answer.getMetadata().getUsage();
		TokenUsage counted = Answers.usage(answer);
		out.value(counted != null);
		if (counted != null) {
			out.value(usage.getPromptTokens())
				.value(usage.getCompletionTokens())
				.value(usage.getTotalTokens())
				.value(usage.getCacheReadInputTokens())
				.value(usage.getCacheWriteInputTokens());
			RecordFormat.tokens(counted, out);
		}
	}

	private static @Nullable Usage usage(EntryInput in) {
		if (!Boolean.TRUE.equals(in.value())) {
			return null;
		}
		Integer input = number(in, Integer.class);
		Integer output = number(in, Integer.class);
		Integer total = number(in, Integer.class);
		Long cached = number(in, Long.class);
		Long written = number(in, Long.class);
		return new DefaultUsage(input, output, total, RecordFormat.tokensOf(in), cached, written);
	}

	private static <T extends Number> @Nullable T number(EntryInput in, Class<T> type) {
		Object value = in.value();
		if (value != null && !type.isInstance(value)) {
			throw new UnreadableEntryException("a count that is none");
		}
		return type.cast(value);
	}

}
