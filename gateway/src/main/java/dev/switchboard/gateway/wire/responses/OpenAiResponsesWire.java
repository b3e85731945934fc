package dev.switchboard.gateway.wire.responses;

import dev.switchboard.gateway.wire.CallerWire;
import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.ToolCallMemory;
import dev.switchboard.gateway.wire.WireRequest;
import dev.switchboard.gateway.wire.openai.OpenAiErrors;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's responses, for targets that speak another wire. {@link ResponsesFields} says
 * what becomes of each field. Nothing is stored: each request brings its whole input.
 */
public final class OpenAiResponsesWire implements CallerWire {

	/** How the identifiers of thoughts begin that are written here; OpenAI knows none. */
	public static final String REASONING_ID = "rs_switchboard_";

	@Override
	public WireRequest read(ObjectNode body, ToolCallMemory memory) {
		Fields request = Fields.of(body, "");
		ResponsesFields.check(request);
		CallerTools tools = CallerTools.read(request);
		return new ResponsesRequest(InputItems.read(request, tools, memory),
				ResponsesOptionsReader.read(request, tools), tools, ResponseBodies.echo(body));
	}

	@Override
	public byte[] error(GatewayError error) {
		return OpenAiErrors.write(error);
	}

}
