package dev.switchboard.provider;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.switchboard.route.Wire;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.BaseSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * However a request ends, its connection is let go of, not only once the garbage
 * collector finds it.
 */
class ConnectionReleaseTests {

	private static final Map<String, Fault> FAULTS = new LinkedHashMap<>();

	static {
		FAULTS.put("none", Fault.drip(Duration.ZERO));
		FAULTS.put("overloaded", Fault.overloaded());
		FAULTS.put("content filtered", Fault.contentFiltered());
		FAULTS.put("prompt blocked", Fault.promptBlocked());
		FAULTS.put("empty answer", Fault.emptyAnswer());
		FAULTS.put("garbage", Fault.garbage());
		FAULTS.put("broken JSON", Fault.brokenJson());
		FAULTS.put("reset before headers", Fault.resetBeforeHeaders());
		FAULTS.put("cut after 3 tokens", Fault.cutAfterTokens(3));
		FAULTS.put("end after 3 tokens", Fault.endAfterTokens(3));
		FAULTS.put("error event after 3", Fault.errorEventAfterTokens(3));
		FAULTS.put("malformed event after 3", Fault.malformedEventAfterTokens(3));
		FAULTS.put("missing end marker", Fault.missingEndMarker());
		FAULTS.put("without usage", Fault.withoutUsage());
	}

	@RegisterExtension
	static final Providers providers = new Providers();

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource("faults")
	void whateverTheProviderDoes(Wire wire, String fault) {
		providers.of(wire).answers(Answer.text("One two three four five six.").inChunksOf(4)).fails(FAULTS.get(fault));
		ChatModel model = providers.client(wire).model();

		model.stream(new Prompt("hi")).onErrorComplete().blockLast(Duration.ofSeconds(20));
		awaitReleased(wire);

		providers.of(wire).fails(FAULTS.get(fault));
		try {
			assertThat(model.call(new Prompt("hi"))).isNotNull();
		}
		catch (RuntimeException ex) {
			assertThat(ex).isNotNull();
		}
		awaitReleased(wire);
		assertThat(providers.of(wire).requestCount()).isEqualTo(2);
	}

	static Stream<Arguments> faults() {
		return Stream.of(Wire.values())
			.flatMap((wire) -> FAULTS.keySet().stream().map((fault) -> Arguments.of(wire, fault)));
	}

	@ParameterizedTest
	@EnumSource
	void theConnectionOfAWholeStreamServesTheNext(Wire wire) {
		try (Providers own = new Providers()) {
			for (int i = 0; i < 5; i++) {
				own.client(wire).model().stream(new Prompt("hi")).blockLast(Duration.ofSeconds(20));
				await().atMost(Duration.ofSeconds(5)).until(() -> own.connectionsInUse(wire) == 0);
				assertThat(own.idleConnections(wire)).isEqualTo(1);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenTheReaderLeavesWhileHeIsGivenAChunk(Wire wire) {
		providers.of(wire).answers(Answer.text("One two three four five six.").inChunksOf(4));
		for (int i = 0; i < 20; i++) {
			providers.client(wire).model().stream(new Prompt("hi")).take(2).blockLast(Duration.ofSeconds(20));
		}
		awaitReleased(wire);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheReaderLeavesWithoutHavingAskedForMore(Wire wire) {
		providers.of(wire).answers(Answer.text("One two three four five six.").inChunksOf(4));
		AtomicInteger received = new AtomicInteger();
		BaseSubscriber<ChatResponse> reader = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
				request(1);
			}

			@Override
			protected void hookOnNext(ChatResponse chunk) {
				received.incrementAndGet();
			}

		};
		providers.client(wire).model().stream(new Prompt("hi")).subscribe(reader);
		await().atMost(Duration.ofSeconds(20)).until(() -> received.get() == 1);
		reader.cancel();
		awaitReleased(wire);
	}

	private static void awaitReleased(Wire wire) {
		await().atMost(Duration.ofSeconds(5))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> providers.connectionsInUse(wire) == 0);
	}

}
