package dev.switchboard.gateway.access;

/**
 * A team of callers.
 *
 * @param name what it is called; the group of its members
 * @param routes the most that exists for them
 * @param models the most that they may name past any route
 * @param passthrough the most whose own API they may use
 * @param blocked whether they are refused
 */
public record Team(String name, Allowed routes, Allowed models, Allowed passthrough, boolean blocked) {

	/**
	 * What is left of what a member may reach.
	 * @param access what he may reach by himself
	 * @return what he may reach here
	 */
	public CallerAccess limit(CallerAccess access) {
		return new CallerAccess(access.caller(), access.routes().within(this.routes),
				access.models().within(this.models), access.passthrough().within(this.passthrough), access.admin());
	}

}
