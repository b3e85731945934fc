/**
 * Keys and teams that are made at run time: held in memory for those who call, changed by
 * those who run the gateway. Knows the store, and nothing of servlets.
 */
@NullMarked
package dev.switchboard.gateway.key;

import org.jspecify.annotations.NullMarked;
