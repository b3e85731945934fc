package dev.switchboard.docs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.switchboard.ChatRoutes;
import dev.switchboard.observation.CallLog;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lines of a call's log are those that the guide shows, but for what differs from
 * call to call.
 */
@ExtendWith(OutputCaptureExtension.class)
class LogLinesTests {

	private static final Pattern LINE = Pattern.compile("(Attempt|Call) ended: .*");

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	@BeforeEach
	void logCalls() {
		this.logging.setLogLevel(CallLog.class.getName(), LogLevel.DEBUG);
	}

	@AfterEach
	void logAsBefore() {
		this.logging.setLogLevel(CallLog.class.getName(), null);
	}

	@Test
	void aCallLeavesTheLinesThatTheGuideShows(CapturedOutput output) {
		Application.with("""
				switchboard:
				  simulator: { enabled: true }
				  routes:
				    support: { targets: [openai/gpt-5.4, anthropic/claude-opus-4-7], policy: fast }
				""").run((context) -> {
			context.getBean(Simulator.class).provider("openai").fails(Fault.overloaded());
			context.getBean(ChatRoutes.class).client("support").prompt("Hi").call().content();
		});

		List<String> shown = Document.of("docs/records-and-metrics.md")
			.blocks("text")
			.stream()
			.flatMap((block) -> lines(block.text()).stream())
			.toList();
		assertThat(lines(output.getOut())).hasSize(3).containsExactlyElementsOf(shown);
	}

	@Test
	void theStartTellsTheRoutesAsTheGuideShows(CapturedOutput output) {
		Document guide = Document.of("docs/getting-started.md");

		Application.withKeysAnd(guide.blocks("yaml").get(0).text()).run((context) -> {
			String routes = guide.blocks("text").get(0).text();
			assertThat(output.getOut()).contains(routes.strip().lines().toList());
		});
	}

	private static List<String> lines(String text) {
		return LINE.matcher(text)
			.results()
			.map(MatchResult::group)
			.map((line) -> line.replaceAll("call=\\w+", "call=…")
				.replaceAll("\\d+ms", "…ms")
				.replaceAll("okens=\\d+", "okens=…")
				.replaceAll("\"0\\.\\d+ USD\"", "\"… USD\""))
			.toList();
	}

}
