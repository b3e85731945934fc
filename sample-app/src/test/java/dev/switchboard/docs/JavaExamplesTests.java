package dev.switchboard.docs;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

import dev.switchboard.call.CallRecord;
import dev.switchboard.docs.Examples.Compiled;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class JavaExamplesTests {

	static List<Document> documentsWithExamples() {
		return Document.all().stream().filter((document) -> !document.blocks("java").isEmpty()).toList();
	}

	@ParameterizedTest
	@MethodSource("documentsWithExamples")
	void everyExampleCompiles(Document document, @TempDir Path classes) {
		assertThat(Examples.compile(document, classes).types()).hasSameSizeAs(document.blocks("java"));
	}

	@Test
	void theReadmeExampleDoesWhatTheReadmeSays(@TempDir Path classes, CapturedOutput output) throws Exception {
		Document readme = Document.of("README.md");
		Compiled compiled = Examples.compile(readme, classes);
		try (URLClassLoader loader = compiled.newClassLoader()) {
			Class<?> tickets = loader.loadClass(compiled.types().get(0));
			Application.with(readme.blocks("yaml").get(0).text())
				.withPropertyValues("switchboard.simulator.enabled=true")
				.withBean(tickets)
				.run((context) -> {
					Simulator simulator = context.getBean(Simulator.class);
					simulator.provider("openai").fails(Fault.overloaded());
					simulator.provider("mistral").answers("On its way.");

					Object reply = tickets.getMethod("reply", String.class)
						.invoke(context.getBean(tickets), "Where is my parcel?");

					assertThat(reply).isEqualTo("On its way.");
				});
		}
		String promised = readme.blocks("text").get(0).text().strip();
		assertThat(output.getOut()).containsPattern(promised.replaceAll("0\\.\\d+ USD", "0\\\\.\\\\d+ USD"));
	}

	@Test
	void theTestsOfTheTestingGuidePass(@TempDir Path classes) throws Exception {
		Compiled compiled = Examples.compile(Document.of("docs/testing-with-the-simulator.md"), classes);
		List<String> tests = compiled.types().stream().filter((type) -> type.endsWith("Tests")).toList();
		SummaryGeneratingListener summary = new SummaryGeneratingListener();
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader loader = compiled.newClassLoader()) {
			Thread.currentThread().setContextClassLoader(loader);
			Launcher launcher = LauncherFactory.create();
			launcher.execute(LauncherDiscoveryRequestBuilder.request()
				.selectors(tests.stream().map((test) -> DiscoverySelectors.selectClass(loader, test)).toList())
				.build(), summary);
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
		StringWriter failures = new StringWriter();
		summary.getSummary().printFailuresTo(new PrintWriter(failures));
		assertThat(failures.toString()).isEmpty();
		assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(tests.size()).isGreaterThan(2);
	}

}
