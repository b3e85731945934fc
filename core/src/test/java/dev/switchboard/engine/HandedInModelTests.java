package dev.switchboard.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import dev.switchboard.call.CallCancelledException;
import dev.switchboard.call.CallRecord;
import dev.switchboard.policy.Timeouts;
import dev.switchboard.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Models of which nothing is known but that they are Spring AI's: an application's own.
 */
class HandedInModelTests {

	private final Simulator simulator = Simulator.start();

	private final Routes routes = new Routes(this.simulator);

	private final CountDownLatch entered = new CountDownLatch(1);

	private final AtomicBoolean interrupted = new AtomicBoolean();

	private final CountDownLatch never = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@Test
	void aModelThatGivesNoFinishReasonIsStillHeard() {
		this.routes.clients((clients) -> clients.model("own", new Own(() -> "Hello")))
			.route("own", Policies.standard(), "own/model");

		assertThat(this.routes.client("own").prompt("Hi").call().content()).isEqualTo("Hello");
		assertThat(this.routes.client("own").prompt("Hi").stream().content().collectList().block())
			.containsExactly("Hello");
	}

	@Test
	void aModelThatHangsIsInterruptedAtTheTimeout() {
		this.routes
			.clients((clients) -> clients.model("hanging", new Own(this::hang)).model("own", new Own(() -> "Hello")))
			.route("own",
					Policies.standard()
						.mutate()
						.timeouts(new Timeouts(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(1),
								Duration.ofSeconds(5)))
						.build(),
					"hanging/model", "own/model");

		CallRecord record = CallRecord.of(this.routes.client("own").prompt("Hi").call().chatResponse());

		assertThat(record.attempts()).extracting((attempt) -> attempt.outcome().label())
			.containsExactly("timed-out", "answered");
		await().untilTrue(this.interrupted);
	}

	@Test
	void anInterruptedCallerIsReleasedAndStaysInterrupted() throws Exception {
		this.routes.clients((clients) -> clients.model("hanging", new Own(this::hang)))
			.route("own", Policies.standard(), "hanging/model");
		AtomicReference<Throwable> thrown = new AtomicReference<>();
		AtomicBoolean flag = new AtomicBoolean();
		Thread caller = new Thread(() -> {
			try {
				this.routes.client("own").prompt("Hi").call().content();
			}
			catch (RuntimeException ex) {
				thrown.set(ex);
				flag.set(Thread.currentThread().isInterrupted());
			}
		});
		caller.start();
		this.entered.await();

		caller.interrupt();
		caller.join(5_000);

		assertThat(thrown.get()).isInstanceOf(CallCancelledException.class);
		assertThat(flag).isTrue();
		assertThat(this.routes.onlyRecord().outcome().label()).isEqualTo("cancelled");
		await().untilTrue(this.interrupted);
	}

	private String hang() {
		this.entered.countDown();
		try {
			this.never.await();
			return "never";
		}
		catch (InterruptedException ex) {
			this.interrupted.set(true);
			throw new IllegalStateException(ex);
		}
	}

	private record Own(Supplier<String> answer) implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			return new ChatResponse(List.of(new Generation(new AssistantMessage(this.answer.get()))));
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.defer(() -> Flux.just(call(prompt)));
		}

		@Override
		public ChatOptions getOptions() {
			return ChatOptions.builder().build();
		}

	}

}
