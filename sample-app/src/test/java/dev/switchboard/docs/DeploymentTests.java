package dev.switchboard.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.switchboard.gateway.front.FrontDoors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of the deployment on three nodes belong together. That nodes so configured
 * agree is another test's matter.
 */
class DeploymentTests {

	private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)}");

	@Test
	void theNodesStartWithTheirConfiguration() throws IOException {
		Application.asGateway(read("application.yml").replace("path: /data", "path: target/data/deployment"))
			.withPropertyValues("STORE_URL=jdbc:h2:mem:deployment", "STORE_USERNAME=", "STORE_PASSWORD=",
					"REDIS_URL=redis://127.0.0.1:1", "OPERATOR_KEY_HASH={sha256}" + "ab".repeat(32))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(FrontDoors.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "compose.yaml", "kubernetes.yaml" })
	void everyVariableOfTheConfigurationIsGivenToTheNodes(String file) throws IOException {
		Set<String> wanted = new TreeSet<>();
		Matcher variable = VARIABLE.matcher(read("application.yml"));
		while (variable.find()) {
			wanted.add(variable.group(1));
		}
		assertThat(wanted).isNotEmpty();

		String given = documents(file).map(Object::toString).reduce("", String::concat);

		assertThat(wanted).allSatisfy((name) -> assertThat(given).containsPattern("\\b" + name + "\\b"));
	}

	@Test
	void whoeverEndsANodeWaitsLongerThanItsStreamsMayTake() throws IOException {
		Duration streams = DurationStyle.detectAndParse(text(documents("application.yml").findFirst().orElseThrow(),
				"spring", "lifecycle", "timeout-per-shutdown-phase"));
		Object compose = documents("compose.yaml").findFirst().orElseThrow();
		Object node = documents("kubernetes.yaml").filter((document) -> text(document, "kind").equals("StatefulSet"))
			.findFirst()
			.orElseThrow();

		assertThat(DurationStyle.detectAndParse(text(compose, "x-gateway", "stop_grace_period")))
			.isGreaterThan(streams);
		assertThat(Duration
			.ofSeconds(Long.parseLong(text(node, "spec", "template", "spec", "terminationGracePeriodSeconds"))))
			.isGreaterThan(streams.plusSeconds(10));
	}

	private static Stream<Object> documents(String file) throws IOException {
		return StreamSupport.stream(new Yaml().loadAll(read(file)).spliterator(), false);
	}

	private static String text(Object document, String... path) {
		Object found = document;
		for (String name : path) {
			found = ((Map<?, ?>) found).get(name);
		}
		return String.valueOf(found);
	}

	private static String read(String file) throws IOException {
		return Files.readString(Document.ROOT.resolve("docs/deployment").resolve(file));
	}

}
