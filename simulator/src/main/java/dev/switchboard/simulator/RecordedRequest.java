package dev.switchboard.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request that a simulated provider received, and what became of it.
 */
public final class RecordedRequest {

	private final long number;

	private final Instant time;

	private final String method;

	private final String uri;

	private final Map<String, List<String>> headers;

	private final byte[] bytes;

	private final String provider;

	private final SimulatedWire wire;

	private final @Nullable String model;

	private final boolean streamed;

	private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

	RecordedRequest(Incoming incoming, String provider, SimulatedWire wire, String model, boolean streamed) {
		this.number = incoming.number();
		this.time = incoming.time();
		this.method = incoming.method();
		this.uri = incoming.uri();
		this.headers = incoming.headers();
		this.bytes = incoming.body();
		this.provider = provider;
		this.wire = wire;
		this.model = model.isEmpty() ? null : model;
		this.streamed = streamed;
	}

	/**
	 * The number of the request at its simulator.
	 * @return a number that grows from 1
	 */
	public long number() {
		return this.number;
	}

	/**
	 * When the whole request had arrived.
	 * @return the instant
	 */
	public Instant time() {
		return this.time;
	}

	/**
	 * The HTTP method.
	 * @return the method, in capitals
	 */
	public String method() {
		return this.method;
	}

	/**
	 * The path from the root, without the query.
	 * @return such as {@code /openai/v1/chat/completions}
	 */
	public String path() {
		int query = this.uri.indexOf('?');
		return (query < 0) ? this.uri : this.uri.substring(0, query);
	}

	/**
	 * The query.
	 * @return what follows the question mark, still encoded; empty when there is none
	 */
	public String query() {
		int query = this.uri.indexOf('?');
		return (query < 0) ? "" : this.uri.substring(query + 1);
	}

	/**
	 * All headers.
	 * @return the values by name, names in lower case
	 */
	public Map<String, List<String>> headers() {
		return this.headers;
	}

	/**
	 * One header.
	 * @param name the name, in any case
	 * @return its first value; null when the request has no such header
	 */
	public @Nullable String header(String name) {
		List<String> values = this.headers.get(name.toLowerCase(Locale.ROOT));
		return (values == null) ? null : values.get(0);
	}

	/**
	 * The body.
	 * @return the body as UTF-8 text; empty when there is none
	 */
	public String body() {
		return new String(this.bytes, StandardCharsets.UTF_8);
	}

	/**
	 * The body's bytes.
	 * @return a copy
	 */
	public byte[] bytes() {
		return this.bytes.clone();
	}

	/**
	 * The body as JSON, read anew at every call.
	 * @return the tree; a missing node when the body is not JSON
	 */
	public JsonNode json() {
		return Json.read(this.bytes);
	}

	/**
	 * Which provider was asked.
	 * @return its name
	 */
	public String provider() {
		return this.provider;
	}

	/**
	 * On which wire.
	 * @return the wire, as far as path and headers tell it
	 */
	public SimulatedWire wire() {
		return this.wire;
	}

	/**
	 * Which model was asked for.
	 * @return its name; null when the request names none
	 */
	public @Nullable String model() {
		return this.model;
	}

	/**
	 * Whether a stream was asked for.
	 * @return whether it was
	 */
	public boolean streamed() {
		return this.streamed;
	}

	/**
	 * Whether the client went away before it had the whole reply.
	 * @return whether it did, so far
	 */
	public boolean aborted() {
		return this.outcome.getNow(Outcome.OPEN) == Outcome.ABORTED;
	}

	/**
	 * Whether the whole reply was sent, be it an answer or an error.
	 * @return whether it was, so far
	 */
	public boolean completed() {
		return this.outcome.getNow(Outcome.OPEN) == Outcome.COMPLETED;
	}

	/**
	 * What became of the request.
	 * @return the outcome so far
	 */
	public Outcome outcome() {
		return this.outcome.getNow(Outcome.OPEN);
	}

	/**
	 * Waits until the request is over.
	 * @param limit how long to wait at most
	 * @return the outcome, {@link Outcome#OPEN} if it was still open then
	 */
	public Outcome awaitOutcome(Duration limit) {
		try {
			return this.outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			return Outcome.OPEN;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Outcome.OPEN;
		}
	}

	void end(Outcome outcome) {
		this.outcome.complete(outcome);
	}

	int size() {
		return this.bytes.length;
	}

	@Override
	public String toString() {
		return "#" + this.number + " " + this.method + " " + this.uri
				+ ((this.model != null) ? " model=" + this.model : "") + (this.streamed ? " streamed" : "") + " bytes="
				+ this.bytes.length + " outcome=" + outcome();
	}

	/**
	 * What became of a request.
	 */
	public enum Outcome {

		/** Not over yet. */
		OPEN,

		/** The whole reply was handed to the connection. */
		COMPLETED,

		/** The client went away before. */
		ABORTED,

		/** The simulated provider broke the connection, as it was told to. */
		BROKEN

	}

}
