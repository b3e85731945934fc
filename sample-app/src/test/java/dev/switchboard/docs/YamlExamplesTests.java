package dev.switchboard.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.switchboard.ChatRoutes;
import dev.switchboard.autoconfigure.ConfigurationProblem;
import dev.switchboard.autoconfigure.InvalidSwitchboardConfigurationException;
import dev.switchboard.docs.Document.Block;
import dev.switchboard.gateway.front.FrontDoors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every YAML example starts an application, unless the texts that follow it say why it
 * does not; then it ends the start with exactly these.
 */
@Tag("long")
class YamlExamplesTests {

	private static final String PROBLEM = "Property '";

	static Stream<Example> examples() {
		return Document.all().stream().flatMap((document) -> examples(document).stream());
	}

	private static List<Example> examples(Document document) {
		List<Example> examples = new ArrayList<>();
		Example before = null;
		for (Block block : document.blocks()) {
			if (block.language().equals("yaml")) {
				before = new Example(block, new ArrayList<>());
				examples.add(before);
			}
			else if (block.text().startsWith(PROBLEM) && before != null && isNext(document, before, block)) {
				before.problems().add(block.text().strip());
			}
		}
		return examples;
	}

	/** Whether nothing but further problems stands between an example and a problem. */
	private static boolean isNext(Document document, Example example, Block problem) {
		return document.lines()
			.subList(example.yaml().line() + example.yaml().lines().size(), problem.line() - 2)
			.stream()
			.allMatch((line) -> line.isEmpty() || line.startsWith("```") || line.startsWith(PROBLEM));
	}

	@ParameterizedTest
	@MethodSource("examples")
	void startsOrSaysWhyNot(Example example) {
		if (example.yaml().text().contains("  gateway:")) {
			Application.asGateway(example.yaml().text())
				.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(FrontDoors.class));
			return;
		}
		Application.withKeysAnd(example.yaml().text()).run((context) -> {
			if (example.problems().isEmpty()) {
				assertThat(context).hasNotFailed().hasSingleBean(ChatRoutes.class);
			}
			else {
				assertThat(problems(context.getStartupFailure())).containsExactlyElementsOf(example.problems());
			}
		});
	}

	@Test
	void theReportOfAFailedStartIsTheOneInTheErrorGuide() {
		Application.withKeysAnd("""
				switchboard:
				  default-route: suport
				  routes:
				    support: { targets: [openai/gpt-5.4], policy: cautious }
				""").run((context) -> {
			FailureAnalysis analysis = analyzers().stream()
				.map((analyzer) -> analyzer.analyze(context.getStartupFailure()))
				.filter(Objects::nonNull)
				.findFirst()
				.orElseThrow();
			String report = Document.of("docs/errors.md")
				.blocks("text")
				.stream()
				.map(Block::text)
				.filter((text) -> text.contains("APPLICATION FAILED TO START"))
				.findFirst()
				.orElseThrow();
			assertThat(report).containsIgnoringNewLines(analysis.getDescription())
				.containsIgnoringNewLines(analysis.getAction());
		});
	}

	private static List<FailureAnalyzer> analyzers() {
		// Some of Spring Boot's own want a context; they have nothing to say here.
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, null, (type, implementation, failure) -> {
			});
	}

	private static List<String> problems(Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof InvalidSwitchboardConfigurationException)) {
			cause = cause.getCause();
		}
		assertThat(cause).as("the application started, or failed otherwise: " + failure).isNotNull();
		return ((InvalidSwitchboardConfigurationException) cause).problems()
			.stream()
			.map(ConfigurationProblem::toString)
			.toList();
	}

	/**
	 * An example and what is wrong with it.
	 *
	 * @param yaml the example
	 * @param problems what is told about it; empty if it is right
	 */
	record Example(Block yaml, List<String> problems) {

		@Override
		public String toString() {
			return this.yaml.toString();
		}

	}

}
