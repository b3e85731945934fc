package dev.switchboard.redis.cache;

/**
 * The kinds of values that an entry has, each written as the position of its constant:
 * new ones go to the end.
 */
enum ValueType {

	NULL, TEXT, BYTES, TRUE, FALSE, INTEGER, LONG, FLOAT, DOUBLE, LIST, SET, MAP

}
