/**
 * OpenAI's responses as callers of the gateway speak them. What they share with chat
 * completions stands in the package of those.
 */
@NullMarked
package dev.switchboard.gateway.wire.responses;

import org.jspecify.annotations.NullMarked;
