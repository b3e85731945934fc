package dev.switchboard.gateway.passthrough;

import java.util.function.BiFunction;
import java.util.function.Function;

import dev.switchboard.call.CallContext;
import dev.switchboard.call.Caller;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.front.DisconnectWatch;
import dev.switchboard.gateway.front.ErrorWriter;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.thread.TimeoutClock;
import jakarta.servlet.http.HttpServletRequest;

/**
 * What requests past the routes are served with.
 */
record PassthroughParts(TargetClients clients, RouteEngine engine, Function<HttpServletRequest, CallerAccess> access,
		BiFunction<HttpServletRequest, Caller, CallContext> contexts, ErrorWriter errors, DisconnectWatch watch,
		PassthroughLimits limits, TimeoutClock timer) {
}
