package dev.switchboard.observation;

import java.util.function.Supplier;

import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.route.Route;
import dev.switchboard.route.RouteTable;

/**
 * The models that metrics name. Past the routes callers may write any model's name, and a
 * meter for each would be memory that they fill.
 */
@FunctionalInterface
public interface KnownModels {

	/** For applications in which nobody but their own code names models. */
	KnownModels ALL = (model) -> true;

	/** Stands for the name of a model that is not known. */
	String OTHER = "other";

	/**
	 * Whether a model may be named.
	 * @param model the model
	 * @return whether it may
	 */
	boolean contains(ModelId model);

	/**
	 * The name of a target as metrics have it.
	 * @param target who was asked
	 * @return the target, or {@code other} at its provider, which is configured
	 */
	default ModelId tag(ModelId target) {
		return contains(target) ? target : new ModelId(target.provider(), OTHER);
	}

	/**
	 * The models of the catalog, and the targets of the routes.
	 * @param catalog the catalog
	 * @param routes the routes as they stand now
	 * @return those
	 */
	static KnownModels of(ModelCatalog catalog, Supplier<RouteTable> routes) {
		return (model) -> catalog.find(model) != null
				|| routes.get().routes().stream().anyMatch((route) -> names(route, model));
	}

	private static boolean names(Route route, ModelId model) {
		return route.match((models) -> models.targets().stream().anyMatch((target) -> target.model().equals(model)),
				(rules) -> false);
	}

}
