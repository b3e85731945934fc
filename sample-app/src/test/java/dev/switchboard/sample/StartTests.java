package dev.switchboard.sample;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class StartTests {

	@Test
	void whoStartsTheDemoSeesWhereItIsAndNoTrouble(CapturedOutput output) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SampleApplication.class)
			.run("--server.port=0")) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output)
				.contains("The demo is at http://localhost:", "The gateway is at http://localhost:",
						"The simulated OpenAI itself, to compare with, is at http://127.0.0.1:")
				.doesNotContain(" ERROR ");
			assertThat(output.getOut().lines().filter((line) -> line.contains(" WARN "))).singleElement()
				.asString()
				.contains("The gateway answers callers on this machine only");
		}
	}

}
