package dev.switchboard.gateway.wire.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;

/**
 * One message of the user: the results of tools, and what he says beside them.
 * <p>
 * Spring AI's user messages have one text, and media with it. Where text and media take
 * turns more than once, another user message begins, so that each picture stays with the
 * words about it.
 */
final class UserTurn implements ContentSink {

	private final List<Message> messages;

	private final Map<String, String> toolNames;

	private final List<ToolResponse> results = new ArrayList<>();

	private final List<ToolResultContent> illustrated = new ArrayList<>();

	private final List<String> texts = new ArrayList<>();

	private final List<Media> media = new ArrayList<>();

	private boolean mediaLast;

	/**
	 * A turn.
	 * @param messages where its messages go
	 * @param toolNames the names of the tools called so far, by the calls' ids
	 */
	UserTurn(List<Message> messages, Map<String, String> toolNames) {
		this.messages = messages;
		this.toolNames = toolNames;
	}

	/** Reads the result of one call; all of them must be read before anything else. */
	void toolResult(Fields block) {
		String id = ToolUseIds.read(block.requiredText("tool_use_id"));
		String name = this.toolNames.get(id);
		if (name == null) {
			throw RefusedRequestException.invalid(block.path("tool_use_id"),
					"'" + block.path("tool_use_id") + "' names no 'tool_use' block of an earlier message");
		}
		ToolResultContent content = ToolResultContent.read(block, name);
		this.results.add(new ToolResponse(id, name, content.text()));
		if (!content.media().isEmpty()) {
			this.illustrated.add(content);
		}
	}

	/** All results as one message, however many messages the caller made of them. */
	void endToolResults() {
		if (!this.results.isEmpty()) {
			int last = this.messages.size() - 1;
			if (last >= 0 && this.messages.get(last) instanceof ToolResponseMessage before) {
				this.results.addAll(0, before.getResponses());
				this.messages.remove(last);
			}
			this.messages.add(ToolResponseMessage.builder().responses(List.copyOf(this.results)).build());
		}
		for (ToolResultContent content : this.illustrated) {
			text("What tool '" + content.tool() + "' returned beside its text:");
			content.media().forEach(this::media);
		}
	}

	@Override
	public void text(String text) {
		if (!text.isEmpty()) {
			begin(false);
			this.texts.add(text);
		}
	}

	@Override
	public void media(Media media) {
		begin(true);
		this.media.add(media);
	}

	private void begin(boolean withMedia) {
		if (withMedia != this.mediaLast && !this.texts.isEmpty() && !this.media.isEmpty()) {
			end();
		}
		this.mediaLast = withMedia;
	}

	/** Adds what was said since the last end, if anything was. */
	void end() {
		if (this.texts.isEmpty() && this.media.isEmpty()) {
			return;
		}
		this.messages
			.add(UserMessage.builder().text(String.join("\n\n", this.texts)).media(List.copyOf(this.media)).build());
		this.texts.clear();
		this.media.clear();
	}

}
