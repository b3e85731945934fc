package dev.switchboard.limit;

/**
 * Something to be taken out of a bucket.
 *
 * @param bucket the bucket
 * @param amount how much. When a call begins, 0 takes nothing but wants that something is
 * left. When what was taken is corrected, less than 0 is put back
 */
public record Draw(LimitBucket bucket, long amount) {

}
