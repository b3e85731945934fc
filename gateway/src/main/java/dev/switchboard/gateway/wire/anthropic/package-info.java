/**
 * Anthropic's messages API as callers of the gateway speak it, for answers of targets
 * that don't. Imports {@code gateway.wire} and core's {@code options}.
 */
@NullMarked
package dev.switchboard.gateway.wire.anthropic;

import org.jspecify.annotations.NullMarked;
