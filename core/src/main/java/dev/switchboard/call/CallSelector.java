package dev.switchboard.call;

import java.util.Map;
import java.util.TreeMap;

import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

/**
 * Which calls count in a budget or a limit: those that every part given here fits. The
 * value {@value #EACH} fits any value and gives each an account of its own.
 *
 * @param key the name of the caller; {@code null} for whichever
 * @param team the group of the caller; {@code null} for whichever
 * @param route the route that is used; {@code null} for whichever
 * @param provider the provider that is called; {@code null} for whichever. With it,
 * attempts are counted rather than calls
 * @param tags the words that the call must bear, by name
 */
public record CallSelector(@Nullable String key, @Nullable String team, @Nullable String route,
		@Nullable String provider, Map<String, String> tags) {

	/** The value that fits every other. */
	public static final String EACH = "*";

	/** Every call, in one account. */
	public static final CallSelector ALL = new CallSelector(null, null, null, null, Map.of());

	public CallSelector {
		tags = Map.copyOf(tags);
	}

	/**
	 * Whether single attempts are counted.
	 * @return whether a provider is named
	 */
	public boolean countsAttempts() {
		return this.provider != null;
	}

	/**
	 * Whose account a call belongs to.
	 * @param caller who is charged
	 * @param callTags what he says of the call
	 * @param usedRoute the route that is used
	 * @param calledProvider the provider that is called; {@code null} if that is still
	 * open
	 * @return the parts that were asked for with their values, such as
	 * {@code key=ann,tag.app=x}; empty if none was; {@code null} if the call doesn't
	 * count
	 */
	public @Nullable String holder(Caller caller, Map<String, String> callTags, RouteName usedRoute,
			@Nullable String calledProvider) {
		if (!fits(this.key, caller.name()) || !fits(this.team, caller.group()) || !fits(this.route, usedRoute.value())
				|| !fits(this.provider, calledProvider)) {
			return null;
		}
		for (Map.Entry<String, String> tag : this.tags.entrySet()) {
			if (!fits(tag.getValue(), callTags.get(tag.getKey()))) {
				return null;
			}
		}
		StringBuilder holder = new StringBuilder();
		add(holder, this.key, "key", caller.name());
		add(holder, this.team, "team", caller.group());
		add(holder, this.route, "route", usedRoute.value());
		add(holder, this.provider, "provider", calledProvider);
		if (!this.tags.isEmpty()) {
			new TreeMap<>(this.tags)
				.forEach((name, value) -> add(holder, value, "tag." + escaped(name), callTags.get(name)));
		}
		return holder.toString();
	}

	private static boolean fits(@Nullable String asked, @Nullable String found) {
		return asked == null || (found != null && (asked.equals(EACH) || asked.equals(found)));
	}

	private static void add(StringBuilder holder, @Nullable String asked, String name, @Nullable String found) {
		if (asked != null && found != null) {
			holder.append(holder.isEmpty() ? "" : ",").append(name).append('=').append(escaped(found));
		}
	}

	/** Values come from callers, who must not be able to write another one's name. */
	private static String escaped(String value) {
		return (value.indexOf(',') < 0 && value.indexOf('=') < 0 && value.indexOf('%') < 0) ? value
				: value.replace("%", "%25").replace(",", "%2C").replace("=", "%3D");
	}

}
