/**
 * The front door: endpoints that any OpenAI or Anthropic client knows, and behind them
 * the engine. Reads requests, calls routes, writes answers; knows servlets.
 */
@NullMarked
package dev.switchboard.gateway.front;

import org.jspecify.annotations.NullMarked;
