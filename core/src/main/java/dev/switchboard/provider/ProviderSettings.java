package dev.switchboard.provider;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

import dev.switchboard.route.Wire;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider is and how to speak to it. Prints neither the credential nor the
 * values of the headers, which may hold one.
 *
 * @param name the provider's name, as targets write it
 * @param wire the dialect it speaks
 * @param baseUrl the absolute address below which the wire's paths lie, with {@code /v1}
 * or the like on the OpenAI wire and without it on the others; a trailing slash is
 * dropped
 * @param apiKey the credential; {@code null} for a provider that asks for none: no header
 * is sent for it then, and none is looked for in the environment
 * @param headers headers to send with every request; they win over ours
 * @param connectTimeout how long making a connection may take
 */
public record ProviderSettings(String name, Wire wire, URI baseUrl, @Nullable Secret apiKey,
		Map<String, String> headers, Duration connectTimeout) {

	/** How long making a connection may take, unless said otherwise: 10 seconds. */
	public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

	public ProviderSettings {
		if (name.isBlank() || name.indexOf('/') >= 0) {
			throw new IllegalArgumentException("A provider's name must be a word without a slash: '" + name + "'");
		}
		baseUrl = withoutTrailingSlash(name, baseUrl);
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
		for (Map.Entry<String, String> header : headers.entrySet()) {
			requireHeader(name, header.getKey(), header.getValue());
		}
		if (connectTimeout.isNegative() || connectTimeout.isZero()) {
			throw new IllegalArgumentException(
					"The connect timeout of provider '" + name + "' must be positive, but was " + connectTimeout);
		}
	}

	/**
	 * A provider with nothing unusual about it.
	 * @param name its name
	 * @param wire the dialect it speaks
	 * @param baseUrl its address
	 * @param apiKey the credential, or {@code null}
	 * @return the settings
	 */
	public static ProviderSettings of(String name, Wire wire, String baseUrl, @Nullable Secret apiKey) {
		return new ProviderSettings(name, wire, URI.create(baseUrl), apiKey, Map.of(), DEFAULT_CONNECT_TIMEOUT);
	}

	private static URI withoutTrailingSlash(String name, URI url) {
		boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
		if (!http || url.getHost() == null) {
			throw new IllegalArgumentException("The base URL of provider '" + name
					+ "' must be absolute and start with http:// or https://, but its scheme is " + url.getScheme()
					+ " and its host " + url.getHost());
		}
		if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
			throw new IllegalArgumentException("The base URL of provider '" + name
					+ "' must have no user, query or fragment; a credential belongs into its key or headers");
		}
		String text = url.toString();
		int end = text.length();
		while (text.charAt(end - 1) == '/') {
			end--;
		}
		return (end < text.length()) ? URI.create(text.substring(0, end)) : url;
	}

	private static void requireHeader(String name, String header, String value) {
		boolean token = !header.isEmpty()
				&& header.chars().allMatch((c) -> c > ' ' && c <= '~' && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0);
		if (!token) {
			throw new IllegalArgumentException("Provider '" + name + "' has a header that HTTP does not allow: '"
					+ header.replaceAll("[^ -~]", "?") + "'");
		}
		if (!value.chars().allMatch((c) -> (c >= ' ' && c <= '~') || c == '\t')) {
			throw new IllegalArgumentException("The value of header '" + header + "' of provider '" + name
					+ "' must consist of printable ASCII characters");
		}
	}

	@Override
	public String toString() {
		return "ProviderSettings[name=" + this.name + ", wire=" + this.wire + ", baseUrl=" + this.baseUrl + ", apiKey="
				+ this.apiKey + ", headers=" + new TreeSet<>(this.headers.keySet()) + ", connectTimeout="
				+ this.connectTimeout + "]";
	}

}
