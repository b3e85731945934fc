package dev.switchboard.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

import dev.switchboard.call.CallContext;
import dev.switchboard.call.LimitRefusal;
import dev.switchboard.call.LimitUnit;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

/**
 * The limits of an application. What a call takes of them is its {@link LimitHold}.
 */
public final class Limits {

	private volatile List<Limit> limits;

	private final LimitStore store;

	private final InstantSource clock;

	/**
	 * Limits of an application.
	 * @param limits the limits
	 * @param store keeps what is left of them
	 * @param clock tells which day it is
	 */
	public Limits(List<Limit> limits, LimitStore store, InstantSource clock) {
		this.limits = List.copyOf(limits);
		this.store = store;
		this.clock = clock;
	}

	/**
	 * The limits as they stand now.
	 * @return the limits, in the order in which they were given
	 */
	public List<Limit> all() {
		return this.limits;
	}

	/**
	 * Replaces all limits at once. Calls under way end with the limits that they began
	 * with; what was taken of a limit stays taken as long as its name, amount and period
	 * are the same.
	 * @param limits the new limits
	 */
	public void replace(List<Limit> limits) {
		this.limits = List.copyOf(limits);
	}

	/**
	 * Whether any call is to be asked about.
	 * @return {@code false} if calls can begin without a further thought
	 */
	public boolean concernCalls() {
		return !this.limits.isEmpty();
	}

	/**
	 * A call that has taken nothing yet.
	 * @param context who calls
	 * @param requested whether somebody asked for it, so that it counts as a request;
	 * else it counts by its tokens alone
	 * @return what it takes from now on
	 */
	public LimitHold hold(CallContext context, boolean requested) {
		return new LimitHold(this, context, requested, this.clock.instant());
	}

	/**
	 * What a call takes at its beginning, of buckets that it does not know yet.
	 * @param began a time in the day in which it counts
	 * @param inputTokens the estimated input tokens; {@code null} if tokens don't count
	 * yet
	 */
	List<Draw> draws(CallContext context, RouteName route, Instant began, boolean requested,
			@Nullable LongSupplier inputTokens, Collection<LimitBucket> known) {
		List<Draw> draws = new ArrayList<>(2);
		for (Limit limit : this.limits) {
			String holder = limit.selector().holder(context.caller(), context.tags(), route, null);
			if (holder == null) {
				continue;
			}
			for (LimitUnit unit : limit.amounts().keySet()) {
				if ((unit == LimitUnit.REQUESTS) ? !requested : inputTokens == null) {
					continue;
				}
				LimitBucket bucket = limit.bucket(unit, holder, began);
				if (!known.contains(bucket)) {
					draws.add(new Draw(bucket, atFirst(unit, inputTokens)));
				}
			}
		}
		return draws;
	}

	private static long atFirst(LimitUnit unit, @Nullable LongSupplier inputTokens) {
		return switch (unit) {
			case REQUESTS -> 1;
			// How long an answer is shows when it is there.
			case OUTPUT_TOKENS -> 0;
			case INPUT_TOKENS, TOKENS -> (inputTokens != null) ? inputTokens.getAsLong() : 0;
		};
	}

	static @Nullable LimitRefusal tooLarge(List<Draw> draws) {
		for (Draw draw : draws) {
			if (draw.amount() > draw.bucket().amount()) {
				return refusal(LimitRefusal.Reason.TOO_LARGE, draw, draw.bucket().amount(), null);
			}
		}
		return null;
	}

	LimitRefusal exhausted(Grant.Refused refused) {
		return refusal(LimitRefusal.Reason.EXHAUSTED, refused.draw(), refused.remaining(),
				after(refused.availableIn()));
	}

	LimitRefusal unavailable(Grant.Unavailable unavailable, Draw first) {
		return refusal(LimitRefusal.Reason.UNAVAILABLE, first, 0, after(unavailable.retryAfter()));
	}

	private static LimitRefusal refusal(LimitRefusal.Reason reason, Draw draw, long remaining,
			@Nullable Instant availableAt) {
		LimitBucket bucket = draw.bucket();
		return new LimitRefusal(reason, bucket.limit(), bucket.holder(), bucket.unit(), bucket.amount(),
				bucket.per().label(), remaining, draw.amount(), availableAt);
	}

	/** In whole milliseconds, and never too early. */
	private Instant after(Duration wait) {
		return Instant.ofEpochMilli(this.clock.instant().plus(wait).plusNanos(999_999).toEpochMilli());
	}

	LimitStore store() {
		return this.store;
	}

	Instant now() {
		return this.clock.instant();
	}

}
