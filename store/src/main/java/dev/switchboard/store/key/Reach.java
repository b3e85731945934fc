package dev.switchboard.store.key;

import java.util.List;

/**
 * What may be reached, by patterns in which {@code *} stands for any characters.
 *
 * @param routes routes
 * @param models models, as {@code provider/model}, that may be named past any route
 * @param passthrough providers whose own API may be used
 */
public record Reach(List<String> routes, List<String> models, List<String> passthrough) {

	public Reach {
		routes = List.copyOf(routes);
		models = List.copyOf(models);
		passthrough = List.copyOf(passthrough);
	}

}
