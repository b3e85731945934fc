package dev.switchboard.redis.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor is told about the properties of Redis.
 */
class RedisPropertiesMetadataTests {

	@Test
	void everyPropertyHasADescription() throws IOException {
		List<JsonNode> properties = new ArrayList<>();
		Path file = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
		try (InputStream metadata = Files.newInputStream(file)) {
			JsonMapper.shared().readTree(metadata).path("properties").forEach(properties::add);
		}

		assertThat(properties).hasSizeGreaterThan(7).allSatisfy((property) -> {
			String description = property.path("description").asString("");
			assertThat(description).as(property.path("name").asString())
				.isNotBlank()
				.endsWith(".")
				.doesNotStartWith("The ");
			if ("java.lang.Boolean".equals(property.path("type").asString())) {
				assertThat(description).startsWith("Whether ");
			}
		});
	}

}
