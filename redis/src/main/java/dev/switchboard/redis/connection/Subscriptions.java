package dev.switchboard.redis.connection;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links that listen to a channel: open as soon as Redis has confirmed that they do.
 */
final class Subscriptions {

	private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

	private Subscriptions() {
	}

	static Link<StatefulRedisPubSubConnection<String, String>> link(RedisClient client, ScheduledExecutorService timer,
			RedisURI uri, String channel, Consumer<String> received, Runnable opened) {
		return new Link<>(() -> client.connectPubSubAsync(StringCodec.UTF8, uri)
			.thenCompose((connection) -> subscribed(connection, channel, received)), timer, new Link.Events() {

				@Override
				public void opened() {
					opened.run();
				}

				@Override
				public void failed(Throwable failure) {
					log.debug("Redis channel could not be opened channel={}", channel, failure);
				}

				@Override
				public void lost() {
					log.debug("Redis channel was lost channel={}", channel);
				}

			});
	}

	private static CompletionStage<StatefulRedisPubSubConnection<String, String>> subscribed(
			StatefulRedisPubSubConnection<String, String> connection, String channel, Consumer<String> received) {
		connection.addListener(new RedisPubSubAdapter<>() {
			@Override
			public void message(String name, String word) {
				received.accept(word);
			}
		});
		return connection.async().subscribe(channel).handle((done, failure) -> {
			if (failure != null) {
				connection.closeAsync();
				throw new IllegalStateException("Redis does not let us listen", failure);
			}
			return connection;
		});
	}

}
