package dev.switchboard.redis.limit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import dev.switchboard.limit.LimitBucket;
import dev.switchboard.limit.LimitPeriod;
import dev.switchboard.redis.connection.RedisSettings;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.jspecify.annotations.Nullable;

/**
 * Where buckets are in Redis. One that would be full again is forgotten there.
 */
final class BucketTable {

	/**
	 * Puts all buckets in place of what they were, or none: then it tells how they stand.
	 */
	private static final String REPLACE = """
			local found = {}
			local same = true
			for i, key in ipairs(KEYS) do
				found[i] = redis.call('GET', key)
				same = same and (found[i] or '') == ARGV[3 * i - 2]
			end
			if not same then
				return found
			end
			for i, key in ipairs(KEYS) do
				redis.call('SET', key, ARGV[3 * i - 1], 'PX', ARGV[3 * i])
			end
			return {}
			""";

	/** Clocks of nodes differ a little, and none of them is to find a bucket gone. */
	private static final Duration MARGIN = Duration.ofSeconds(10);

	private static final byte[] NOTHING = {};

	private final RedisSettings settings;

	BucketTable(RedisSettings settings) {
		this.settings = settings;
	}

	/**
	 * Looks how buckets stand.
	 * @return how each stands; empty bytes where Redis does not know it
	 */
	CompletionStage<Map<LimitBucket, byte[]>> read(RedisAsyncCommands<String, byte[]> commands,
			List<LimitBucket> buckets) {
		return commands.mget(names(buckets))
			.thenApply((found) -> by(buckets, found.stream().map((each) -> each.getValueOrElse(NOTHING)).toList()));
	}

	/**
	 * Writes buckets, if nobody else has written any of them since they were read.
	 * @return nothing if they are written; else how each of them stands now
	 */
	CompletionStage<Map<LimitBucket, byte[]>> write(RedisAsyncCommands<String, byte[]> commands,
			List<StoredBucket> buckets, Instant now) {
		List<LimitBucket> keys = buckets.stream().map(StoredBucket::key).toList();
		List<byte[]> arguments = new ArrayList<>(3 * keys.size());
		for (StoredBucket bucket : buckets) {
			arguments.add(bucket.before());
			arguments.add(bucket.after());
			long millis = bucket.untilFull(now).plus(MARGIN).toMillis();
			arguments.add(Long.toString(millis).getBytes(StandardCharsets.US_ASCII));
		}
		return commands
			.<List<byte @Nullable []>>eval(REPLACE, ScriptOutputType.MULTI, names(keys),
					arguments.toArray(byte[][]::new))
			.thenApply((others) -> others.isEmpty() ? Map.of()
					: by(keys, others.stream().map((each) -> (each != null) ? each : NOTHING).toList()));
	}

	private static Map<LimitBucket, byte[]> by(List<LimitBucket> buckets, List<byte[]> values) {
		Map<LimitBucket, byte[]> all = new HashMap<>();
		for (int i = 0; i < values.size(); i++) {
			all.put(buckets.get(i), values.get(i));
		}
		return all;
	}

	private String[] names(List<LimitBucket> buckets) {
		return buckets.stream().map(this::name).toArray(String[]::new);
	}

	/**
	 * Of all that tells a bucket from others only the name and the holder are free text.
	 */
	private String name(LimitBucket bucket) {
		String start = (bucket.per() == LimitPeriod.DAY) ? Long.toString(bucket.start().getEpochSecond()) : "";
		return this.settings.key("limit", bucket.unit().label(), bucket.per().label() + start,
				Long.toString(bucket.amount()), bucket.limit().replace("%", "%25").replace(":", "%3A"),
				bucket.holder());
	}

}
