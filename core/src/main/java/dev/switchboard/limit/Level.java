package dev.switchboard.limit;

/**
 * How a bucket stands.
 *
 * @param bucket the bucket
 * @param remaining how much is left; less than 0 if more was taken than there was
 */
public record Level(LimitBucket bucket, long remaining) {

}
