package dev.switchboard.gateway.front;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide lists every error that the code can tell, with its status.
 */
class ErrorReferenceTests {

	private static final Path SOURCES = Path.of("src/main/java");

	/** A status, or what stands for one, and the code behind it. */
	private static final Pattern ERROR = Pattern
		.compile("\\b([45]\\d\\d|status|late \\? 504 : 503|status\\(failure, 400\\)),\\s+"
				+ "(?:code\\(failure, )?(?:\"([a-z]+(?:_[a-z]+)*)\"|([A-Z]+(?:_[A-Z]+)+))");

	private static final Pattern CONSTANT = Pattern.compile("String ([A-Z_]+) = \"([a-z_]+)\"");

	private static final Pattern STATUS = Pattern.compile("\\d{3}");

	@Test
	void everyErrorIsListedWithItsStatus() {
		Map<String, Set<String>> documented = new LinkedHashMap<>();
		rows().forEach((row) -> documented.put(row.get(0).replace("`", ""), statuses(row.get(1))));
		Map<String, Set<String>> coded = coded();

		assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(coded.keySet());
		coded.forEach((code, statuses) -> assertThat(documented.get(code)).as(code).containsAll(statuses));
	}

	private static Map<String, Set<String>> coded() {
		Map<String, Set<String>> coded = new LinkedHashMap<>();
		for (String source : sources()) {
			Map<String, String> constants = new LinkedHashMap<>();
			CONSTANT.matcher(source).results().forEach((found) -> constants.put(found.group(1), found.group(2)));
			Matcher error = ERROR.matcher(source);
			while (error.find()) {
				String code = (error.group(2) != null) ? error.group(2) : constants.get(error.group(3));
				if (code != null) {
					coded.computeIfAbsent(code, (any) -> new TreeSet<>()).addAll(statuses(error.group(1)));
				}
			}
		}
		return coded;
	}

	private static Set<String> statuses(String text) {
		return new HashSet<>(STATUS.matcher(text).results().map((found) -> found.group()).toList());
	}

	private static List<List<String>> rows() {
		return text(Path.of("../docs/gateway.md")).lines()
			.dropWhile((line) -> !line.startsWith("| `code` | Status |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.map((line) -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
			.toList();
	}

	private static List<String> sources() {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter((file) -> file.toString().endsWith(".java")).map(ErrorReferenceTests::text).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
