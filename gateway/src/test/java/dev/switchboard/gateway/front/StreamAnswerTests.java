package dev.switchboard.gateway.front;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Operators;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class StreamAnswerTests {

	@Test
	void anErrorThatComesAfterTheEndMakesNoFuss(CapturedOutput output) {
		Operators.onErrorDropped(new IllegalStateException("heard by nobody"), StreamAnswer.LATE_ERRORS);

		assertThat(output).doesNotContain("heard by nobody");
	}

}
