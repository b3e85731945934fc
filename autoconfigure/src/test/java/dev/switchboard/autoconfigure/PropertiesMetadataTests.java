package dev.switchboard.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.provider.WellKnownProviders;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor is told about the properties.
 */
class PropertiesMetadataTests {

	@Test
	void everyPropertyHasADescription() throws IOException {
		List<JsonNode> properties = properties();
		assertThat(properties).hasSizeGreaterThan(6).allSatisfy((property) -> {
			String description = property.path("description").asString();
			assertThat(description).as(property.path("name").asString())
				.isNotBlank()
				.endsWith(".")
				.doesNotStartWith("The ");
			if ("java.lang.Boolean".equals(property.path("type").asString())) {
				assertThat(description).startsWith("Whether ");
			}
		});
	}

	@Test
	void editorsProposeEveryWellKnownProvider() throws IOException {
		assertThat(proposals("switchboard.providers.keys"))
			.containsExactlyInAnyOrderElementsOf(WellKnownProviders.names());
	}

	@Test
	void editorsProposeEveryBuiltInPolicy() throws IOException {
		assertThat(proposals("switchboard.policies.keys"))
			.containsExactlyElementsOf(BuiltInPolicies.all().stream().map(FallbackPolicy::name).toList());
	}

	private static List<JsonNode> properties() throws IOException {
		List<JsonNode> properties = new ArrayList<>();
		metadata().path("properties").forEach((property) -> {
			if (property.path("name").asString().startsWith("switchboard.")) {
				properties.add(property);
			}
		});
		return properties;
	}

	private static List<String> proposals(String name) throws IOException {
		List<String> values = new ArrayList<>();
		metadata().path("hints").forEach((hint) -> {
			if (name.equals(hint.path("name").asString())) {
				hint.path("values").forEach((value) -> values.add(value.path("value").asString()));
			}
		});
		return values;
	}

	private static JsonNode metadata() throws IOException {
		Path classes = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
		try (InputStream metadata = Files.newInputStream(classes)) {
			return JsonMapper.shared().readTree(metadata);
		}
	}

}
