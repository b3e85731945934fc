package dev.switchboard.redis.connection;

import java.time.Duration;
import java.util.regex.Pattern;

import dev.switchboard.provider.Secret;
import io.lettuce.core.RedisURI;
import org.jspecify.annotations.Nullable;

/**
 * Which Redis, and how long to wait for it.
 *
 * @param uri where it is, and who signs in
 * @param timeout how long a command may take
 * @param connectTimeout how long it may take to connect and sign in
 * @param keyPrefix what all keys and channels begin with
 */
public record RedisSettings(RedisURI uri, Duration timeout, Duration connectTimeout, String keyPrefix) {

	/** Whoever reads URLs takes much for the name of a host that is none. */
	private static final Pattern URL = Pattern
		.compile("rediss?://([^@/]*@)?(\\[[0-9a-fA-F:.]+]|[^:/@\\[\\]\\s]+)(:\\d{1,5})?(/\\d*)?");

	/**
	 * Settings from their parts.
	 * @param url a URL as {@link #isUrl} wants it
	 * @param username who signs in; {@code null} for whoever the URL names
	 * @param password his password; {@code null} for that in the URL, if any
	 * @param timeout how long a command may take
	 * @param connectTimeout how long it may take to connect and sign in
	 * @param keyPrefix what all keys and channels begin with
	 * @return the settings
	 */
	public static RedisSettings at(String url, @Nullable String username, @Nullable Secret password, Duration timeout,
			Duration connectTimeout, String keyPrefix) {
		RedisURI.Builder uri = RedisURI.builder(RedisURI.create(url)).withTimeout(connectTimeout);
		if (password != null && username != null) {
			uri.withAuthentication(username, password.reveal().toCharArray());
		}
		else if (password != null) {
			uri.withPassword(password.reveal().toCharArray());
		}
		return new RedisSettings(uri.withClientName("switchboard").build(), timeout, connectTimeout, keyPrefix);
	}

	/**
	 * Whether this is the URL of a Redis.
	 * @param url the text
	 * @return whether it has the form {@code redis://user:password@host:port/database},
	 * or that with {@code rediss}, of which only the host must be there
	 */
	public static boolean isUrl(String url) {
		if (!URL.matcher(url).matches()) {
			return false;
		}
		try {
			return !RedisURI.create(url).getHost().isBlank();
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Where it is, without who signs in.
	 * @return host and port
	 */
	public String address() {
		return this.uri.getHost() + ":" + this.uri.getPort();
	}

	/**
	 * The name of a key or a channel.
	 * @param parts what tells it from others
	 * @return the name
	 */
	public String key(String... parts) {
		return this.keyPrefix + ":" + String.join(":", parts);
	}

	@Override
	public String toString() {
		return "RedisSettings[" + address() + "]";
	}

}
