package dev.switchboard.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import dev.switchboard.call.Attempt;
import dev.switchboard.call.AttemptOutcome;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.LimitNote;
import dev.switchboard.call.LimitRefusal;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one call takes of limits: of each no more than once, however many attempts it
 * makes and on however many routes. It belongs to the period in which it began.
 */
public final class LimitHold {

	/** Takes nothing, as no limit is concerned. */
	public static final LimitHold NONE = new LimitHold(null, CallContext.DEFAULT, false, Instant.EPOCH);

	private static final Logger log = LoggerFactory.getLogger(LimitHold.class);

	/** Beyond it a count of tokens is a mistake of whoever counted. */
	private static final long MOST_TOKENS = 1_000_000_000;

	private final @Nullable Limits limits;

	private final CallContext context;

	private final boolean requested;

	private final Instant began;

	// A store may be asked over a network, and monitors pin virtual threads before JDK
	// 24.
	private final ReentrantLock lock = new ReentrantLock();

	private final Map<LimitBucket, Long> taken = new LinkedHashMap<>(2);

	private final Map<LimitBucket, LimitNote> notes = new LinkedHashMap<>(2);

	/** The route for which everything is taken, tokens and all. */
	private @Nullable RouteName complete;

	private long estimatedInput;

	private boolean ended;

	LimitHold(@Nullable Limits limits, CallContext context, boolean requested, Instant began) {
		this.limits = limits;
		this.context = context;
		this.requested = requested;
		this.began = began;
	}

	/**
	 * Takes what the call needs on a route and has not taken yet: all of it, or nothing.
	 * @param route the route
	 * @param inputTokens counts the input tokens, and is asked only if a limit wants to
	 * know; {@code null} as long as the call may get along without any tokens
	 * @return why the call may not go on; {@code null} if it may
	 */
	public @Nullable LimitRefusal take(RouteName route, @Nullable LongSupplier inputTokens) {
		if (this.limits == null) {
			return null;
		}
		this.lock.lock();
		try {
			if (this.ended || route.equals(this.complete)) {
				return null;
			}
			LimitRefusal refusal = takeMissing(this.limits, route, inputTokens);
			if (refusal == null && inputTokens != null) {
				this.complete = route;
			}
			return refusal;
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable LimitRefusal takeMissing(Limits asked, RouteName route, @Nullable LongSupplier inputTokens) {
		List<Draw> draws = asked.draws(this.context, route, this.began, this.requested,
				(inputTokens != null) ? () -> estimate(inputTokens) : null, this.taken.keySet());
		if (draws.isEmpty()) {
			return null;
		}
		LimitRefusal tooLarge = Limits.tooLarge(draws);
		if (tooLarge != null) {
			return tooLarge;
		}
		return asked.store().take(draws).<@Nullable LimitRefusal>match((granted) -> {
			if (!granted.levels().isEmpty()) {
				draws.forEach((draw) -> this.taken.put(draw.bucket(), draw.amount()));
				note(granted.levels(), asked.now());
			}
			return null;
		}, (refused) -> {
			this.notes.clear();
			note(refused.draw().bucket(), refused.remaining(), refused.availableIn());
			return asked.exhausted(refused);
		}, (unavailable) -> asked.unavailable(unavailable, draws.get(0)));
	}

	private long estimate(LongSupplier inputTokens) {
		this.estimatedInput = Math.max(0, Math.min(MOST_TOKENS, inputTokens.getAsLong()));
		return this.estimatedInput;
	}

	/**
	 * Puts the tokens that the attempts took in the place of those that were estimated.
	 * However often a call is settled, the first time counts.
	 * @param attempts all attempts of the call
	 */
	public void settle(List<Attempt> attempts) {
		if (this.limits == null) {
			return;
		}
		this.lock.lock();
		try {
			if (!this.ended) {
				this.ended = true;
				List<Level> levels = correct(this.limits, corrections(attempts));
				if (!levels.isEmpty()) {
					note(levels, this.limits.now());
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<Draw> corrections(List<Attempt> attempts) {
		long input = 0;
		long output = 0;
		for (Attempt attempt : attempts) {
			TokenUsage usage = attempt.usage();
			if (usage != null) {
				input = Math.min(MOST_TOKENS, input + Math.min(MOST_TOKENS, usage.inputTokens()));
				output = Math.min(MOST_TOKENS, output + Math.min(MOST_TOKENS, usage.outputTokens()));
			}
			else if (attempt.outcome() instanceof AttemptOutcome.Answered) {
				// Nobody told.
				input += this.estimatedInput;
			}
		}
		List<Draw> corrections = new ArrayList<>(this.taken.size());
		for (Map.Entry<LimitBucket, Long> each : this.taken.entrySet()) {
			long all = switch (each.getKey().unit()) {
				case REQUESTS -> each.getValue();
				case INPUT_TOKENS -> input;
				case OUTPUT_TOKENS -> output;
				case TOKENS -> input + output;
			};
			if (all != each.getValue()) {
				corrections.add(new Draw(each.getKey(), all - each.getValue()));
			}
		}
		return corrections;
	}

	/** Puts everything back that was taken, as the call was not admitted after all. */
	public void giveBack() {
		if (this.limits == null) {
			return;
		}
		this.lock.lock();
		try {
			if (!this.ended) {
				this.ended = true;
				correct(this.limits,
						this.taken.entrySet()
							.stream()
							.filter((each) -> each.getValue() > 0)
							.map((each) -> new Draw(each.getKey(), -each.getValue()))
							.toList());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private static List<Level> correct(Limits limits, List<Draw> corrections) {
		if (corrections.isEmpty()) {
			return List.of();
		}
		try {
			return limits.store().correct(corrections);
		}
		catch (RuntimeException ex) {
			// The caller has his answer, or his refusal.
			log.error("Limits could not be corrected corrections={}", corrections, ex);
			return List.of();
		}
	}

	/**
	 * How the limits stand that the call counts in, as far as it is known by now.
	 * @return one for each unit of each limit; of a call that one of them refused, that
	 * one alone
	 */
	public List<LimitNote> notes() {
		if (this.limits == null) {
			return List.of();
		}
		this.lock.lock();
		try {
			return List.copyOf(this.notes.values());
		}
		finally {
			this.lock.unlock();
		}
	}

	private void note(List<Level> levels, Instant now) {
		for (Level level : levels) {
			note(level.bucket(), level.remaining(), level.bucket().untilFull(level.remaining(), now));
		}
	}

	private void note(LimitBucket bucket, long remaining, Duration reset) {
		this.notes.put(bucket, new LimitNote(bucket.limit(), bucket.unit(), bucket.amount(), bucket.per().length(),
				Math.max(0, remaining), reset));
	}

}
