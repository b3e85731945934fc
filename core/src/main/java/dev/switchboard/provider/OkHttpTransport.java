package dev.switchboard.provider;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.okhttp3.OkHttpConnectionPoolMetrics;
import io.micrometer.core.instrument.binder.okhttp3.OkHttpObservationInterceptor;
import io.micrometer.observation.ObservationRegistry;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of one provider, each on the thread that asks for it. A request is
 * sent once and has no time limit: repeating it and giving up are decided by the engine.
 */
final class OkHttpTransport implements AutoCloseable {

	/** How we introduce ourselves. */
	static final String USER_AGENT = "switchboard-spring-ai";

	private static final int IDLE_CONNECTIONS = 64;

	/** Shorter than what the load balancers of the large clouds keep a silent one. */
	private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);

	private static final Duration PING_INTERVAL = Duration.ofMinutes(1);

	/** What a vendor's library may have set for a credential that it doesn't have. */
	private static final List<String> CREDENTIAL_HEADERS = List.of("Authorization", "x-api-key", "api-key",
			"x-goog-api-key");

	private final OkHttpClient client;

	private final Map<String, String> headers;

	/**
	 * A transport.
	 * @param settings the provider
	 * @param credentials the headers that carry its credential
	 * @param observations where requests are observed
	 * @param meters where the connections are counted; {@code null} for nowhere
	 */
	OkHttpTransport(ProviderSettings settings, Map<String, String> credentials, ObservationRegistry observations,
			@Nullable MeterRegistry meters) {
		ConnectionPool connections = new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS);
		OkHttpClient.Builder builder = new OkHttpClient.Builder().connectionPool(connections)
			.connectTimeout(settings.connectTimeout())
			.readTimeout(Duration.ZERO)
			.writeTimeout(Duration.ZERO)
			.callTimeout(Duration.ZERO)
			.pingInterval(PING_INTERVAL)
			.followRedirects(false)
			.followSslRedirects(false)
			// Another address of the same host; a request that was sent is never
			// repeated,
			// as its body says that it can be written only once.
			.retryOnConnectionFailure(true);
		if (!observations.isNoop()) {
			builder.addInterceptor(OkHttpObservationInterceptor.builder(observations, "okhttp.requests").build());
		}
		this.client = builder.build();
		Map<String, String> all = new LinkedHashMap<>(credentials);
		all.putAll(settings.headers());
		this.headers = all;
		if (meters != null) {
			new OkHttpConnectionPoolMetrics(connections, List.of(Tag.of("provider", settings.name()))).bindTo(meters);
		}
	}

	/**
	 * Sends a request. If the calling thread is in an {@link AttemptScope}, its
	 * cancellation ends the request and the reading of the answer.
	 * @param request the request, as the vendor's library made it
	 * @return the answer's head, its body still to be read
	 * @throws IOException if there was no answer
	 */
	Response send(Request.Builder request) throws IOException {
		CREDENTIAL_HEADERS.forEach(request::removeHeader);
		this.headers.forEach(request::header);
		Call call = this.client.newCall(request.build());
		AttemptScope scope = AttemptScope.current();
		if (scope != null) {
			scope.onCancel(call::cancel);
		}
		return call.execute();
	}

	/**
	 * Ends every request in flight and closes every connection.
	 */
	@Override
	public void close() {
		this.client.dispatcher().cancelAll();
		this.client.dispatcher().executorService().shutdown();
		this.client.connectionPool().evictAll();
	}

	@Override
	public String toString() {
		return "OkHttpTransport[headers=" + new TreeSet<>(this.headers.keySet()) + "]";
	}

}
