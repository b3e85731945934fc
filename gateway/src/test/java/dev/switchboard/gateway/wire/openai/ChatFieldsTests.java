package dev.switchboard.gateway.wire.openai;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import com.openai.models.chat.completions.ChatCompletionCreateParams;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of fields is whole. */
class ChatFieldsTests {

	@Test
	void everyFieldThatOpenAisOwnLibraryKnowsHasAFate() {
		Set<String> known = Arrays.stream(ChatCompletionCreateParams.Body.class.getMethods())
			.map(Method::getName)
			.filter((name) -> name.startsWith("_") && !name.startsWith("_additional"))
			.map((name) -> name.substring(1).replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
			.collect(Collectors.toSet());
		List<String> told = ChatFields.ALL.stream().map(ChatField::path).toList();
		assertThat(known).contains("logit_bias", "web_search_options");
		assertThat(known).allSatisfy((name) -> assertThat(told)
			.anyMatch((path) -> path.equals(name) || path.startsWith(name + ".") || path.startsWith(name + "[]")));
	}

	@Test
	void noFieldHasTwoFates() {
		assertThat(ChatFields.ALL).extracting(ChatField::path).doesNotHaveDuplicates();
	}

}
