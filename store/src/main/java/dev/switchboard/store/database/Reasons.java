package dev.switchboard.store.database;

/**
 * Why a database cannot be used, in one line for a log.
 */
public final class Reasons {

	private Reasons() {
	}

	/**
	 * The first line of the innermost message: some messages are whole reports.
	 * @param ex what was thrown
	 * @return the line; empty if there is no message
	 */
	public static String of(Throwable ex) {
		Throwable cause = ex.getCause();
		String below = (cause != null && cause != ex) ? of(cause) : "";
		String own = (ex.getMessage() != null) ? ex.getMessage().strip() : "";
		return (below.isEmpty() && !own.isEmpty()) ? own.lines().iterator().next() : below;
	}

}
