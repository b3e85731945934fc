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
			assertThat(output).contains("The demo is at http://localhost:")
				.doesNotContain(" ERROR ")
				.doesNotContain(" WARN ");
		}
	}

}
