package dev.switchboard.gateway.key;

import java.util.Set;
import java.util.regex.Pattern;

import dev.switchboard.call.Caller;
import dev.switchboard.gateway.wire.RefusedRequestException;

/**
 * What those who run the gateway may call what they make.
 */
public final class AdminNames {

	// Stands in paths, headers, logs and reports, and must be the same in all of them.
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}");

	/** Names by which records and audit call somebody without a key. */
	private static final Set<String> RESERVED = Set.of(Administrator.LOCAL, Caller.ANONYMOUS.name());

	private AdminNames() {
	}

	/**
	 * Refuses what is no name.
	 * @param name the name
	 * @throws RefusedRequestException if it is none, or somebody else's
	 */
	public static void require(String name) {
		if (!NAME.matcher(name).matches()) {
			throw RefusedRequestException.invalid("name", "A name has 1 to 128 letters, digits and '.', '_', '@', '+' "
					+ "or '-', and begins with a letter or digit");
		}
		if (RESERVED.contains(name)) {
			throw RefusedRequestException.invalid("name",
					"The name '" + name + "' is that of callers without a key: choose another");
		}
	}

}
