package dev.switchboard.sample;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.ai.chat.client.ChatClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class LiveProfileTests {

	// Arguments go before the environment of whoever runs the tests.
	private static final String[] NO_KEY = { "--spring.profiles.active=live", "--server.port=0", "--OPENAI_API_KEY=",
			"--ANTHROPIC_API_KEY=", "--GEMINI_API_KEY=", "--GROQ_API_KEY=", "--DEEPSEEK_API_KEY=",
			"--MISTRAL_API_KEY=" };

	@Test
	void withoutAnyKeyTheStartFailsAndSaysWhichToSet(CapturedOutput output) {
		assertThatException().isThrownBy(() -> SpringApplication.run(SampleApplication.class, NO_KEY));
		assertThat(output).contains("APPLICATION FAILED TO START", "switchboard.routes.best-quality", "OPENAI_API_KEY",
				"ANTHROPIC_API_KEY");
	}

	@Test
	void theKeyOfOneProviderWillDo() {
		for (String key : new String[] { "--OPENAI_API_KEY=sk-none", "--ANTHROPIC_API_KEY=sk-none",
				"--GEMINI_API_KEY=none" }) {
			String[] arguments = NO_KEY.clone();
			for (int i = 0; i < arguments.length; i++) {
				arguments[i] = key.startsWith(arguments[i]) ? key : arguments[i];
			}
			try (ConfigurableApplicationContext context = SpringApplication.run(SampleApplication.class, arguments)) {
				assertThat(context.getBean("best-quality", ChatClient.class)).isNotNull();
				int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
				assertThat(new Browser(port).get("/")).contains("Live providers").doesNotContain("Reset all");
			}
		}
	}

}
