package dev.switchboard.redis.limit;

import java.time.Duration;
import java.time.Instant;

import dev.switchboard.limit.BucketStep;
import dev.switchboard.limit.LimitBucket;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketListener;
import io.github.bucket4j.distributed.proxy.CommandExecutor;
import io.github.bucket4j.distributed.proxy.DefaultBucketProxy;
import io.github.bucket4j.distributed.proxy.RecoveryStrategy;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.MutableBucketEntry;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.github.bucket4j.distributed.remote.RemoteCommand;
import io.github.bucket4j.distributed.versioning.Version;
import io.github.bucket4j.distributed.versioning.Versions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bucket as it stands in Redis, in Bucket4j's own form, and what is made of it here.
 */
final class StoredBucket {

	private static final Logger log = LoggerFactory.getLogger(StoredBucket.class);

	/** Not the latest one: nodes of two versions must read one another. */
	private static final Version VERSION = Versions.v_8_10_0;

	private final LimitBucket key;

	private final byte[] before;

	private final MutableBucketEntry entry;

	private final Bucket bucket;

	/**
	 * A bucket.
	 * @param key which one
	 * @param stored how it stands; empty if Redis does not know it
	 * @param now the time
	 */
	StoredBucket(LimitBucket key, byte[] stored, Instant now) {
		this.key = key;
		this.before = stored;
		this.entry = read(key, stored);
		long nanos = BucketStep.nanos(now);
		CommandExecutor here = new CommandExecutor() {
			@Override
			public <T> CommandResult<T> execute(RemoteCommand<T> command) {
				return command.execute(StoredBucket.this.entry, nanos);
			}
		};
		this.bucket = new DefaultBucketProxy(() -> BucketConfiguration.builder().addLimit(key.bandwidth()).build(),
				here, RecoveryStrategy.RECONSTRUCT, null, BucketListener.NOPE);
	}

	// What is no bucket is written over: a limit that nobody can read would hold for
	// ever.
	private static MutableBucketEntry read(LimitBucket key, byte[] stored) {
		if (stored.length > 0) {
			try {
				return new MutableBucketEntry(stored);
			}
			catch (RuntimeException ex) {
				log.debug("Bucket in Redis is not read limit={} reason={}", key.limit(), ex.toString());
			}
		}
		return new MutableBucketEntry((RemoteBucketState) null);
	}

	LimitBucket key() {
		return this.key;
	}

	Bucket bucket() {
		return this.bucket;
	}

	boolean isChanged() {
		return this.entry.isStateModified();
	}

	/** How it stood in Redis; empty if it was not known. */
	byte[] before() {
		return this.before;
	}

	byte[] after() {
		return this.entry.getStateBytes(VERSION);
	}

	/** How long it takes until it is full. */
	Duration untilFull(Instant now) {
		return this.key.untilFull(this.bucket.getAvailableTokens(), now);
	}

}
