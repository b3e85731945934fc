package dev.switchboard.simulator.wire;

/**
 * Identifiers that look like the providers' own and are the same in every run.
 */
public final class Identifiers {

	private static final int DIGITS = 20;

	private Identifiers() {
	}

	/**
	 * An identifier.
	 * @param prefix what kind of thing it names, such as {@code chatcmpl-}
	 * @param number the number of the request
	 * @return the prefix, {@code sim} and twenty digits
	 */
	public static String of(String prefix, long number) {
		String digits = Long.toString(number);
		return prefix + "sim" + "0".repeat(DIGITS - digits.length()) + digits;
	}

}
