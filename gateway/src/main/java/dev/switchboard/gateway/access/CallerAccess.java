package dev.switchboard.gateway.access;

import dev.switchboard.call.Caller;
import dev.switchboard.cost.ModelId;
import dev.switchboard.route.RouteName;

/**
 * A caller of the gateway and what he may reach.
 *
 * @param caller who is charged, in records, rules and the scope of caches
 * @param routes the routes that exist for him; of others he is told what he would be told
 * of a name that nobody has
 * @param models the models, as {@code provider/model}, that he may name past any route
 * @param passthrough the providers whose own API he may use
 * @param admin whether he may ask and change what those do who run the gateway
 */
public record CallerAccess(Caller caller, Allowed routes, Allowed models, Allowed passthrough, boolean admin) {

	/** Somebody on the same machine, while no key is configured. */
	public static final CallerAccess LOCAL = new CallerAccess(Caller.ANONYMOUS, Allowed.EVERYTHING, Allowed.EVERYTHING,
			Allowed.EVERYTHING, true);

	/**
	 * A caller who does not run the gateway.
	 * @param caller who is charged
	 * @param routes the routes that exist for him
	 * @param models the models that he may name past any route
	 * @param passthrough the providers whose own API he may use
	 */
	public CallerAccess(Caller caller, Allowed routes, Allowed models, Allowed passthrough) {
		this(caller, routes, models, passthrough, false);
	}

	/**
	 * Whether a route exists for him.
	 * @param route its name
	 * @return whether it does
	 */
	public boolean mayUse(RouteName route) {
		return this.routes.includes(route.value());
	}

	/**
	 * Whether he may name a model past any route.
	 * @param model the model
	 * @return whether he may
	 */
	public boolean mayUse(ModelId model) {
		return this.models.includes(model.toString());
	}

	/**
	 * Whether he may use a provider's own API.
	 * @param provider its name
	 * @return whether he may
	 */
	public boolean mayPassThrough(String provider) {
		return this.passthrough.includes(provider);
	}

}
