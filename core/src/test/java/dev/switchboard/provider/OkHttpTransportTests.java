package dev.switchboard.provider;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.switchboard.route.Wire;
import io.micrometer.observation.ObservationRegistry;
import okhttp3.Connection;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OkHttpTransportTests {

	@Test
	void theEndOfALongRequestDoesNotWaitForTheProviderToAcknowledgeItsBeginning() throws IOException {
		List<Boolean> undelayed = new CopyOnWriteArrayList<>();
		try (Providers providers = new Providers();
				OkHttpTransport transport = new OkHttpTransport(
						ProviderSettings.of("openai", Wire.OPENAI, providers.url(Wire.OPENAI),
								Secret.of(Providers.KEY)),
						Map.of(), new Instrumentation(ObservationRegistry.NOOP, null, null))) {
			OkHttpClient watched = transport.client().newBuilder().addNetworkInterceptor((chain) -> {
				Connection connection = chain.connection();
				undelayed.add(connection != null && connection.socket().getTcpNoDelay());
				return chain.proceed(chain.request());
			}).build();
			try (Response response = watched
				.newCall(new Request.Builder().url(providers.url(Wire.OPENAI) + "/models").build())
				.execute()) {
				assertThat(response.isSuccessful()).isTrue();
			}
		}
		assertThat(undelayed).containsExactly(true);
	}

}
