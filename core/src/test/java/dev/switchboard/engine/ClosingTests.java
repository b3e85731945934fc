package dev.switchboard.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.switchboard.call.CallListener;
import dev.switchboard.call.CallRecord;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An engine that is closed while calls end.
 */
class ClosingTests {

	private final Simulator simulator = Simulator.start();

	private final Routes routes = new Routes(this.simulator);

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	/** Else whoever keeps records is closed before he has the last ones. */
	@Test
	void anEngineIsClosedWhenItsListenersHaveHeardOfAllCalls() throws Exception {
		SlowListener listener = new SlowListener();
		this.routes.provider("openai", Wire.OPENAI).answers(Answer.text("Hello"));
		RouteEngine engine = this.routes.route("route", Policies.fast(), "openai/a")
			.with((builder) -> builder.listeners(List.of(listener)))
			.engine();
		Disposable stream = this.routes.model("route").stream(new Prompt("Hi")).subscribe();
		assertThat(listener.hears.await(30, TimeUnit.SECONDS)).isTrue();

		// Its caller goes while the listener is told that the answer is whole.
		stream.dispose();
		Thread closing = new Thread(engine::close);
		closing.start();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> closing.getState() == Thread.State.TIMED_WAITING || !closing.isAlive());
		boolean waits = closing.isAlive();
		listener.goOn.countDown();
		closing.join();

		assertThat(waits).as("the listener has not heard of the call yet").isTrue();
		assertThat(listener.heard).hasSize(1);
	}

	private static final class SlowListener implements CallListener {

		private final CountDownLatch hears = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		private final List<CallRecord> heard = new CopyOnWriteArrayList<>();

		@Override
		public void ended(CallRecord record) {
			this.hears.countDown();
			boolean interrupted = false;
			while (this.goOn.getCount() > 0) {
				try {
					this.goOn.await();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
			this.heard.add(record);
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
