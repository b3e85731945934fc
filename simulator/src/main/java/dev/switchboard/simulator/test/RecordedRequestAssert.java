package dev.switchboard.simulator.test;

import java.time.Duration;
import java.util.Objects;

import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.RecordedRequest.Outcome;
import dev.switchboard.simulator.chat.SimulatedWire;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Assertions about one request.
 */
public final class RecordedRequestAssert extends AbstractAssert<RecordedRequestAssert, RecordedRequest> {

	private Duration patience = Duration.ofSeconds(5);

	RecordedRequestAssert(RecordedRequest actual) {
		super(actual, RecordedRequestAssert.class);
	}

	/**
	 * How long the assertions that follow wait for the request to be over.
	 * @param patience zero or more; default 5 s
	 * @return this
	 */
	public RecordedRequestAssert within(Duration patience) {
		this.patience = patience;
		return this;
	}

	/**
	 * That it came on a wire.
	 * @param wire the wire
	 * @return this
	 */
	public RecordedRequestAssert isOn(SimulatedWire wire) {
		return same("wire", this.actual.wire(), wire);
	}

	/**
	 * That it asked for a model.
	 * @param model the model's name
	 * @return this
	 */
	public RecordedRequestAssert hasModel(String model) {
		return same("model", this.actual.model(), model);
	}

	/**
	 * That it had a path.
	 * @param path the path from the root, without the query
	 * @return this
	 */
	public RecordedRequestAssert hasPath(String path) {
		return same("path", this.actual.path(), path);
	}

	/**
	 * That it had a header with a value.
	 * @param name the header's name, in any case
	 * @param value the value
	 * @return this
	 */
	public RecordedRequestAssert hasHeader(String name, String value) {
		return same("header " + name, this.actual.header(name), value);
	}

	/**
	 * That it had no such header.
	 * @param name the header's name, in any case
	 * @return this
	 */
	public RecordedRequestAssert hasNoHeader(String name) {
		return same("header " + name, this.actual.header(name), null);
	}

	/**
	 * That its JSON body had a value at a place.
	 * @param pointer the place as JSON pointer, such as {@code /messages/0/role}
	 * @param value the value; numbers and booleans as written in JSON
	 * @return this
	 */
	public RecordedRequestAssert hasJson(String pointer, String value) {
		JsonNode node = this.actual.json().at(pointer);
		return same(pointer, node.isMissingNode() ? null : (node.isString() ? node.asString() : node.toString()),
				value);
	}

	/**
	 * That its JSON body had nothing at a place.
	 * @param pointer the place as JSON pointer
	 * @return this
	 */
	public RecordedRequestAssert hasNoJson(String pointer) {
		JsonNode node = this.actual.json().at(pointer);
		return same(pointer, node.isMissingNode() ? null : node.toString(), null);
	}

	/**
	 * That its body contained a text.
	 * @param text the text, as it stands in the JSON
	 * @return this
	 */
	public RecordedRequestAssert hasBodyContaining(String text) {
		if (!this.actual.body().contains(text)) {
			failWithMessage("Expected the body of %s to contain %s, but it was %s", this.actual, text,
					this.actual.body());
		}
		return this;
	}

	/**
	 * That it asked for a stream.
	 * @return this
	 */
	public RecordedRequestAssert isStreamed() {
		return same("streamed", this.actual.streamed(), true);
	}

	/**
	 * That it got its whole reply. Waits for it.
	 * @return this
	 */
	public RecordedRequestAssert isCompleted() {
		return same("outcome", this.actual.awaitOutcome(this.patience), Outcome.COMPLETED);
	}

	/**
	 * That the client went away before it had its whole reply. Waits for it.
	 * @return this
	 */
	public RecordedRequestAssert isAborted() {
		return same("outcome", this.actual.awaitOutcome(this.patience), Outcome.ABORTED);
	}

	private RecordedRequestAssert same(String what, @Nullable Object found, @Nullable Object expected) {
		if (!Objects.equals(found, expected)) {
			failWithMessage("Expected %s of %s to be %s, but it was %s", what, this.actual, expected, found);
		}
		return this;
	}

}
