/**
 * The gateway as the official libraries of OpenAI and Anthropic find it, with nothing
 * changed but base URL, key and model.
 */
@NullMarked
package dev.switchboard.gateway.sdk;

import org.jspecify.annotations.NullMarked;
