package dev.switchboard.gateway.front;

import java.util.List;

import dev.switchboard.engine.RouteChatModel;
import dev.switchboard.route.Target;

/**
 * Where a request goes.
 *
 * @param model the route, or the one target that was named past any route
 * @param targets the targets that may be asked first; of a route that picks a route none
 * are known before it has picked
 */
record Destination(RouteChatModel model, List<Target> targets) {

}
