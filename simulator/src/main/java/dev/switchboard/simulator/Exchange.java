package dev.switchboard.simulator;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.switchboard.simulator.Script.Source;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ChatMessage;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.DefaultAnswer;
import dev.switchboard.simulator.chat.Role;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.fault.Fault;
import dev.switchboard.simulator.fault.FaultContext;
import dev.switchboard.simulator.fault.FaultPipeline;
import dev.switchboard.simulator.wire.Dialect;
import dev.switchboard.simulator.wire.Endpoint;
import dev.switchboard.simulator.wire.ErrorKind;
import dev.switchboard.simulator.wire.Json;
import dev.switchboard.simulator.wire.Pacing;
import dev.switchboard.simulator.wire.ProviderError;
import dev.switchboard.simulator.wire.Replies;
import dev.switchboard.simulator.wire.Reply;
import dev.switchboard.simulator.wire.RequestRefusedException;
import dev.switchboard.simulator.wire.RequestTarget;
import dev.switchboard.simulator.wire.Step;
import dev.switchboard.simulator.wire.Utilities;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One request to a provider: reads it, and lets a fault befall it or answers it.
 */
final class Exchange {

	private static final Source DEFAULT = new Source(new DefaultAnswer(), false);

	private final Incoming incoming;

	private final SimulatedProvider provider;

	private final RequestTarget target;

	private final Dialect dialect;

	private final JsonNode body;

	private final String model;

	private final String requestId;

	private @Nullable ChatRequest chat;

	private @Nullable ProviderError refusal;

	Exchange(SimulatedProvider provider, RequestTarget target, Incoming incoming) {
		this.incoming = incoming;
		this.provider = provider;
		this.target = target;
		this.dialect = target.dialect();
		this.body = Json.read(incoming.body());
		this.model = target.model().isEmpty() ? this.body.path("model").asString("") : target.model();
		this.requestId = Responder.requestId(incoming);
		read();
	}

	private void read() {
		if (this.target.endpoint() != Endpoint.CHAT && this.target.endpoint() != Endpoint.COUNT_TOKENS) {
			return;
		}
		try {
			this.chat = this.dialect.read(this.target, this.body);
		}
		catch (RequestRefusedException ex) {
			this.refusal = ex.error();
		}
	}

	/** What is to be remembered of the request. */
	RecordedRequest record() {
		return new RecordedRequest(this.incoming, this.provider.name(), this.dialect.wire(), this.model,
				this.chat != null && this.chat.streamed());
	}

	/**
	 * Lets a fault befall the request, or answers it.
	 * @param blocking runs what may take time
	 * @param replies takes the steps, perhaps later and on another thread
	 */
	void reply(Executor blocking, Consumer<Iterator<Step>> replies) {
		this.provider.script().countRequest();
		FaultContext context = new FaultContext(this.target, this.chat, this.model, this.requestId);
		Fault fault = fault(context);
		List<Step> instead = FaultPipeline.instead(fault, context);
		Source source = source();
		if (!instead.isEmpty()) {
			replies.accept(FaultPipeline.change(fault, instead.iterator(), context));
		}
		else if (source.mayBlock()) {
			blocking.execute(() -> replies.accept(reply(source, fault, context)));
		}
		else {
			replies.accept(reply(source, fault, context));
		}
	}

	private @Nullable Fault fault(FaultContext context) {
		Fault fault = null;
		if (!this.model.isEmpty()) {
			Script script = this.provider.model(this.model).script();
			script.countRequest();
			fault = script.faults().take(context);
		}
		return (fault != null) ? fault : this.provider.script().faults().take(context);
	}

	private Source source() {
		if (this.target.endpoint() != Endpoint.CHAT || this.chat == null) {
			return DEFAULT;
		}
		Source ofModel = this.provider.model(this.model).script().answers();
		Source ofProvider = this.provider.script().answers();
		return (ofModel != null) ? ofModel : ((ofProvider != null) ? ofProvider : DEFAULT);
	}

	private Iterator<Step> reply(Source source, @Nullable Fault fault, FaultContext context) {
		try {
			return FaultPipeline.change(fault, usual(source, fault), context);
		}
		catch (RuntimeException ex) {
			return error(new ProviderError(ErrorKind.SERVER_ERROR, 0, null, "The scripted answer failed: " + ex, null,
					null, Map.of()));
		}
	}

	private Iterator<Step> usual(Source source, @Nullable Fault fault) {
		if (this.refusal != null) {
			return error(this.refusal);
		}
		if (!this.model.isEmpty() && !this.provider.isOffered(this.model)) {
			return error(ProviderError.of(ErrorKind.MODEL_NOT_FOUND));
		}
		ChatRequest asked = this.chat;
		if (this.target.endpoint() == Endpoint.CHAT && asked != null) {
			Answer answer = goOn(asked, source.function().apply(asked));
			return answer(asked, FaultPipeline.change(fault, answer));
		}
		Object utility = Utilities.answer(this.target, asked, this.body, this.provider.modelNames());
		return (utility != null) ? Replies.json(this.dialect, this.requestId, utility).iterator()
				: error(new ProviderError(ErrorKind.INVALID_REQUEST, 404, null,
						"Not found: " + this.incoming.method() + " " + this.incoming.path(), null, null, Map.of()));
	}

	/** Anthropic's models take up their own last words instead of saying them again. */
	private static Answer goOn(ChatRequest asked, Answer answer) {
		ChatMessage last = asked.lastMessage();
		boolean begun = asked.wire() == SimulatedWire.ANTHROPIC && last != null && last.role() == Role.ASSISTANT
				&& answer.text().startsWith(last.text());
		return (begun && last != null) ? answer.withText(answer.text().substring(last.text().length())) : answer;
	}

	private Iterator<Step> answer(ChatRequest asked, Answer answer) {
		Reply reply = Reply.of(asked, answer, this.incoming.number(), this.incoming.time().getEpochSecond());
		Iterator<Step> steps = asked.streamed() ? stream(reply)
				: Replies.json(this.dialect, this.requestId, this.dialect.whole(reply)).iterator();
		return Pacing.late(Pacing.paced(steps, answer.pace()), answer.firstTokenDelay());
	}

	private Iterator<Step> stream(Reply reply) {
		if (this.dialect.wire() == SimulatedWire.GEMINI && !this.incoming.uri().contains("alt=sse")) {
			return Replies.json(this.dialect, this.requestId, List.of(this.dialect.whole(reply))).iterator();
		}
		return Replies.stream(this.dialect, this.requestId, this.dialect.stream(reply));
	}

	private Iterator<Step> error(ProviderError error) {
		return Replies.error(this.dialect, error, this.model, this.requestId).iterator();
	}

}
