package dev.switchboard.gateway.front;

import java.net.http.HttpResponse;
import java.time.Duration;

import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.redis.connection.RedisConnection;
import dev.switchboard.servers.CuttableWay;
import dev.switchboard.servers.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two gateways and a real Redis between them, to which the second has a way that can be
 * cut; without it that one lets nobody through.
 */
class SharedLimitTests {

	private static CuttableWay way;

	private static RunningGateway one;

	private static RunningGateway two;

	@BeforeAll
	static void start() {
		way = RedisServer.get().newWay();
		String prefix = RedisServer.get().newPrefix();
		one = gateway(RedisServer.get().url(), prefix);
		two = gateway(RedisServer.get().through(way), prefix);
	}

	private static RunningGateway gateway(String url, String prefix) {
		RunningGateway gateway = RunningGateway.start("switchboard.redis.url=" + url,
				"switchboard.redis.key-prefix=" + prefix, "switchboard.redis.timeout=5s",
				"switchboard.redis.limits.on-outage=fail-closed", "switchboard.routes.any.targets=openai/gpt-5.4-mini",
				"switchboard.limits.each.for.key=*", "switchboard.limits.each.requests=3",
				"switchboard.limits.each.output-tokens=1000", "switchboard.limits.each.per=hour",
				"switchboard.gateway.keys.alice.hash={noop}alice-key",
				"switchboard.gateway.keys.bob.hash={noop}bob-key");
		await(gateway, false);
		return gateway;
	}

	private static void await(RunningGateway gateway, boolean away) {
		RedisConnection redis = gateway.context().getBean(RedisConnection.class);
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> redis.isAway() == away);
	}

	@AfterAll
	static void stop() {
		one.close();
		two.close();
		way.close();
	}

	private static HttpResponse<String> ask(RunningGateway gateway, String key) {
		return gateway.post("/v1/chat/completions",
				"{\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", "x-api-key", key);
	}

	private static String header(HttpResponse<String> answer, String name) {
		return answer.headers().firstValue(name).orElse("");
	}

	@Test
	void aCallerHasOneLimitAtBoth() {
		assertThat(header(ask(one, "alice-key"), "RateLimit-Remaining")).isEqualTo("2");
		HttpResponse<String> second = ask(two, "alice-key");
		assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
		assertThat(header(second, "RateLimit-Limit")).isEqualTo("3");
		assertThat(header(second, "RateLimit-Remaining")).isEqualTo("1");
		assertThat(header(second, "RateLimit-Policy")).contains("3;w=3600;name=\"each\";unit=\"requests\"",
				"1000;w=3600;name=\"each\";unit=\"output-tokens\"");
		assertThat(header(ask(one, "alice-key"), "RateLimit-Remaining")).isEqualTo("0");

		HttpResponse<String> refused = ask(two, "alice-key");

		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(RunningGateway.json(refused).at("/error/code").asString()).isEqualTo("rate_limited");
		assertThat(header(refused, "RateLimit-Remaining")).isEqualTo("0");
		assertThat(Long.parseLong(header(refused, "Retry-After"))).isBetween(1000L, 1200L);
		assertThat(ask(two, "bob-key").statusCode()).isEqualTo(200);
	}

	@Test
	void whileRedisIsAwayNobodyIsLetThroughWhereThatIsTheRule() {
		way.cut();
		await(two, true);

		HttpResponse<String> refused = ask(two, "bob-key");

		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(RunningGateway.json(refused).at("/error/code").asString()).isEqualTo("limit_unavailable");
		assertThat(header(refused, "Retry-After")).isIn("1", "2");
		way.mend();
		await(two, false);
		assertThat(ask(two, "bob-key").statusCode()).isEqualTo(200);
	}

}
