package dev.switchboard.store.autoconfigure;

import java.time.Duration;

import dev.switchboard.autoconfigure.SwitchboardAutoConfiguration;
import dev.switchboard.autoconfigure.SwitchboardSimulatorAutoConfiguration;
import dev.switchboard.store.change.WatchSettings;
import dev.switchboard.store.key.KeyTables;
import dev.switchboard.store.key.KeyWatch;
import org.junit.jupiter.api.Test;

import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class KeyTablesAutoConfigurationTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ChatClientAutoConfiguration.class, SwitchboardAutoConfiguration.class,
				SwitchboardSimulatorAutoConfiguration.class, StoreAutoConfiguration.class,
				KeyTablesAutoConfiguration.class))
		.withPropertyValues("switchboard.simulator.enabled=true", "switchboard.routes.support.targets=openai/gpt-5.4");

	@Test
	void theTablesAreThereAndNobodyLooksIntoThem() {
		this.application.run((context) -> {
			assertThat(context).hasSingleBean(KeyTables.class).doesNotHaveBean(KeyWatch.class);
			assertThat(context.getBean(WatchSettings.class).refresh()).isEqualTo(Duration.ofSeconds(5));
		});
	}

	@Test
	void howOftenToLookIsPositive() {
		this.application.withPropertyValues("switchboard.store.refresh=0s")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("switchboard.store.refresh"));
	}

	@Test
	void aMisspeltPropertyIsFound() {
		this.application.withPropertyValues("switchboard.store.refrsh=10s")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("did you mean 'refresh'"));
	}

}
