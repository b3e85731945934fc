/**
 * The HTTP dialects that callers of the gateway speak: requests read into Spring AI's
 * prompts, answers written from Spring AI's responses. Knows nothing of servlets, routes
 * or providers.
 */
@NullMarked
package dev.switchboard.gateway.wire;

import org.jspecify.annotations.NullMarked;
