package dev.switchboard.store.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What spend is told by.
 *
 * @param kind what it is
 * @param tag the name of the tag, of {@link Kind#TAG}; {@code null} of all others
 */
public record SpendBy(Kind kind, @Nullable String tag) {

	/** By the route that was used. */
	public static final SpendBy ROUTE = new SpendBy(Kind.ROUTE, null);

	/** By the target that was asked, {@code provider/model}. */
	public static final SpendBy MODEL = new SpendBy(Kind.MODEL, null);

	/** By the group of the caller. */
	public static final SpendBy TEAM = new SpendBy(Kind.TEAM, null);

	/** By the name of the caller. */
	public static final SpendBy KEY = new SpendBy(Kind.KEY, null);

	/** By the day on which the call began, in the time zone of the span. */
	public static final SpendBy DAY = new SpendBy(Kind.DAY, null);

	public SpendBy {
		if ((kind == Kind.TAG) != (tag != null)) {
			throw new IllegalArgumentException("Spend by tag, and only that, needs the name of the tag");
		}
	}

	/**
	 * By the words that calls have under a tag.
	 * @param name the name of the tag
	 * @return what spend is told by
	 */
	public static SpendBy tag(String name) {
		return new SpendBy(Kind.TAG, name);
	}

	/** What spend can be told by. */
	public enum Kind {

		/** The route that was used. */
		ROUTE("c.route"),

		/** The target that was asked. */
		MODEL("a.target"),

		/** The group of the caller. */
		TEAM("c.team"),

		/** The name of the caller. */
		KEY("c.caller"),

		/** A word under a tag. */
		TAG("t.content"),

		/** The day on which the call began; each is a query of its own. */
		DAY("null");

		private final String column;

		Kind(String column) {
			this.column = column;
		}

		String column() {
			return this.column;
		}

	}

}
