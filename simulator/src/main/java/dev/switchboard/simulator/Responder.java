package dev.switchboard.simulator;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.switchboard.simulator.wire.ErrorKind;
import dev.switchboard.simulator.wire.Identifiers;
import dev.switchboard.simulator.wire.ProviderError;
import dev.switchboard.simulator.wire.Replies;
import dev.switchboard.simulator.wire.RequestRouting;
import dev.switchboard.simulator.wire.RequestTarget;
import dev.switchboard.simulator.wire.Step;

/**
 * Finds the provider that a request is for, and records the request.
 */
final class Responder {

	private final Simulator simulator;

	private final Executor blocking;

	Responder(Simulator simulator, Executor blocking) {
		this.simulator = simulator;
		this.blocking = blocking;
	}

	/**
	 * Records a request and has it answered.
	 * @param incoming the request
	 * @param replies takes the steps, perhaps later and on another thread
	 * @return the record
	 */
	RecordedRequest respond(Incoming incoming, Consumer<Iterator<Step>> replies) {
		String path = incoming.path();
		int slash = path.indexOf('/', 1);
		String name = (slash < 0) ? path.substring(1) : path.substring(1, slash);
		RequestTarget target = RequestRouting.target(incoming.method(), name, (slash < 0) ? "/" : path.substring(slash),
				incoming::header);
		SimulatedProvider provider = this.simulator.find(name);
		if (provider == null) {
			RecordedRequest stray = new RecordedRequest(incoming, name, target.dialect().wire(), "", false);
			this.simulator.log().add(stray);
			replies.accept(Replies.error(target.dialect(), unknown(name), "", requestId(incoming)).iterator());
			return stray;
		}
		Exchange exchange = new Exchange(provider, target, incoming);
		RecordedRequest recorded = exchange.record();
		this.simulator.log().add(recorded);
		exchange.reply(this.blocking, replies);
		return recorded;
	}

	private ProviderError unknown(String name) {
		return new ProviderError(ErrorKind.INVALID_REQUEST, 404, null,
				"This simulator has no provider '" + name + "', only " + this.simulator.providerNames()
						+ ". Action: ask the simulator for provider(\"" + name + "\") first, or correct the base URL.",
				null, null, Map.of());
	}

	static String requestId(Incoming incoming) {
		return Identifiers.of("req_", incoming.number());
	}

}
