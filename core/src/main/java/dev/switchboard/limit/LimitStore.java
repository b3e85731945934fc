package dev.switchboard.limit;

import java.util.List;

/**
 * Keeps how full the buckets are. All methods are called by many threads at once and,
 * where several nodes share a store, by all of them. A bucket that the store does not
 * know is full. A store that can't be reached decides for itself, by the rule that it was
 * given, whether it grants or not, and throws nothing for it.
 */
public interface LimitStore {

	/**
	 * Takes out of all buckets, or out of none. A store that can't do that in one step
	 * puts back what it took before it came to one that has not enough.
	 * @param draws what is to be taken; at least one draw, no two of one bucket, none of
	 * more than the bucket ever has
	 * @return how the buckets stand, or which of them has not enough
	 */
	Grant take(List<Draw> draws);

	/**
	 * Takes more of what was granted, or puts some of it back, now that it is known how
	 * much it is. It is never refused: a bucket in which there is not enough owes it.
	 * More is never put back than fits, and a bucket whose day is over needs nothing.
	 * @param corrections what is to be taken or, where it is less than 0, put back
	 * @return how the buckets stand now, in the same order; empty if the store does not
	 * wait to hear
	 */
	List<Level> correct(List<Draw> corrections);

}
