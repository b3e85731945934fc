package dev.switchboard.gateway.wire.openai;

import dev.switchboard.gateway.wire.CallerWire;
import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.gateway.wire.WireRequest;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's chat completions, for targets that speak another wire. {@link ChatFields} says
 * what becomes of each field.
 */
public final class OpenAiChatWire implements CallerWire {

	@Override
	public WireRequest read(ObjectNode body, ToolCallMemory memory) {
		Fields request = Fields.of(body, "");
		ChatFields.checkRequest(request);
		return new OpenAiChatRequest(ChatMessages.read(request, memory), ChatOptionsReader.read(request),
				wantsUsage(request));
	}

	private static boolean wantsUsage(Fields request) {
		Fields options = request.object("stream_options");
		return options != null && Boolean.TRUE.equals(options.bool("include_usage"));
	}

	@Override
	public byte[] error(GatewayError error) {
		return OpenAiErrors.write(error);
	}

}
