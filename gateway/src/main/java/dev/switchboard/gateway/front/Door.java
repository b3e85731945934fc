package dev.switchboard.gateway.front;

import dev.switchboard.gateway.wire.CallerWire;
import dev.switchboard.relay.RelayEndpoint;

/**
 * An endpoint at which routes are called: what it speaks, and what a request must have.
 *
 * @param relay the providers' endpoint that takes the same requests
 * @param wire how requests are translated for others, and errors written
 * @param required the field with the conversation
 * @param array whether that must be an array; otherwise an array or a string
 * @param streams whether answers may be streamed
 * @param callIdOf the field of the results of tools with the identifier of the call
 */
record Door(RelayEndpoint relay, CallerWire wire, String required, boolean array, boolean streams, String callIdOf) {

	void check(RequestJson request) {
		request.require(this.required, this.array);
	}

}
