package dev.switchboard.redis.limit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

import dev.switchboard.limit.BucketStep;
import dev.switchboard.limit.LimitBucket;
import io.lettuce.core.api.async.RedisAsyncCommands;

/**
 * Does what callers of this node want to have done with buckets. One thing is under way
 * at a time; who comes meanwhile waits, and all who wait are served together. So callers
 * of one node are never in each other's way, and however many there are, nodes are in one
 * another's way only as often as there are nodes.
 * <p>
 * It is reckoned here and told to Redis, which takes it if nobody has changed any of the
 * buckets since, and else says how they stand, so that it is reckoned again.
 */
final class Turns {

	/** All their buckets are arguments of one script. */
	private static final int AT_ONCE = 100;

	private static final int MOST = 10_000;

	private final BucketTable table;

	private final InstantSource clock;

	private final Queue<Waiting> waiting = new ArrayDeque<>();

	private boolean busy;

	Turns(BucketTable table, InstantSource clock) {
		this.table = table;
		this.clock = clock;
	}

	/**
	 * Does something as soon as possible.
	 * @param commands the connection by which it can be done
	 * @return what is answered
	 */
	<T> CompletableFuture<T> add(Turn<T> turn, RedisAsyncCommands<String, byte[]> commands) {
		synchronized (this.waiting) {
			if (this.waiting.size() >= MOST) {
				throw new RejectedExecutionException("Too many calls wait for their limits");
			}
			this.waiting.add(new Waiting(turn, commands));
			if (this.busy) {
				return turn.answer();
			}
			this.busy = true;
		}
		next();
		return turn.answer();
	}

	private void next() {
		List<Waiting> batch = batch();
		if (batch.isEmpty()) {
			return;
		}
		List<Turn<?>> turns = new ArrayList<>(batch.size());
		batch.forEach((each) -> turns.add(each.turn()));
		// Who came last has the latest connection.
		serve(batch.get(batch.size() - 1).commands(), turns).whenComplete((done, failure) -> {
			for (Turn<?> turn : turns) {
				if (failure != null) {
					turn.failed(failure);
				}
				else {
					turn.done();
				}
			}
			next();
		});
	}

	private List<Waiting> batch() {
		List<Waiting> batch = new ArrayList<>();
		synchronized (this.waiting) {
			while (batch.size() < AT_ONCE && !this.waiting.isEmpty()) {
				Waiting next = this.waiting.remove();
				if (!next.turn().isOver()) {
					batch.add(next);
				}
			}
			this.busy = !batch.isEmpty();
		}
		return batch;
	}

	private CompletionStage<Void> serve(RedisAsyncCommands<String, byte[]> commands, List<Turn<?>> turns) {
		Set<LimitBucket> concerned = new LinkedHashSet<>();
		turns.forEach((turn) -> turn.draws().forEach((draw) -> concerned.add(draw.bucket())));
		try {
			return this.table.read(commands, List.copyOf(concerned))
				.thenCompose((found) -> change(commands, turns, found));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private CompletionStage<Void> change(RedisAsyncCommands<String, byte[]> commands, List<Turn<?>> turns,
			Map<LimitBucket, byte[]> found) {
		Instant now = this.clock.instant();
		Map<LimitBucket, StoredBucket> buckets = new HashMap<>();
		BucketStep step = new BucketStep(now,
				(key) -> buckets.computeIfAbsent(key, (unknown) -> stored(key, found, now)).bucket());
		turns.forEach((turn) -> turn.rehearse(step));
		List<StoredBucket> changed = buckets.values().stream().filter(StoredBucket::isChanged).toList();
		if (changed.isEmpty()) {
			return CompletableFuture.completedStage(null);
		}
		return this.table.write(commands, changed, now).thenCompose((others) -> {
			if (others.isEmpty()) {
				return CompletableFuture.completedStage(null);
			}
			Map<LimitBucket, byte[]> latest = new HashMap<>(found);
			latest.putAll(others);
			return change(commands, turns, latest);
		});
	}

	private static StoredBucket stored(LimitBucket key, Map<LimitBucket, byte[]> found, Instant now) {
		return new StoredBucket(key, Objects.requireNonNull(found.get(key)), now);
	}

	/** A turn, and the connection of its caller. */
	private record Waiting(Turn<?> turn, RedisAsyncCommands<String, byte[]> commands) {
	}

}
