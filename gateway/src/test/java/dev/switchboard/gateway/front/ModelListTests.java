package dev.switchboard.gateway.front;

import java.util.ArrayList;
import java.util.List;

import dev.switchboard.gateway.RunningGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the list of models says of a route: what every one of its targets can do.
 */
class ModelListTests {

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.start("switchboard.routes.alone.targets=openai/able",
				"switchboard.routes.mixed.targets=openai/able,openai/plain",
				"switchboard.routes.going.targets=openai/able,openai/older",
				"switchboard.routes.half-known.targets=openai/able,openai/nobody-knows",
				"switchboard.routes.nothing-in-common.targets=openai/plain,openai/speaker",
				"switchboard.catalog.models[0].model=openai/able",
				"switchboard.catalog.models[0].input=text,image,file",
				"switchboard.catalog.models[0].output=text,image,audio",
				"switchboard.catalog.models[0].parallel-tools=true",
				"switchboard.catalog.models[0].deprecated=2027-03-04",
				"switchboard.catalog.models[1].model=openai/plain", "switchboard.catalog.models[1].input=text,image",
				"switchboard.catalog.models[2].model=openai/older", "switchboard.catalog.models[2].output=text,audio",
				"switchboard.catalog.models[2].parallel-tools=true",
				"switchboard.catalog.models[2].deprecated=2026-01-02",
				"switchboard.catalog.models[3].model=openai/speaker", "switchboard.catalog.models[3].output=audio",
				"switchboard.catalog.models[3].tools=false", "switchboard.gateway.aliases.[gpt-4o]=going");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@Test
	void aRouteOfOneTargetCanDoWhatItCan() {
		JsonNode model = model("/v1/models/alone");

		assertThat(words(model, "input_modalities")).containsExactly("text", "image", "file");
		assertThat(words(model, "output_modalities")).containsExactly("text", "image", "audio");
		assertThat(words(model, "supported_features")).containsExactly("tools", "parallel_tools");
		assertThat(model.path("deprecated").asString()).isEqualTo("2027-03-04");
	}

	@Test
	void whatIsNotKnownOfOneTargetIsNotSaidOfTheRoute() {
		JsonNode model = model("/v1/models/mixed");

		assertThat(words(model, "input_modalities")).containsExactly("text", "image");
		assertThat(words(model, "output_modalities")).containsExactly("text");
		assertThat(words(model, "supported_features")).containsExactly("tools");
	}

	@Test
	void targetsWithNothingInCommonPromiseNothing() {
		JsonNode model = model("/v1/models/nothing-in-common");

		assertThat(words(model, "input_modalities")).containsExactly("text");
		assertThat(model.path("output_modalities").isArray()).isTrue();
		assertThat(words(model, "output_modalities")).isEmpty();
		assertThat(words(model, "supported_features")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "going, 2027-03-04", "gpt-4o, 2027-03-04", "mixed,", "half-known," })
	void aRouteGoesWithTheLastOfItsTargets(String name, String day) {
		JsonNode model = model("/v1/models/" + name);

		assertThat(model.path("id").asString()).isEqualTo(name);
		assertThat(model.path("deprecated").asString(null)).isEqualTo(day);
	}

	@Test
	void anthropicsShapeSaysTheSame() {
		JsonNode model = model("/anthropic/v1/models/going");

		assertThat(words(model, "output_modalities")).containsExactly("text", "audio");
		assertThat(words(model, "supported_features")).containsExactly("tools", "parallel_tools");
		assertThat(model.path("deprecated").asString()).isEqualTo("2027-03-04");
	}

	private static JsonNode model(String path) {
		return RunningGateway.json(gateway.get(path));
	}

	private static List<String> words(JsonNode model, String name) {
		List<String> words = new ArrayList<>();
		model.path(name).forEach((word) -> words.add(word.asString()));
		return words;
	}

}
