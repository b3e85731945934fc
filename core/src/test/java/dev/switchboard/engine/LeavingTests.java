package dev.switchboard.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

import org.springframework.ai.chat.client.ChatClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A caller who leaves a stream is nothing that an operator has to know of.
 */
class LeavingTests {

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final ListAppender<ILoggingEvent> events = new ListAppender<>();

	private final Simulator simulator = Simulator.start();

	private final Routes routes = new Routes(this.simulator);

	@BeforeEach
	void listen() {
		this.events.start();
		this.root.addAppender(this.events);
	}

	@AfterEach
	void close() {
		this.root.detachAppender(this.events);
		this.routes.close();
		this.simulator.close();
	}

	@ParameterizedTest
	@EnumSource
	void leavingIsNoErrorInTheLog(Wire wire) {
		SimulatedProvider provider = this.routes.provider("any", wire)
			.answers(Answer.text("A long answer, of which nobody hears the end.")
				.inChunksOf(3)
				.paced(Duration.ofMillis(50)));

		ChatClient client = this.routes.route("route", Policies.fast(), "any/a").client("route");

		for (int i = 0; i < 5; i++) {
			List<String> heard = new CopyOnWriteArrayList<>();
			Disposable reading = client.prompt("Hi").stream().content().subscribe(heard::add);
			await().until(() -> heard.size() >= 2);
			reading.dispose();
		}

		assertThat(provider.requests()).hasSize(5)
			.allSatisfy((request) -> assertThat(request.awaitOutcome(Duration.ofSeconds(30)))
				.isEqualTo(RecordedRequest.Outcome.ABORTED));
		await("readers that were broken off have had their time to complain").during(Duration.ofMillis(500))
			.until(() -> List.copyOf(this.events.list)
				.stream()
				.noneMatch((event) -> event.getLevel().isGreaterOrEqual(Level.WARN)));
	}

}
