package dev.switchboard.gateway.wire.responses;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import com.openai.models.responses.ResponseCreateParams;
import dev.switchboard.gateway.wire.openai.ChatField;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of fields is whole. */
class ResponsesFieldsTests {

	@Test
	void everyFieldThatOpenAisOwnLibraryKnowsHasAFate() {
		Set<String> known = Arrays.stream(ResponseCreateParams.Body.class.getMethods())
			.map((method) -> method.getName())
			.filter((name) -> name.startsWith("_") && !name.startsWith("_additional"))
			.map((name) -> name.substring(1).replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
			.collect(Collectors.toSet());
		List<String> told = ResponsesFields.ALL.stream().map(ChatField::path).toList();
		assertThat(known).contains("previous_response_id", "max_tool_calls");
		assertThat(known).allSatisfy(
				(name) -> assertThat(told).anyMatch((path) -> path.equals(name) || path.startsWith(name + ".")));
	}

	@Test
	void noFieldHasTwoFates() {
		assertThat(ResponsesFields.ALL).extracting(ChatField::path).doesNotHaveDuplicates();
	}

}
