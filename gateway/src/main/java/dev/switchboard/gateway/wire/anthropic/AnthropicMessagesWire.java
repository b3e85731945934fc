package dev.switchboard.gateway.wire.anthropic;

import java.util.List;
import java.util.Set;

import dev.switchboard.gateway.wire.CallerWire;
import dev.switchboard.gateway.wire.Events;
import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.RefusedRequestException;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.gateway.wire.WireRequest;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;

/**
 * Anthropic's messages, for targets that speak something else.
 * <p>
 * Left out, as no answer is wrong without: {@code metadata}, {@code service_tier},
 * {@code cache_control}, {@code context_management}, citations, thoughts of earlier turns
 * (the target's own come back by {@link ToolCallMemory}), what Anthropic's own tools did
 * in earlier turns, and fields that nobody knows yet. Refused: message threads, files and
 * containers kept at Anthropic, MCP servers, a beginning of the answer put into the
 * model's mouth, content of an unknown type.
 */
public final class AnthropicMessagesWire implements CallerWire {

	/** What tells Anthropic's tool runner to send the whole conversation instead. */
	static final String THREADS_UNSUPPORTED = "thread_unsupported_request";

	private static final byte[] PING = new Events()
		.add("ping", JsonNodeFactory.instance.objectNode().put("type", "ping"))
		.toBytes();

	@Override
	public WireRequest read(ObjectNode body, ToolCallMemory memory) {
		Fields fields = Fields.of(body, "");
		refuseForeignState(fields);
		ToolChanges changes = new ToolChanges();
		List<Message> messages = new MessagesReader(memory, changes).read(fields);
		if (messages.get(messages.size() - 1) instanceof AssistantMessage) {
			throw RefusedRequestException.unsupported("messages[" + (fields.elements("messages").size() - 1) + "]",
					"The targets of this route do not support assistant message prefill: the conversation must end "
							+ "with a user message");
		}
		return new AnthropicRequest(messages, OptionsReader.read(fields, ToolsReader.read(fields, changes)),
				OptionsReader.showsThinking(fields));
	}

	private static void refuseForeignState(Fields fields) {
		if (fields.node("thread") != null) {
			throw new RefusedRequestException(400, THREADS_UNSUPPORTED,
					"Message threads are not kept here; send the whole conversation in 'messages'", "thread");
		}
		fields.refuse(Set.of("container"));
		if (!fields.elements("mcp_servers").isEmpty()) {
			fields.refuse(Set.of("mcp_servers"));
		}
		String region = fields.text("inference_geo");
		if (region != null && !region.equals("global")) {
			// A promise of where the data stays, that nobody would keep.
			fields.refuse(Set.of("inference_geo"));
		}
	}

	@Override
	public byte[] error(GatewayError error) {
		return AnthropicErrors.write(error);
	}

	/** As Anthropic itself does it. */
	@Override
	public byte[] keepAlive() {
		return PING.clone();
	}

}
