package dev.switchboard.sample.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.CallRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.StringUtils;

/**
 * What the browser is told of one chunk of an answer.
 */
final class AnswerEvents {

	private AnswerEvents() {
	}

	static List<ServerSentEvent<Object>> of(ChatResponse chunk) {
		List<ServerSentEvent<Object>> events = new ArrayList<>();
		String text = text(chunk);
		if (StringUtils.hasLength(text)) {
			// As JSON, because a leading blank would be lost in an event of plain text.
			events.add(event("text", Map.of("text", text)));
		}
		CallRecord call = CallRecord.of(chunk);
		if (call != null) {
			events.add(event("done", CallView.of(call)));
		}
		return events;
	}

	private static @Nullable String text(ChatResponse chunk) {
		Generation result = chunk.getResult();
		return (result != null) ? result.getOutput().getText() : null;
	}

	private static ServerSentEvent<Object> event(String name, Object data) {
		return ServerSentEvent.builder(data).event(name).build();
	}

}
