package dev.switchboard.observation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class CallLogTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(CallLog.class);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.lines.start();
		this.logger.addAppender(this.lines);
		this.logger.setLevel(Level.DEBUG);
	}

	@AfterEach
	void leave() {
		this.logger.detachAppender(this.lines);
		this.logger.setLevel(null);
	}

	@Test
	void thereIsALineForEachAttemptAndOneForTheCall() {
		new CallLog().ended(Calls.fallback());
		assertThat(this.lines.list).allSatisfy((line) -> assertThat(line.getLevel()).isEqualTo(Level.DEBUG))
			.extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly(
					"Attempt ended: call=call-1 number=1 route=support target=openai/gpt-5.4 outcome=rate-limited "
							+ "status=429 code=\"tokens?limit\" retryAfter=20000ms latency=5ms cost=\"0 USD\"",
					"Attempt ended: call=call-1 number=2 route=support target=google/gemini-3-flash outcome=answered "
							+ "latency=80ms timeToFirstToken=30ms responseModel=gpt-5.4-2026-03-05 inputTokens=100 "
							+ "cachedInputTokens=60 outputTokens=7 cost=\"0.0025 USD\"",
					"Call ended: call=call-1 requestedRoute=auto route=support rule=\"images > 0\" caller=acme "
							+ "streamed=true outcome=answered cache=miss target=google/gemini-3-flash attempts=2 "
							+ "skipped=groq/llama-3.3-70b-versatile:cooling-down finishReason=stop latency=100ms "
							+ "timeToFirstToken=50ms inputTokens=100 cachedInputTokens=60 outputTokens=7 "
							+ "cost=\"0.0025 USD\"");
	}

	@Test
	void noLineQuotesWhatAProviderOrCallerSaid() {
		new CallLog().ended(Calls.fallback());
		new CallLog().ended(Calls.exhausted());
		assertThat(this.lines.list).hasSize(5)
			.extracting(ILoggingEvent::getFormattedMessage)
			.noneMatch((line) -> line.contains("private"));
	}

	@Test
	void nothingIsWrittenAboveDebug() {
		this.logger.setLevel(Level.INFO);
		new CallLog().ended(Calls.fallback());
		assertThat(this.lines.list).isEmpty();
	}

}
