package dev.switchboard.redis.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

/**
 * What an entry tells of the call that once gave the answer: who answered and how much
 * there was to count. Not who asked, nor what it cost: a later call has a record of its
 * own.
 */
final class RecordFormat {

	private RecordFormat() {
	}

	static void write(@Nullable CallRecord record, EntryOutput out) {
		out.value(record != null);
		if (record == null) {
			return;
		}
		out.text(record.id())
			.number(record.time().toEpochMilli())
			.text(record.requestedRoute().value())
			.text(record.route().value())
			.value(record.streamed())
			.value((record.answeredBy() != null) ? record.answeredBy().toString() : null)
			.value(record.responseModel())
			.value(record.finishReason())
			.value(record.usage() != null);
		if (record.usage() != null) {
			tokens(record.usage(), out);
		}
	}

	static @Nullable CallRecord read(EntryInput in) {
		if (!Boolean.TRUE.equals(in.value())) {
			return null;
		}
		String id = in.text();
		Instant time = Instant.ofEpochMilli(in.number());
		RouteName requested = new RouteName(in.text());
		RouteName route = new RouteName(in.text());
		boolean streamed = Boolean.TRUE.equals(in.value());
		String answeredBy = in.optionalText();
		String responseModel = in.optionalText();
		String finishReason = in.optionalText();
		TokenUsage usage = Boolean.TRUE.equals(in.value()) ? tokensOf(in) : null;
		return new CallRecord(id, time, requested, route, null, Caller.ANONYMOUS, Map.of(), streamed, List.of(),
				List.of(), new CallOutcome.Answered(), CacheOutcome.MISS,
				(answeredBy != null) ? ModelId.parse(answeredBy) : null, responseModel, finishReason, usage,
				Cost.UNKNOWN, Duration.ZERO, null);
	}

	static void tokens(TokenUsage usage, EntryOutput out) {
		out.number(usage.inputTokens())
			.number(usage.cachedInputTokens())
			.number(usage.cacheWriteTokens())
			.number(usage.outputTokens())
			.number(usage.reasoningTokens());
	}

	static TokenUsage tokensOf(EntryInput in) {
		return new TokenUsage(in.number(), in.number(), in.number(), in.number(), in.number());
	}

}
