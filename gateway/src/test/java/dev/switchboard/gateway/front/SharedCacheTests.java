package dev.switchboard.gateway.front;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.redis.connection.RedisConnection;
import dev.switchboard.servers.RedisServer;
import dev.switchboard.simulator.fault.Fault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two gateways and a real Redis between them; the providers of the second one are out of
 * service, so that whatever it answers comes from the first.
 */
class SharedCacheTests {

	private static RunningGateway one;

	private static RunningGateway two;

	private static String prefix;

	@BeforeAll
	static void start() {
		prefix = RedisServer.get().newPrefix();
		one = gateway();
		two = gateway();
	}

	private static RunningGateway gateway() {
		RunningGateway gateway = RunningGateway.start("switchboard.redis.url=" + RedisServer.get().url(),
				"switchboard.redis.key-prefix=" + prefix, "switchboard.redis.timeout=5s",
				"switchboard.routes.relayed.targets=openai/gpt-5.4-mini", "switchboard.routes.relayed.cache.ttl=10m",
				"switchboard.routes.relayed.policy=strict",
				"switchboard.routes.translated.targets=anthropic/claude-sonnet-4-6",
				"switchboard.routes.translated.cache.ttl=10m", "switchboard.routes.translated.policy=strict",
				"switchboard.gateway.keys.alice.hash={noop}alice-key",
				"switchboard.gateway.keys.bob.hash={noop}bob-key");
		await(() -> !gateway.context().getBean(RedisConnection.class).isAway());
		return gateway;
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
	}

	@AfterAll
	static void stop() {
		one.close();
		two.close();
	}

	@BeforeEach
	void reset() {
		one.reset();
		two.reset();
		two.provider("openai").fails(Fault.overloaded());
		two.provider("anthropic").fails(Fault.overloaded());
	}

	private static HttpResponse<String> ask(RunningGateway gateway, String key, String path, String route,
			String question, boolean stream) {
		return gateway.post(path, "{\"model\":\"" + route + "\",\"max_tokens\":100,\"stream\":" + stream
				+ ",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]}", "x-api-key", key);
	}

	private static List<HttpResponse<String>> shared(String path, String route, boolean stream) {
		String question = path + route + stream;
		long before = entries();
		HttpResponse<String> first = ask(one, "alice-key", path, route, question, stream);
		await(() -> entries() == before + 1);

		HttpResponse<String> second = ask(two, "alice-key", path, route, question, stream);
		HttpResponse<String> other = ask(two, "bob-key", path, route, question, stream);

		assertThat(first.headers().firstValue("X-Switchboard-Cache")).hasValue("miss");
		assertThat(second.statusCode()).isEqualTo(200);
		assertThat(second.headers().firstValue("X-Switchboard-Cache")).hasValue("hit");
		assertThat(second.headers().firstValue("X-Switchboard-Attempts")).hasValue("0");
		assertThat(second.headers().firstValue("X-Switchboard-Target"))
			.isEqualTo(first.headers().firstValue("X-Switchboard-Target"));
		assertThat(second.headers().firstValue("Content-Type")).isEqualTo(first.headers().firstValue("Content-Type"));
		assertThat(other.statusCode()).as("another caller has to ask").isNotEqualTo(200);
		return List.of(first, second);
	}

	private static long entries() {
		return one.context()
			.getBean(RedisConnection.class)
			.ask(null, (commands) -> commands.keys(prefix + ":cache:*"))
			.size();
	}

	@Test
	void aRelayedAnswerIsTheSameByteForByte() {
		assertThat(shared("/v1/chat/completions", "relayed", false)).extracting(HttpResponse::body)
			.doesNotContain("")
			.satisfies((bodies) -> assertThat(bodies.get(1)).isEqualTo(bodies.get(0)));
	}

	@Test
	void aRelayedStreamIsTheSameEventByEvent() {
		assertThat(shared("/v1/chat/completions", "relayed", true)).map(RunningGateway::data)
			.allMatch((events) -> events.size() > 2)
			.satisfies((events) -> assertThat(events.get(1)).isEqualTo(events.get(0)));
	}

	@Test
	void aTranslatedAnswerIsSharedAsWell() {
		assertThat(shared("/v1/chat/completions", "translated", false)).map(RunningGateway::json)
			.map((answer) -> answer.at("/choices/0/message/content").asString() + answer.path("usage"))
			.doesNotContain("")
			.satisfies((answers) -> assertThat(answers.get(1)).isEqualTo(answers.get(0)));
		assertThat(shared("/v1/chat/completions", "translated", true)).map(RunningGateway::data)
			.allMatch((events) -> events.size() > 2 && events.contains("[DONE]"));
		assertThat(shared("/anthropic/v1/messages", "relayed", true))
			.allMatch((answer) -> answer.body().contains("message_stop"));
	}

}
