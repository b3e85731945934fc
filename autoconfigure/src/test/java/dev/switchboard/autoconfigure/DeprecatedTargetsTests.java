package dev.switchboard.autoconfigure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.switchboard.cost.ModelCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator reads whose routes name models that go.
 */
@ExtendWith(OutputCaptureExtension.class)
class DeprecatedTargetsTests {

	private static final Instant NOW = Instant.parse("2026-12-31T12:00:00Z");

	private static final String WARNING = "By the model catalog these models are gone, or may be within 30 days. "
			+ "Action: name others, or correct 'switchboard.catalog.models'.";

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(SwitchboardAutoConfiguration.class, SwitchboardSimulatorAutoConfiguration.class));

	@Test
	void targetsWhoseModelsAreGoneOrGoSoonAreListed() {
		assertThat(found("""
				switchboard:
				  providers: { openai: { api-key: sk-1 } }
				  routes:
				    one: { targets: [ openai/stays, openai/gone, openai/goes-soon ] }
				    two: { targets: [ openai/goes-later, openai/goes-today, openai/unknown ] }
				    auto: { rules: [ { route: one } ] }
				  catalog:
				    models:
				      - { model: openai/gone, deprecated: 2024-01-01 }
				      - { model: openai/goes-today, deprecated: 2026-12-31 }
				      - { model: openai/goes-soon, deprecated: 2027-01-30 }
				      - { model: openai/goes-later, deprecated: 2027-01-31 }
				      - { model: openai/stays }
				      - { model: openai/gone-and-not-named, deprecated: 2024-01-01 }
				""")).containsExactly(
				"property=switchboard.routes.one.targets[1] model=openai/gone deprecated=2024-01-01",
				"property=switchboard.routes.one.targets[2] model=openai/goes-soon deprecated=2027-01-30",
				"property=switchboard.routes.two.targets[1] model=openai/goes-today deprecated=2026-12-31");
	}

	@Test
	void aTargetWithoutAKeyIsNeverCalled() {
		assertThat(found("""
				switchboard:
				  providers: { openai: { api-key: sk-1 }, groq: { api-key: "" } }
				  routes: { one: { targets: [ openai/stays, groq/gone ] } }
				  catalog: { models: [ { model: groq/gone, deprecated: 2024-01-01 } ] }
				""")).isEmpty();
	}

	@Test
	void theSimulatorGoesOnAnswering() {
		assertThat(found("""
				switchboard:
				  simulator: { enabled: true }
				  providers: { groq: { api-key: sk-1 } }
				  routes: { one: { targets: [ openai/gone, groq/gone ] } }
				  catalog:
				    models:
				      - { model: openai/gone, deprecated: 2024-01-01 }
				      - { model: groq/gone, deprecated: 2024-01-01 }
				"""))
			.containsExactly("property=switchboard.routes.one.targets[1] model=groq/gone deprecated=2024-01-01");
	}

	@Test
	void theStartWarnsOnce(CapturedOutput output) {
		start("""
				switchboard:
				  providers: { openai: { api-key: sk-1 } }
				  routes:
				    one: { targets: [ openai/gone ] }
				    two: { targets: [ openai/stays, openai/gone ] }
				  catalog: { models: [ { model: openai/gone, deprecated: 2024-01-01 }, { model: openai/stays } ] }
				""");

		assertThat(output).containsOnlyOnce(WARNING)
			.contains(" WARN ", "property=switchboard.routes.one.targets[0] model=openai/gone deprecated=2024-01-01",
					"property=switchboard.routes.two.targets[1] model=openai/gone deprecated=2024-01-01");
	}

	@Test
	void theStartIsSilentOfModelsThatStay(CapturedOutput output) {
		start("""
				switchboard:
				  providers: { openai: { api-key: sk-1 } }
				  routes: { one: { targets: [ openai/stays ] } }
				  catalog: { models: [ { model: openai/stays } ] }
				""");

		assertThat(output).doesNotContain(WARNING);
	}

	private void start(String yaml) {
		this.runner.withInitializer(new Yaml(yaml)).run((context) -> assertThat(context).hasNotFailed());
	}

	private List<String> found(String yaml) {
		List<String> found = new ArrayList<>();
		this.runner.withInitializer(new Yaml(yaml))
			.run((context) -> found.addAll(new DeprecatedTargets(context.getBean(SwitchboardProperties.class),
					context.getBean(MappedProviders.class), context.getBean(ModelCatalog.class), () -> NOW)
				.find()));
		return found;
	}

}
