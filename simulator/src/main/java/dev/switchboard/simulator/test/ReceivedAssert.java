package dev.switchboard.simulator.test;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.Scriptable;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the requests that a provider, or one of its models, received.
 */
public final class ReceivedAssert extends AbstractAssert<ReceivedAssert, Scriptable<?>> {

	private static final long POLL = TimeUnit.MILLISECONDS.toNanos(2);

	private Duration patience = Duration.ofSeconds(5);

	ReceivedAssert(Scriptable<?> actual) {
		super(actual, ReceivedAssert.class);
	}

	/**
	 * How long the assertions that follow wait for something to happen.
	 * @param patience zero or more; default 5 s
	 * @return this
	 */
	public ReceivedAssert within(Duration patience) {
		this.patience = patience;
		return this;
	}

	/**
	 * That it received so many requests, no more and no fewer. Waits while there are
	 * fewer.
	 * @param requests the number
	 * @return this
	 */
	public ReceivedAssert received(int requests) {
		isNotNull();
		await(() -> this.actual.requestCount() >= requests);
		if (this.actual.requestCount() != requests) {
			failWithMessage("Expected %s to have received %s requests, but it received %s:%s", this.actual, requests,
					this.actual.requestCount(), list());
		}
		return this;
	}

	/**
	 * That it received a request, or several. Waits for the first.
	 * @return this
	 */
	public ReceivedAssert wasCalled() {
		isNotNull();
		await(() -> this.actual.requestCount() > 0);
		if (this.actual.requestCount() == 0) {
			failWithMessage("Expected %s to have been called, but it was not", this.actual);
		}
		return this;
	}

	/**
	 * That it has not received any request. Does not wait.
	 * @return this
	 */
	public ReceivedAssert wasNeverCalled() {
		isNotNull();
		if (this.actual.requestCount() > 0) {
			failWithMessage("Expected %s never to have been called, but it received %s requests:%s", this.actual,
					this.actual.requestCount(), list());
		}
		return this;
	}

	/**
	 * That a client went away before it had its whole reply. Waits for it.
	 * @return this
	 */
	public ReceivedAssert wasAborted() {
		return receivedOne(RecordedRequest::aborted, "a request that was aborted");
	}

	/**
	 * That no client went away early so far. Does not wait.
	 * @return this
	 */
	public ReceivedAssert wasNotAborted() {
		isNotNull();
		if (this.actual.requests().stream().anyMatch(RecordedRequest::aborted)) {
			failWithMessage("Expected no request to %s to have been aborted, but it received:%s", this.actual, list());
		}
		return this;
	}

	/**
	 * That it was asked for a model. Waits for it.
	 * @param model the model's name
	 * @return this
	 */
	public ReceivedAssert receivedModel(String model) {
		return receivedOne((request) -> model.equals(request.model()), "a request for model " + model);
	}

	/**
	 * That it received a header with a value. Waits for it.
	 * @param name the header's name, in any case
	 * @param value the value
	 * @return this
	 */
	public ReceivedAssert receivedHeader(String name, String value) {
		return receivedOne((request) -> value.equals(request.header(name)),
				"a request with header " + name + ": " + value);
	}

	/**
	 * That no request so far had a header. Does not wait.
	 * @param name the header's name, in any case
	 * @return this
	 */
	public ReceivedAssert neverReceivedHeader(String name) {
		isNotNull();
		if (this.actual.requests().stream().anyMatch((request) -> request.header(name) != null)) {
			failWithMessage("Expected no request to %s to have header %s, but it received:%s", this.actual, name,
					list());
		}
		return this;
	}

	/**
	 * That it received a request whose body contains a text. Waits for it.
	 * @param text the text, as it stands in the JSON
	 * @return this
	 */
	public ReceivedAssert receivedBodyContaining(String text) {
		return receivedOne((request) -> request.body().contains(text), "a request whose body contains " + text);
	}

	/**
	 * Goes on with the last request. Waits for the first one.
	 * @return assertions about it
	 */
	public RecordedRequestAssert lastRequest() {
		wasCalled();
		List<RecordedRequest> requests = this.actual.requests();
		return new RecordedRequestAssert(requests.get(requests.size() - 1)).within(this.patience);
	}

	/**
	 * Goes on with one request. Waits for it.
	 * @param index which one, from 0 for the first
	 * @return assertions about it
	 */
	public RecordedRequestAssert request(int index) {
		isNotNull();
		await(() -> this.actual.requests().size() > index);
		List<RecordedRequest> requests = this.actual.requests();
		if (requests.size() <= index) {
			failWithMessage("Expected %s to have received more than %s requests, but it received:%s", this.actual,
					index, list());
		}
		return new RecordedRequestAssert(requests.get(index)).within(this.patience);
	}

	private ReceivedAssert receivedOne(Predicate<RecordedRequest> wanted, String description) {
		isNotNull();
		await(() -> this.actual.requests().stream().anyMatch(wanted));
		if (this.actual.requests().stream().noneMatch(wanted)) {
			failWithMessage("Expected %s to have received %s, but it received:%s", this.actual, description, list());
		}
		return this;
	}

	private void await(BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean() && System.nanoTime() - start < this.patience.toNanos()) {
			LockSupport.parkNanos(POLL);
		}
	}

	private String list() {
		List<RecordedRequest> requests = this.actual.requests();
		StringBuilder text = new StringBuilder(requests.isEmpty() ? " nothing" : "");
		requests.forEach((request) -> text.append("\n  ").append(Objects.toString(request)));
		return text.toString();
	}

}
