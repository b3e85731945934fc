package dev.switchboard.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.switchboard.ChatRoutes;
import dev.switchboard.autoconfigure.SwitchboardAutoConfiguration;
import dev.switchboard.autoconfigure.SwitchboardSimulatorAutoConfiguration;
import dev.switchboard.cache.ResponseCache;
import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.redis.autoconfigure.RedisAutoConfiguration;
import dev.switchboard.redis.connection.RedisConnection;
import dev.switchboard.route.RouteName;
import dev.switchboard.servers.CuttableWay;
import dev.switchboard.servers.RedisServer;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.fault.Fault;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that share a real Redis, each with simulated providers of its own.
 */
@Tag("long")
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class TwoNodesTests {

	private final CuttableWay way = RedisServer.get().newWay();

	private final String prefix = RedisServer.get().newPrefix();

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	private final ExecutorService callers = Executors.newCachedThreadPool();

	@AfterEach
	void close() {
		this.callers.shutdownNow();
		this.contexts.forEach(ConfigurableApplicationContext::close);
		this.way.close();
	}

	private ConfigurableApplicationContext node(String... properties) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Node.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=warn",
					"logging.level.dev.switchboard.redis=info", "switchboard.simulator.enabled=true",
					"switchboard.routes.any.targets=openai/gpt-5.4", "switchboard.routes.any.cache.ttl=10m",
					"switchboard.routes.any.policy=strict",
					"switchboard.redis.url=" + RedisServer.get().through(this.way),
					"switchboard.redis.key-prefix=" + this.prefix, "switchboard.redis.timeout=5s")
			.properties(properties)
			.run();
		this.contexts.add(context);
		await().until(() -> !context.getBean(RedisConnection.class).isAway());
		return context;
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	private static SimulatedProvider provider(ConfigurableApplicationContext node) {
		return node.getBean(Simulator.class).provider("openai");
	}

	private static ChatResponse call(ConfigurableApplicationContext node, String question) {
		return call(node, question, CacheControl.DEFAULT);
	}

	private static ChatResponse call(ConfigurableApplicationContext node, String question, CacheControl control) {
		return client(node).prompt(question)
			.options(RouteChatOptions.builder().cacheControl(control))
			.call()
			.chatResponse();
	}

	private static ChatClient client(ConfigurableApplicationContext node) {
		return node.getBean(ChatRoutes.class).client("any");
	}

	private static List<ChatResponse> stream(ConfigurableApplicationContext node, String question) {
		return client(node).prompt(question).stream().chatResponse().collectList().block();
	}

	private static String text(ChatResponse response) {
		return response.getResult().getOutput().getText();
	}

	private static String text(List<ChatResponse> chunks) {
		StringBuilder text = new StringBuilder();
		chunks.forEach((chunk) -> text.append(text(chunk)));
		return text.toString();
	}

	private static CacheOutcome outcome(ChatResponse response) {
		return CallRecord.of(response).cache();
	}

	private void awaitStored(int answers) {
		RedisConnection redis = this.contexts.get(0).getBean(RedisConnection.class);
		await().until(() -> {
			List<String> keys = redis.ask(null, (commands) -> commands.keys(this.prefix + ":cache:*"));
			return keys != null && keys.size() == answers;
		});
	}

	@Test
	void theSecondNodeAnswersWhatTheFirstHasAsked() {
		ConfigurableApplicationContext one = node();
		ConfigurableApplicationContext two = node();
		provider(one).answers("from one");
		provider(two).answers("from two");

		ChatResponse first = call(one, "Hi");
		awaitStored(1);
		ChatResponse second = call(two, "Hi");

		assertThat(text(second)).isEqualTo("from one");
		assertThat(outcome(first)).isEqualTo(CacheOutcome.MISS);
		assertThat(outcome(second)).isEqualTo(CacheOutcome.HIT);
		CallRecord record = CallRecord.of(second);
		assertThat(record.answeredBy()).hasToString("openai/gpt-5.4");
		assertThat(record.attempts()).isEmpty();
		assertThat(record.usage()).isEqualTo(CallRecord.of(first).usage()).isNotNull();
		assertThat(second.getMetadata().getId()).isEqualTo(first.getMetadata().getId());
		assertThat(second.getMetadata().getModel()).isEqualTo(first.getMetadata().getModel());
		assertThat(provider(one).requestCount()).isEqualTo(1);
		assertThat(provider(two).requestCount()).isZero();
	}

	@Test
	void aStreamIsReplayedAsAStream() {
		ConfigurableApplicationContext one = node();
		ConfigurableApplicationContext two = node();
		String text = "One and two and three and four and five and six and seven and eight and nine and ten and eleven.";
		provider(one).answers(text);

		assertThat(text(stream(one, "Hi"))).isEqualTo(text);
		awaitStored(1);
		List<ChatResponse> chunks = stream(two, "Hi");

		assertThat(chunks).hasSizeGreaterThan(1);
		assertThat(text(chunks)).isEqualTo(text);
		CallRecord record = CallRecord.of(chunks.get(chunks.size() - 1));
		assertThat(record.cache()).isEqualTo(CacheOutcome.HIT);
		assertThat(record.usage()).isNotNull();
		assertThat(text(call(two, "Hi"))).isEqualTo(text);
		assertThat(provider(two).requestCount()).isZero();
	}

	@Test
	void anotherConfigurationOfTheRouteHasAnswersOfItsOwn() {
		ConfigurableApplicationContext one = node();
		ConfigurableApplicationContext two = node("switchboard.routes.any.targets=openai/gpt-5.4-mini");
		call(one, "Hi");
		awaitStored(1);

		assertThat(outcome(call(two, "Hi"))).isEqualTo(CacheOutcome.MISS);
	}

	@Test
	void callersWithAnswersOfTheirOwnDoNotShareThem() {
		ConfigurableApplicationContext one = node("switchboard.routes.any.cache.scope=caller");
		ConfigurableApplicationContext two = node("switchboard.routes.any.cache.scope=caller");

		ask(one, "alice");
		awaitStored(1);

		assertThat(ask(two, "bob")).isEqualTo(CacheOutcome.MISS);
		assertThat(ask(two, "alice")).isEqualTo(CacheOutcome.HIT);
	}

	private static CacheOutcome ask(ConfigurableApplicationContext node, String caller) {
		return outcome(client(node).prompt("Hi")
			.options(RouteChatOptions.builder().caller(new Caller(caller, null)))
			.call()
			.chatResponse());
	}

	@Test
	void identicalCallersOfANodeAskOnce() throws Exception {
		ConfigurableApplicationContext one = node();
		ConfigurableApplicationContext two = node();
		call(one, "Hi");
		awaitStored(1);

		List<Future<ChatResponse>> answers = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			boolean streamed = i % 2 == 0;
			answers.add(this.callers.submit(() -> streamed ? last(stream(two, "Hi")) : call(two, "Hi")));
		}

		for (Future<ChatResponse> answer : answers) {
			assertThat(outcome(answer.get())).isIn(CacheOutcome.HIT, CacheOutcome.JOINED);
		}
		assertThat(provider(two).requestCount()).isZero();
	}

	private static ChatResponse last(List<ChatResponse> chunks) {
		return chunks.get(chunks.size() - 1);
	}

	@Test
	void anAnswerOfAnotherNodeMakesAnOutageGood() {
		String[] stale = { "switchboard.routes.any.cache.ttl=1ms", "switchboard.routes.any.cache.stale-if-error=1h" };
		ConfigurableApplicationContext one = node(stale);
		ConfigurableApplicationContext two = node(stale);
		provider(one).answers("from one");
		provider(two).fails(Fault.overloaded());
		call(one, "Hi");
		awaitStored(1);

		ChatResponse answer = call(two, "Hi");

		assertThat(text(answer)).isEqualTo("from one");
		assertThat(outcome(answer)).isEqualTo(CacheOutcome.STALE);
	}

	@Test
	void whoWantsAFreshAnswerGetsOneAndTheOthersAfterHim() {
		ConfigurableApplicationContext one = node();
		ConfigurableApplicationContext two = node();
		provider(one).answers("old");
		provider(two).answers("new");
		call(one, "Hi");
		awaitStored(1);

		assertThat(text(call(two, "Hi", CacheControl.NO_STORE))).isEqualTo("new");
		provider(two).answers("newer");
		assertThat(text(call(two, "Hi", CacheControl.NO_CACHE))).isEqualTo("newer");
		ConfigurableApplicationContext withoutMemory = node("switchboard.cache.maximum-size=1KB");
		await().until(() -> "newer".equals(text(call(withoutMemory, "Hi"))));
		assertThat(provider(withoutMemory).requestCount()).isZero();
	}

	@Test
	void clearingForgetsWhatIsInRedis() {
		ConfigurableApplicationContext one = node();
		ConfigurableApplicationContext two = node();
		call(one, "Hi");
		awaitStored(1);

		one.getBean(ResponseCache.class).clear(new RouteName("any"));

		assertThat(outcome(call(two, "Hi"))).isEqualTo(CacheOutcome.MISS);
	}

	@Test
	void callsGoOnWhileRedisIsAwayAndComesBack(CapturedOutput output) throws Exception {
		ConfigurableApplicationContext node = node();
		List<Future<Integer>> load = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			String caller = "caller " + i;
			load.add(this.callers.submit(() -> load(node, caller, 60)));
		}
		for (int i = 0; i < 2; i++) {
			this.way.cut();
			await().until(node.getBean(RedisConnection.class)::isAway);
			this.way.mend();
			await().until(() -> !node.getBean(RedisConnection.class).isAway());
		}

		for (Future<Integer> answered : load) {
			assertThat(answered.get()).isEqualTo(60);
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("Redis is away"))).hasSize(2);
		assertThat(output.getOut().lines().filter((line) -> line.contains("Redis is back"))).hasSize(2);
	}

	private static int load(ConfigurableApplicationContext node, String caller, int calls) {
		for (int i = 0; i < calls; i++) {
			String question = caller + " asks " + i;
			assertThat((i % 2 == 0) ? text(call(node, question)) : text(stream(node, question))).isNotBlank();
		}
		return calls;
	}

	@Test
	void aSilentRedisHoldsUpAFewCallsAndNoMore() {
		ConfigurableApplicationContext node = node("switchboard.redis.timeout=100ms");
		RedisConnection redis = node.getBean(RedisConnection.class);
		this.way.silence();

		int before = 0;
		for (int i = 0; i < 100; i++) {
			before += redis.isAway() ? 0 : 1;
			assertThat(text(call(node, "Question " + i))).isNotBlank();
		}

		assertThat(before).as("calls that waited for it").isBetween(1, 10);
		assertThat(provider(node).requestCount()).isEqualTo(100);
	}

	@SpringBootConfiguration
	@ImportAutoConfiguration({ ChatClientAutoConfiguration.class, SwitchboardAutoConfiguration.class,
			SwitchboardSimulatorAutoConfiguration.class, RedisAutoConfiguration.class })
	static class Node {

	}

}
