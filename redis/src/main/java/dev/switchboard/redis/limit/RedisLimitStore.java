package dev.switchboard.redis.limit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import dev.switchboard.limit.Draw;
import dev.switchboard.limit.Grant;
import dev.switchboard.limit.InMemoryLimitStore;
import dev.switchboard.limit.Level;
import dev.switchboard.limit.LimitStore;
import dev.switchboard.redis.connection.RedisConnection;
import org.jspecify.annotations.Nullable;

/**
 * Keeps how full the buckets are in Redis, for any number of nodes. To take out of
 * several buckets is one step there, as it is in memory: nobody gets too much, and nobody
 * is refused for want of what another puts back. How much has come back is told by the
 * clocks of the nodes, which must agree as nearly as the limits are to hold.
 * <p>
 * A caller who has no answer within the timeout is left to the rule for outages, and so
 * is everybody at once while Redis is away. What he asked for may be taken all the same.
 * It is put back where that shows; where the connection was lost meanwhile nobody can
 * tell, and the bucket has less than it could.
 */
public final class RedisLimitStore implements LimitStore {

	/** Until then Redis is not even tried. */
	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final RedisConnection redis;

	private final Turns turns;

	/**
	 * What this node has taken, wherever; {@code null} if nobody goes by it.
	 */
	private final @Nullable LimitStore own;

	/**
	 * A store in a Redis.
	 * @param redis where the buckets are
	 * @param rule what becomes of calls while that is away
	 * @param clock tells how much has come back
	 */
	public RedisLimitStore(RedisConnection redis, OutageRule rule, InstantSource clock) {
		this.redis = redis;
		this.turns = new Turns(new BucketTable(redis.settings()), clock);
		this.own = (rule == OutageRule.FAIL_OPEN) ? new InMemoryLimitStore(clock) : null;
	}

	@Override
	public Grant take(List<Draw> draws) {
		Turn<Grant> turn = new Turn<>(draws, (step) -> step.take(draws), (late) -> giveBack(draws, late));
		Grant grant = this.redis.ask(null, (commands) -> this.turns.add(turn, commands));
		if (grant == null) {
			grant = turn.giveUp();
		}
		if (grant == null) {
			return (this.own != null) ? this.own.take(draws) : new Grant.Unavailable(RETRY_AFTER);
		}
		if (this.own != null && grant instanceof Grant.Granted) {
			this.own.correct(draws.stream().filter((draw) -> draw.amount() > 0).toList());
		}
		return grant;
	}

	/** What was taken for a caller who waited no longer. */
	private void giveBack(List<Draw> draws, Grant late) {
		if (late instanceof Grant.Granted) {
			List<Draw> back = draws.stream()
				.filter((draw) -> draw.amount() > 0)
				.map((draw) -> new Draw(draw.bucket(), -draw.amount()))
				.toList();
			this.redis.tell((commands) -> this.turns.add(correction(back), commands));
		}
	}

	/**
	 * As everywhere. What was taken while Redis was away is corrected in Redis if that is
	 * back by then: by what is put back of it, others may take more, once.
	 */
	@Override
	public List<Level> correct(List<Draw> corrections) {
		List<Level> levels = this.redis.ask(null, (commands) -> this.turns.add(correction(corrections), commands));
		List<Level> own = (this.own != null) ? this.own.correct(corrections) : List.of();
		return (levels != null) ? levels : own;
	}

	private static Turn<List<Level>> correction(List<Draw> corrections) {
		return new Turn<>(corrections, (step) -> step.correct(corrections), (late) -> {
		});
	}

}
