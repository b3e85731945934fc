package dev.switchboard.gateway.passthrough;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.switchboard.provider.ProviderSettings;
import dev.switchboard.provider.RawAnswer;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The header fields of an answer that the caller gets to see: all but what concerns the
 * provider's connection or host, its cookies, and what would tell our credential.
 * <p>
 * A redirection is never followed. One to a place below the provider's base URL becomes a
 * path of the gateway, so that the caller gets there with our credential again; any other
 * stays what it is: the caller may go there by himself, and nobody brings the credential
 * along.
 */
final class ResponseHeaders {

	/**
	 * Said of the provider's host, and believed of ours. The length is told by the
	 * server.
	 */
	private static final Set<String> OF_THE_HOST = Set.of("set-cookie", "set-cookie2", "strict-transport-security",
			"public-key-pins", "alt-svc", "clear-site-data", "content-length");

	private ResponseHeaders() {
	}

	/**
	 * Chooses.
	 * @param answer the answer
	 * @param settings the provider
	 * @param sent the path and query that were sent
	 * @param root the path of the gateway that stands for the provider's base URL
	 * @return the fields to pass on
	 */
	static HttpHeaders of(RawAnswer answer, ProviderSettings settings, String sent, String root) {
		Credentials credentials = new Credentials(settings);
		List<Map.Entry<String, String>> all = answer.headers();
		Set<String> named = HttpFields.named(all.stream()
			.filter((header) -> header.getKey().equalsIgnoreCase(HttpHeaders.CONNECTION))
			.map(Map.Entry::getValue)
			.toList());
		HttpHeaders passedOn = new HttpHeaders();
		for (Map.Entry<String, String> header : all) {
			String name = header.getKey().toLowerCase(Locale.ROOT);
			if (HttpFields.isHopByHop(name) || named.contains(name) || OF_THE_HOST.contains(name)
					|| name.startsWith("x-switchboard-") || credentials.areIn(header.getValue())) {
				continue;
			}
			String value = name.equals("location") ? location(header.getValue(), settings.baseUrl(), sent, root)
					: header.getValue();
			if (value != null) {
				passedOn.add(header.getKey(), value);
			}
		}
		return passedOn;
	}

	private static @Nullable String location(String location, URI baseUrl, String sent, String root) {
		try {
			URI place = URI.create(baseUrl + sent).resolve(location);
			String base = (baseUrl.getRawPath() != null) ? baseUrl.getRawPath() : "";
			String path = (place.getRawPath() != null) ? place.normalize().getRawPath() : "";
			if (!isSameOrigin(place, baseUrl)) {
				return location;
			}
			if (!path.equals(base) && !path.startsWith(base + "/")) {
				return place.toString();
			}
			return root + path.substring(base.length())
					+ ((place.getRawQuery() != null) ? "?" + place.getRawQuery() : "")
					+ ((place.getRawFragment() != null) ? "#" + place.getRawFragment() : "");
		}
		catch (IllegalArgumentException ex) {
			// Nobody knows where that would lead.
			return null;
		}
	}

	private static boolean isSameOrigin(URI place, URI baseUrl) {
		return baseUrl.getScheme().equalsIgnoreCase(place.getScheme())
				&& baseUrl.getHost().equalsIgnoreCase(place.getHost()) && port(place) == port(baseUrl);
	}

	private static int port(URI url) {
		return (url.getPort() >= 0) ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
	}

}
