package dev.switchboard.redis.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.switchboard.autoconfigure.ConfigurationProblem;
import dev.switchboard.autoconfigure.InvalidSwitchboardConfigurationException;
import dev.switchboard.autoconfigure.ModuleConfiguration;
import dev.switchboard.redis.connection.RedisSettings;

import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Finds what is wrong under {@code switchboard.redis}, and makes of the properties what
 * they mean.
 */
final class RedisInspection implements ModuleConfiguration {

	private static final String PREFIX = "switchboard.redis.";

	private static final Pattern KEY_PREFIX = Pattern.compile("[A-Za-z0-9._:-]+");

	private static final DataSize LEAST_ENTRY = DataSize.ofKilobytes(1);

	/** What Redis can keep under one key. */
	private static final DataSize LARGEST_ENTRY = DataSize.ofMegabytes(512);

	private final RedisProperties properties;

	RedisInspection(RedisProperties properties) {
		this.properties = properties;
	}

	@Override
	public Class<? extends Record> properties() {
		return RedisProperties.class;
	}

	@Override
	public List<ConfigurationProblem> problems(Set<String> routes) {
		return problems();
	}

	private List<ConfigurationProblem> problems() {
		List<ConfigurationProblem> problems = new ArrayList<>();
		boolean there = !url().isEmpty();
		if (there && !RedisSettings.isUrl(url())) {
			// Its text may hold a password.
			problems.add(new ConfigurationProblem(PREFIX + "url", "is no URL of a Redis",
					"write it as 'redis://host:6379', or 'rediss://host:6379' for TLS"));
		}
		if (!there && (StringUtils.hasText(this.properties.username()) || this.properties.password() != null)) {
			problems.add(new ConfigurationProblem(PREFIX + "url", "is missing, but there is somebody to sign in",
					"say where Redis is, or leave 'username' and 'password' out"));
		}
		if (StringUtils.hasText(this.properties.username()) && this.properties.password() == null) {
			problems.add(new ConfigurationProblem(PREFIX + "username", "is set, but there is no password",
					"set '" + PREFIX + "password' as well"));
		}
		positive("timeout", this.properties.timeout(), problems);
		positive("connect-timeout", this.properties.connectTimeout(), problems);
		if (!KEY_PREFIX.matcher(this.properties.keyPrefix()).matches()) {
			problems.add(new ConfigurationProblem(PREFIX + "key-prefix", "is '" + this.properties.keyPrefix() + "'",
					"use letters, digits, dots, dashes, underscores and colons"));
		}
		DataSize size = this.properties.cache().maxEntrySize();
		if (size.compareTo(LEAST_ENTRY) < 0 || size.compareTo(LARGEST_ENTRY) > 0) {
			problems.add(new ConfigurationProblem(PREFIX + "cache.max-entry-size",
					"is '" + size + "', but must be from '1KB' to '512MB'", "give another size"));
		}
		return problems;
	}

	private static void positive(String property, Duration value, List<ConfigurationProblem> problems) {
		if (value.isNegative() || value.isZero()) {
			problems.add(new ConfigurationProblem(PREFIX + property, "is '" + value + "', but must be positive",
					"give a longer time, or leave the property out"));
		}
	}

	private String url() {
		String url = this.properties.url();
		return (url != null) ? url.strip() : "";
	}

	/**
	 * What the properties mean.
	 * @throws InvalidSwitchboardConfigurationException if they mean nothing
	 */
	RedisSettings settings() {
		List<ConfigurationProblem> problems = problems();
		if (!problems.isEmpty()) {
			throw new InvalidSwitchboardConfigurationException(problems);
		}
		String username = this.properties.username();
		return RedisSettings.at(url(), StringUtils.hasText(username) ? username : null, this.properties.password(),
				this.properties.timeout(), this.properties.connectTimeout(), this.properties.keyPrefix());
	}

}
