package dev.switchboard.gateway.wire.anthropic;

import java.util.List;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.options.PromptFacts;
import dev.switchboard.options.RouteChatOptions;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Answers {@code count_tokens} where no target can be asked: an estimate by the rules of
 * {@link PromptFacts}, of what a target of another wire would be sent.
 */
public final class AnthropicTokenCount {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private AnthropicTokenCount() {
	}

	/**
	 * Estimates the input tokens of a request.
	 * @param request the request, as for a message; needs no {@code max_tokens}
	 * @return the answer, JSON: {@code {"input_tokens": n}}
	 * @throws dev.switchboard.gateway.wire.RefusedRequestException if it is malformed
	 */
	public static byte[] write(ObjectNode request) {
		Fields fields = Fields.of(request, "");
		ToolChanges changes = new ToolChanges();
		List<Message> messages = new MessagesReader(ToolCallMemory.NONE, changes).read(fields);
		RouteChatOptions options = RouteChatOptions.builder()
			.toolCallbacks(ToolsReader.read(fields, changes).told())
			.outputSchema(OptionsReader.outputSchema(fields))
			.build();
		int tokens = PromptFacts.of(new Prompt(messages, options)).inputTokens();
		return MAPPER.writeValueAsBytes(MAPPER.createObjectNode().put("input_tokens", tokens));
	}

}
