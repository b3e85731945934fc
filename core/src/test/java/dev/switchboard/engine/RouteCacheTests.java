package dev.switchboard.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import dev.switchboard.cache.ResponseCache;
import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.call.TargetsExhaustedException;
import dev.switchboard.cost.Cost;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.route.CacheScope;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class RouteCacheTests {

	private static final Duration TTL = Duration.ofMinutes(10);

	private final Simulator simulator = Simulator.start();

	private final AtomicLong nanos = new AtomicLong();

	private final Routes routes = new Routes(this.simulator).with((engine) -> engine
		.cache(ResponseCache.builder().ticker(this.nanos::get).refreshExecutor(Runnable::run).build()));

	private final SimulatedProvider provider = this.routes.provider("any", Wire.OPENAI);

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@Test
	void theSecondIdenticalCallIsAHitThatCostsNothing() {
		this.provider.answers("one", "two");
		ChatClient client = client(CacheSettings.of(TTL));

		ChatResponse first = client.prompt("Hi").call().chatResponse();
		ChatResponse second = client.prompt("Hi").call().chatResponse();

		assertThat(second.getResult().getOutput().getText()).isEqualTo("one");
		assertThat(CallRecord.of(first).cache()).isEqualTo(CacheOutcome.MISS);
		CallRecord hit = CallRecord.of(second);
		assertThat(hit.cache()).isEqualTo(CacheOutcome.HIT);
		assertThat(hit.attempts()).isEmpty();
		assertThat(hit.cost()).isEqualTo(Cost.ZERO);
		assertThat(hit.answeredBy()).hasToString("any/a");
		assertThat(hit.id()).isNotEqualTo(CallRecord.of(first).id());
		assertThat(this.routes.records()).hasSize(2);
		assertThat(this.provider.requestCount()).isEqualTo(1);
	}

	@Test
	void aCallAndAStreamServeEachOther() {
		this.provider.answers("An answer for both.", "another");
		ChatClient client = client(CacheSettings.of(TTL));

		String called = client.prompt("Hi").call().content();
		List<ChatResponse> streamed = client.prompt("Hi").stream().chatResponse().collectList().block();

		assertThat(text(streamed)).isEqualTo(called);
		CallRecord record = CallRecord.of(streamed.get(streamed.size() - 1));
		assertThat(record.cache()).isEqualTo(CacheOutcome.HIT);
		assertThat(record.streamed()).isTrue();
		assertThat(this.provider.requestCount()).isEqualTo(1);
	}

	@Test
	void identicalStreamsInFlightShareOneAttempt() {
		this.provider.answers(Answer.text("A shared answer, slowly told.").inChunksOf(3).paced(Duration.ofMillis(30)));
		ChatClient client = client(CacheSettings.of(TTL));

		List<CompletableFuture<List<ChatResponse>>> streams = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			streams.add(client.prompt("Hi").stream().chatResponse().collectList().toFuture());
		}

		assertThat(streams)
			.allSatisfy((stream) -> assertThat(text(stream.join())).isEqualTo("A shared answer, slowly told."));
		assertThat(this.provider.requestCount()).isEqualTo(1);
		await().until(() -> this.routes.records().size() == 20);
		assertThat(this.routes.records()).filteredOn((record) -> !record.attempts().isEmpty()).hasSize(1);
		assertThat(this.routes.records()).filteredOn((record) -> record.cache() == CacheOutcome.MISS).hasSize(1);
	}

	@Test
	void callersShareOnlyWhereTheRouteSaysSo() {
		this.provider.answers("one", "two");
		ChatClient client = client(new CacheSettings(TTL, CacheScope.CALLER, Duration.ZERO, Duration.ZERO));

		assertThat(ask(client, RouteChatOptions.builder().caller(new Caller("ada", null)))).isEqualTo("one");
		assertThat(ask(client, RouteChatOptions.builder().caller(new Caller("bob", null)))).isEqualTo("two");
		assertThat(ask(client, RouteChatOptions.builder().caller(new Caller("ada", null)))).isEqualTo("one");
	}

	@Test
	void aCallerMayAskForAFreshAnswer() {
		this.provider.answers("one", "two");
		ChatClient client = client(CacheSettings.of(TTL));

		ask(client, RouteChatOptions.builder());

		assertThat(ask(client, RouteChatOptions.builder().cacheControl(CacheControl.NO_CACHE))).isEqualTo("two");
		assertThat(this.routes.records().get(1).cache()).isEqualTo(CacheOutcome.BYPASS);
		assertThat(ask(client, RouteChatOptions.builder())).isEqualTo("two");
	}

	@Test
	void anAnswerAfterItsTimeIsBetterThanNone() {
		this.provider.answers("one");
		ChatClient client = client(new CacheSettings(TTL, CacheScope.SHARED, Duration.ZERO, Duration.ofHours(1)));
		ask(client, RouteChatOptions.builder());
		this.nanos.addAndGet(TTL.toNanos() + 1);
		this.provider.fails(Fault.overloaded());

		ChatResponse stale = client.prompt("Hi").call().chatResponse();

		assertThat(stale.getResult().getOutput().getText()).isEqualTo("one");
		assertThat(CallRecord.of(stale).cache()).isEqualTo(CacheOutcome.STALE);
		assertThat(CallRecord.of(stale).outcome().label()).isEqualTo("answered");
		assertThat(CallRecord.of(stale).attempts()).hasSize(1);
		assertThat(this.routes.records()).hasSize(2);

		List<ChatResponse> streamed = client.prompt("Hi").stream().chatResponse().collectList().block();
		assertThat(text(streamed)).isEqualTo("one");
		assertThat(this.routes.records()).hasSize(3);
	}

	@Test
	void anAnswerAfterItsTimeIsGivenWhileANewOneIsFetched() {
		this.provider.answers("one", "two");
		ChatClient client = client(new CacheSettings(TTL, CacheScope.SHARED, Duration.ofHours(1), Duration.ZERO));
		ask(client, RouteChatOptions.builder());
		this.nanos.addAndGet(TTL.toNanos() + 1);

		assertThat(ask(client, RouteChatOptions.builder())).isEqualTo("one");
		await().until(() -> this.provider.requestCount() == 2 && this.routes.records().size() == 3);
		assertThat(ask(client, RouteChatOptions.builder())).isEqualTo("two");
	}

	@Test
	void aFailureIsNotRememberedAndEachCallerHasHisRecord() {
		this.provider.answers("one").fails(Fault.overloaded().times(1));
		ChatClient client = client(CacheSettings.of(TTL));

		assertThatExceptionOfType(TargetsExhaustedException.class)
			.isThrownBy(() -> ask(client, RouteChatOptions.builder()));

		assertThat(ask(client, RouteChatOptions.builder())).isEqualTo("one");
		assertThat(this.routes.records()).extracting((record) -> record.outcome().label())
			.containsExactly("exhausted", "answered");
	}

	private static String ask(ChatClient client, RouteChatOptions.Builder options) {
		return client.prompt("Hi").options(options).call().content();
	}

	private ChatClient client(CacheSettings settings) {
		return this.routes.route("cached", Policies.fast(), settings, "any/a").client("cached");
	}

	private static String text(List<ChatResponse> chunks) {
		return chunks.stream().map((chunk) -> chunk.getResult().getOutput().getText()).collect(Collectors.joining());
	}

}
