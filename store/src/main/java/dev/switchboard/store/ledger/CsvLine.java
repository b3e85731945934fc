package dev.switchboard.store.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * A call as a line of CSV.
 */
final class CsvLine {

	static final String HEADER = String.join(",",
			List.of("id", "started_at", "requested_route", "route", "rule", "key", "team", "streamed", "outcome",
					"cache", "answered_by", "response_model", "finish_reason", "attempts", "input_tokens",
					"cached_input_tokens", "cache_write_tokens", "output_tokens", "cost_usd", "latency_ms",
					"first_token_ms", "tags"))
			+ "\r\n";

	/** With these a spreadsheet begins a formula. */
	private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

	private final StringBuilder line = new StringBuilder();

	private CsvLine() {
	}

	static String of(LedgerCall call) {
		TokenUsage usage = call.usage();
		return new CsvLine().text(call.id())
			.plain(call.startedAt())
			.text(call.requestedRoute())
			.text(call.route())
			.text(call.rule())
			.text(call.caller())
			.text(call.team())
			.plain(call.streamed())
			.text(call.outcome())
			.text(call.cache())
			.text(call.answeredBy())
			.text(call.responseModel())
			.text(call.finishReason())
			.plain(call.attempts().size())
			.plain((usage != null) ? usage.inputTokens() : null)
			.plain((usage != null) ? usage.cachedInputTokens() : null)
			.plain((usage != null) ? usage.cacheWriteTokens() : null)
			.plain((usage != null) ? usage.outputTokens() : null)
			.plain((call.costNanos() != null) ? new Money(call.costNanos()).usd().toPlainString() : null)
			.plain(call.latencyMicros() / 1000)
			.plain((call.firstTokenMicros() != null) ? call.firstTokenMicros() / 1000 : null)
			.text(tags(call.tags()))
			.end();
	}

	private static @Nullable String tags(Map<String, String> tags) {
		return tags.isEmpty() ? null
				: new TreeMap<>(tags).entrySet()
					.stream()
					.map((tag) -> tag.getKey() + "=" + tag.getValue())
					.collect(Collectors.joining(";"));
	}

	private CsvLine plain(@Nullable Object value) {
		separate();
		this.line.append((value != null) ? value : "");
		return this;
	}

	private CsvLine text(@Nullable String text) {
		separate();
		if (text != null && !text.isEmpty()) {
			this.line.append('"');
			if (FORMULA.indexOf(text.charAt(0)) >= 0) {
				this.line.append('\'');
			}
			this.line.append(text.replace("\"", "\"\"")).append('"');
		}
		return this;
	}

	private void separate() {
		if (!this.line.isEmpty()) {
			this.line.append(',');
		}
	}

	private String end() {
		return this.line.append("\r\n").toString();
	}

}
