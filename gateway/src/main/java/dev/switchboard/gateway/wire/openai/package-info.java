/**
 * OpenAI's chat completions as callers of the gateway speak them, and the shape of errors
 * that all of OpenAI's endpoints share.
 */
@NullMarked
package dev.switchboard.gateway.wire.openai;

import org.jspecify.annotations.NullMarked;
