package dev.switchboard.store.ledger;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Makes of any text one that every database takes: no NUL, no half a character, and no
 * longer than its column.
 */
final class Texts {

	private static final char REPLACEMENT = '\uFFFD';

	private Texts() {
	}

	static @Nullable String cutIfAny(@Nullable String text, int most) {
		return (text != null) ? cut(text, most) : null;
	}

	static String cut(String text, int most) {
		boolean fits = text.length() <= most;
		if (fits && isPlain(text)) {
			return text;
		}
		StringBuilder cut = new StringBuilder(Math.min(text.length(), most));
		for (int i = 0; i < text.length() && cut.length() < most; i++) {
			char c = text.charAt(i);
			boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length()
					&& Character.isLowSurrogate(text.charAt(i + 1));
			if (pair && cut.length() + 2 > most) {
				break;
			}
			if (pair) {
				cut.append(c).append(text.charAt(++i));
			}
			else {
				cut.append((c == 0 || Character.isSurrogate(c)) ? REPLACEMENT : c);
			}
		}
		return cut.toString();
	}

	private static boolean isPlain(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == 0 || Character.isSurrogate(c)) {
				return false;
			}
		}
		return true;
	}

	static long micros(Duration duration) {
		return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
	}

}
