package dev.switchboard.gateway.front;

import java.time.InstantSource;
import java.util.function.Function;

import dev.switchboard.gateway.access.CallerAccess;
import jakarta.servlet.http.HttpServletRequest;

/**
 * What all doors work with.
 *
 * @param callers tells who sent a request
 * @param bodies reads bodies within bounds
 * @param destinations finds what a model's name means
 * @param wires tells which targets take a request as it came
 * @param turns remembers who asked for which tools
 * @param errors words failed calls
 * @param disconnects notices callers who leave
 * @param keepAlives keeps silent streams open
 * @param openCalls counts calls, and stops them from beginning
 * @param clock tells the time
 */
record DoorParts(Function<HttpServletRequest, CallerAccess> callers, RequestBodies bodies, Destinations destinations,
		WireMatch wires, ToolTurns turns, CallErrors errors, DisconnectWatch disconnects, KeepAlives keepAlives,
		OpenCalls openCalls, InstantSource clock) {

}
