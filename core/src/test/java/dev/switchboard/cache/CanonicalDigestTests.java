package dev.switchboard.cache;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CanonicalDigestTests {

	private final ValueProperties properties = new ValueProperties();

	private String digest(Object value) {
		return new CanonicalDigest(this.properties).value(value).finishAsText();
	}

	@Test
	void valuesOfAnyKindAreToldApart() {
		List<Object> values = new ArrayList<>(Arrays.asList(null, "", " ", "1", "null", true, false, 0, 1, -1, 256,
				1L << 40, 0.0, -0.0, 1.0, 0.1, Double.NaN, new BigDecimal("1"), new BigDecimal("1.0"), new byte[0],
				new byte[] { 1 }, List.of(), List.of(1), List.of(List.of(1)), List.of(1, 2), List.of(2, 1),
				List.of("12"), List.of("1", "2"), Set.of(), Set.of(1, 2), Map.of(), Map.of("a", 1), Map.of("a", "1"),
				Map.of(1, "a"), Map.of("a", Map.of("b", 1)), Map.of("a", Map.of(), "b", 1), Optional.empty(),
				Optional.of(1), Duration.ofSeconds(1), Duration.ofSeconds(2), TimeUnit.SECONDS, TimeUnit.DAYS,
				new Point(1, 2), new Point(2, 1), new Bean("a"), new Bean("b"), String.class));
		values.add(Map.of("a", new Bean("a")));
		Map<String, Object> digests = new HashMap<>();
		for (Object value : values) {
			assertThat(digests.containsKey(digest(value))).as("%s", value).isFalse();
			digests.put(digest(value), value);
		}
	}

	@Test
	void theSameValueHasTheSameDigest() {
		assertThat(digest(new LinkedHashSet<>(List.of(1, 2, 3)))).isEqualTo(digest(Set.of(3, 2, 1)));
		assertThat(digest(new int[] { 1, 2 })).isEqualTo(digest(List.of(1, 2L)));
		assertThat(digest(1.5f)).isEqualTo(digest(1.5));
		assertThat(digest(new StringBuilder("a"))).isEqualTo(digest("a"));
		assertThat(digest(new Bean("a"))).isEqualTo(digest(new Bean("a")));
	}

	@Test
	void aTextThatLooksLikeTwoIsOne() {
		String header = "s\0\0\0\0\0\0\0";
		for (char length = 0; length < 32; length++) {
			assertThat(digest(List.of("a" + header + length + "b"))).isNotEqualTo(
					new CanonicalDigest(this.properties).group("list", 1).string("a").string("b").finishAsText());
		}
	}

	@Test
	void whereABufferEndsDoesNotMatter() {
		for (int length : new int[] { 511, 512, 513, 1024, 1600, 20_000 }) {
			for (String character : List.of("a", "ä", "€", "😀")) {
				String text = character.repeat(length);
				CanonicalDigest shifted = new CanonicalDigest(this.properties).integer(1);
				assertThat(shifted.string(text).finishAsText())
					.isEqualTo(new CanonicalDigest(this.properties).integer(1).value(text).finishAsText())
					.isNotEqualTo(digest(text))
					.isNotEqualTo(new CanonicalDigest(this.properties).integer(1).string(text + "a").finishAsText());
			}
		}
	}

	@Test
	void whatHasNothingToTellIsRefused() {
		assertThatExceptionOfType(IndistinctValueException.class).isThrownBy(() -> digest(new Object()))
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo(Object.class));
		assertThatExceptionOfType(IndistinctValueException.class).isThrownBy(() -> digest(List.of(new Object())));
	}

	record Point(int x, int y) {
	}

	public static final class Bean {

		private final String name;

		Bean(String name) {
			this.name = name;
		}

		public String getName() {
			return this.name;
		}

	}

}
