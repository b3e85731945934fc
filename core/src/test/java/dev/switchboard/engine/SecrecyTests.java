package dev.switchboard.engine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.switchboard.call.RouteCallException;
import dev.switchboard.cache.ResponseCache;
import dev.switchboard.observation.CallLog;
import dev.switchboard.observation.CallMetrics;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.fault.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.client.ChatClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys, prompts and answers stay where they belong, whatever happens and at any log
 * level.
 */
class SecrecyTests {

	private static final String PROMPT = "prompt-7f3a91";

	private static final String ANSWER = "answer-c05be2";

	private static final String KEY = "key-of-any";

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final Logger ours = (Logger) LoggerFactory.getLogger("dev.switchboard");

	private final Logger theSimulators = (Logger) LoggerFactory.getLogger("dev.switchboard.simulator");

	private final ListAppender<ILoggingEvent> events = new ListAppender<>();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Simulator simulator = Simulator.start();

	private final Routes routes = new Routes(this.simulator)
		.with((engine) -> engine.listeners(List.of(new CallLog(), new CallMetrics(this.meters)))
			.cache(ResponseCache.builder().build()));

	@BeforeEach
	void listen() {
		this.events.start();
		this.ours.setLevel(Level.TRACE);
		this.theSimulators.setLevel(Level.OFF);
		this.root.addAppender(this.events);
	}

	@AfterEach
	void close() {
		this.root.detachAppender(this.events);
		this.ours.setLevel(null);
		this.theSimulators.setLevel(null);
		this.routes.close();
		this.simulator.close();
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource("situations")
	void nothingIsGivenAway(Wire wire, String situation, Supplier<Fault> fault) {
		SimulatedProvider provider = this.routes.provider("any", wire).answers(ANSWER);
		if (fault != null) {
			provider.fails(fault.get());
		}
		ChatClient client = this.routes
			.route("route", Policies.fast(), CacheSettings.of(Duration.ofMinutes(1)), "any/a")
			.client("route");

		String told = outcome(() -> client.prompt(PROMPT).call().content())
				+ outcome(() -> client.prompt(PROMPT).stream().content().collectList().block());

		assertThat(this.events.list).as("log events").isNotEmpty();
		assertThat(told).doesNotContain(PROMPT, ANSWER, KEY);
		assertThat(this.events.list)
			.allSatisfy((event) -> assertThat(textOf(event)).doesNotContain(PROMPT, ANSWER, KEY));
		assertThat(this.meters.getMetersAsString()).contains("switchboard.call").doesNotContain(PROMPT, ANSWER, KEY);
		assertThat(this.routes.records().toString() + this.routes.engine().routes().routes()
				+ this.routes.model("route") + this.routes.engine().health().states())
			.doesNotContain(PROMPT, ANSWER, KEY);
	}

	static Stream<Arguments> situations() {
		return Stream.of(Wire.values())
			.flatMap((wire) -> Stream.of(Arguments.of(wire, "answered", null), fault(wire, "down", Fault::serverError),
					fault(wire, "refuses the key", Fault::unauthorized),
					fault(wire, "invalid request", Fault::invalidRequest), fault(wire, "garbage", Fault::garbage),
					fault(wire, "cut", () -> Fault.cutAfterTokens(1)),
					fault(wire, "reset", Fault::resetBeforeHeaders)));
	}

	private static Arguments fault(Wire wire, String name, Supplier<Fault> fault) {
		return Arguments.of(wire, name, fault);
	}

	/** What a caller's own log would show of a failure; an answer is his to see. */
	private static String outcome(Supplier<?> call) {
		try {
			call.get();
			return "";
		}
		catch (RouteCallException ex) {
			StringWriter text = new StringWriter();
			ex.printStackTrace(new PrintWriter(text));
			return text.toString();
		}
	}

	private static String textOf(ILoggingEvent event) {
		String trace = (event.getThrowableProxy() != null) ? ThrowableProxyUtil.asString(event.getThrowableProxy())
				: "";
		return event.getFormattedMessage() + event.getMDCPropertyMap() + trace;
	}

}
