package dev.switchboard.gateway.autoconfigure;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import dev.switchboard.autoconfigure.ConfigurationProblem;
import dev.switchboard.autoconfigure.InvalidSwitchboardConfigurationException;
import dev.switchboard.call.Caller;
import dev.switchboard.gateway.access.Allowed;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.access.ClaimMapping;
import dev.switchboard.gateway.access.VirtualKey;
import dev.switchboard.gateway.access.VirtualKeys;

/**
 * Makes keys of what is configured of them; tells every problem at once.
 */
final class KeyMapper {

	private final List<ConfigurationProblem> problems = new ArrayList<>();

	VirtualKeys map(GatewayProperties properties, InstantSource clock) {
		List<VirtualKey> keys = read(properties);
		if (!this.problems.isEmpty()) {
			throw new InvalidSwitchboardConfigurationException(this.problems);
		}
		return new VirtualKeys(keys, clock);
	}

	/** Reads those that can be used, and remembers what is wrong with the others. */
	List<VirtualKey> read(GatewayProperties properties) {
		List<VirtualKey> keys = new ArrayList<>();
		properties.keys().forEach((name, key) -> add(keys, name, key));
		try {
			new VirtualKeys(keys, InstantSource.system());
		}
		catch (IllegalArgumentException ex) {
			this.problems.add(new ConfigurationProblem("switchboard.gateway.keys", "cannot be used: " + ex.getMessage(),
					"give each key a hash of its own"));
		}
		return keys;
	}

	List<ConfigurationProblem> problems() {
		return this.problems;
	}

	private void add(List<VirtualKey> keys, String name, GatewayProperties.Key key) {
		String property = "switchboard.gateway.keys." + name;
		if (key.hash() == null || key.hash().isBlank()) {
			this.problems.add(new ConfigurationProblem(property + ".hash", "is missing, so that nobody can use the key",
					"set it to '{sha256}' and the SHA-256 of the key in hexadecimal digits"));
			return;
		}
		try {
			OffsetDateTime expires = key.expires();
			keys.add(VirtualKey.of(name, key.hash(),
					new CallerAccess(new Caller(name, key.team()), new Allowed(key.routes()), new Allowed(key.models()),
							new Allowed(key.passthrough()), key.admin()),
					(expires != null) ? expires.toInstant() : null));
		}
		catch (IllegalArgumentException ex) {
			this.problems.add(new ConfigurationProblem(property, "cannot be used: " + ex.getMessage(),
					"set 'hash' to '{sha256}' and the SHA-256 of the key in hexadecimal digits, and leave no name blank"));
		}
	}

	static ClaimMapping claims(GatewayProperties.Jwt jwt) {
		return new ClaimMapping(jwt.name(), jwt.groups(), jwt.routes(), jwt.models(), jwt.passthrough(), jwt.admin(),
				new CallerAccess(Caller.ANONYMOUS, new Allowed(jwt.defaultRoutes()), new Allowed(jwt.defaultModels()),
						new Allowed(jwt.defaultPassthrough())));
	}

}
