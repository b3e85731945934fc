package dev.switchboard.gateway.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

import dev.switchboard.call.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class VirtualKeysTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private static final CallerAccess ACCESS = new CallerAccess(new Caller("ci", "builds"), Allowed.EVERYTHING,
			Allowed.NOTHING, Allowed.NOTHING);

	// printf %s sk-gateway-0123456789 | sha256sum
	private static final String HASH = "{sha256}d16cc76b3583097eec09994829ec6dc8788d1890ec9ddc45929352dd3ee62187";

	private static final String KEY = "sk-gateway-0123456789";

	@Test
	void aKeyIsFoundByItsHash() {
		assertThat(keys(VirtualKey.of("ci", HASH, ACCESS, null)).find(KEY)).isInstanceOf(KeyMatch.Found.class);
	}

	@Test
	void theHashMayBeWrittenInCapitals() {
		String capitals = HASH.toUpperCase(Locale.ROOT);

		assertThat(keys(VirtualKey.of("ci", capitals, ACCESS, null)).find(KEY)).isInstanceOf(KeyMatch.Found.class);
	}

	@Test
	void aFoundKeyTellsWhoCalls() {
		String caller = keys(VirtualKey.of("ci", HASH, ACCESS, null)).find(KEY)
			.match((key) -> key.access().caller().name(), (key) -> "refused", () -> "unknown",
					(none) -> "nobody can tell");

		assertThat(caller).isEqualTo("ci");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "sk-gateway-012345678", "sk-gateway-01234567890", "SK-GATEWAY-0123456789", HASH })
	void anythingElseIsUnknown(String presented) {
		assertThat(keys(VirtualKey.of("ci", HASH, ACCESS, null)).find(presented)).isInstanceOf(KeyMatch.Unknown.class);
	}

	@Test
	void aKeyExpiresAtItsInstant() {
		assertThat(keys(VirtualKey.of("ci", HASH, ACCESS, NOW)).find(KEY)).isInstanceOf(KeyMatch.Refused.class);
	}

	@Test
	void aKeyIsGoodUntilItsInstant() {
		VirtualKey key = VirtualKey.of("ci", HASH, ACCESS, NOW.plusNanos(1));

		assertThat(keys(key).find(KEY)).isInstanceOf(KeyMatch.Found.class);
	}

	@Test
	void aKeyInPlainTextIsFoundAndWarnedOf() {
		VirtualKeys keys = keys(VirtualKey.of("ci", HASH, ACCESS, null),
				VirtualKey.of("laptop", "{noop}open-sesame", ACCESS, null));

		assertThat(keys.find("open-sesame")).isInstanceOf(KeyMatch.Found.class);
		assertThat(keys.warnings()).singleElement().asString().contains("'laptop'").doesNotContain("open-sesame");
	}

	@Test
	void nothingThatIsPrintedShowsAKeyOrItsHash() {
		VirtualKey key = VirtualKey.of("laptop", "{noop}open-sesame", ACCESS, null);

		assertThat(key.toString()).contains("laptop").doesNotContain("sesame").doesNotContain("sha256");
		assertThat(key.hash()).hasToString("******");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "open-sesame", "{bcrypt}open-sesame", "{sha256open-sesame", "sha256}open-sesame" })
	void aHashOfAnotherKindIsRefusedByTheNameOfItsKey(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> VirtualKey.of("ci", text, ACCESS, null))
			.withMessageContaining("'ci'")
			.withMessageContaining("must begin with '{sha256}'")
			.withMessageNotContaining("sesame");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "abc123", "zz6cc76b3583097eec09994829ec6dc8788d1890ec9ddc45929352dd3ee62187" })
	void whatIsNoSha256IsRefused(String hex) {
		assertThatIllegalArgumentException().isThrownBy(() -> VirtualKey.of("ci", "{sha256}" + hex, ACCESS, null))
			.withMessageContaining("'ci'")
			.withMessageContaining("64 hexadecimal digits")
			.satisfies((ex) -> assertThat(hex.isEmpty() || !ex.getMessage().contains(hex)).isTrue());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{noop}", "{noop}  ",
			"{sha256}e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" })
	void anEmptyKeyIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> VirtualKey.of("ci", text, ACCESS, null))
			.withMessageContaining("'ci'")
			.withMessageContaining("empty key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{noop}open sesame", "{noop}s\u00e9same" })
	void aKeyThatNoHeaderCarriesIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> VirtualKey.of("ci", text, ACCESS, null))
			.withMessageContaining("printable ASCII");
	}

	@Test
	void twoKeysWithTheSameHashAreRefusedByTheirNames() {
		VirtualKey one = VirtualKey.of("one", HASH, ACCESS, null);
		VirtualKey two = VirtualKey.of("two", "{noop}" + KEY, ACCESS, null);

		assertThatIllegalArgumentException().isThrownBy(() -> keys(one, two))
			.withMessage("Keys 'one' and 'two' have the same hash, so nobody could tell who calls");
	}

	@Test
	void hashesThatBeginAlikeAreToldApart() {
		String other = HASH.substring(0, HASH.length() - 1) + "0";

		assertThatNoException().isThrownBy(
				() -> keys(VirtualKey.of("one", HASH, ACCESS, null), VirtualKey.of("two", other, ACCESS, null)));
		assertThat(keys(VirtualKey.of("two", other, ACCESS, null)).find(KEY)).isInstanceOf(KeyMatch.Unknown.class);
	}

	private static VirtualKeys keys(VirtualKey... keys) {
		return new VirtualKeys(List.of(keys), InstantSource.fixed(NOW));
	}

}
