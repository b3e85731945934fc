package dev.switchboard.engine;

import java.util.List;

import dev.switchboard.call.AttemptStoppedException;
import dev.switchboard.call.BudgetExceededException;
import dev.switchboard.call.BudgetUnavailableException;
import dev.switchboard.call.CallCancelledException;
import dev.switchboard.call.CallListener;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.RateLimitExceededException;
import dev.switchboard.call.RouteCallException;
import dev.switchboard.call.StreamInterruptedException;
import dev.switchboard.call.TargetsExhaustedException;
import dev.switchboard.call.UserDecisionRequiredException;
import dev.switchboard.health.TargetHealth;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.OnExhausted;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * Ends calls: writes their record, tells the listeners, and makes of an end without an
 * answer the exception that the caller sees.
 */
final class Settlement {

	private static final Logger log = LoggerFactory.getLogger(Settlement.class);

	private final List<CallListener> listeners;

	private final TargetHealth health;

	private final CallsUnderWay underWay;

	Settlement(List<CallListener> listeners, TargetHealth health, CallsUnderWay underWay) {
		this.listeners = List.copyOf(listeners);
		this.health = health;
		this.underWay = underWay;
	}

	ChatResponse answered(CallInProgress call, AnswerSummary summary, ChatResponse response) {
		this.health.recovered(summary.target());
		return Responses.withRecord(response, answered(call, summary));
	}

	ChatResponse answeredStream(CallInProgress call, AnswerSummary summary, @Nullable ChatResponse end,
			@Nullable Usage usage) {
		this.health.recovered(summary.target());
		return Responses.lastChunk(end, usage, answered(call, summary));
	}

	/** An answer that the cache gave. */
	ChatResponse answeredFromMemory(CallInProgress call, ChatResponse response) {
		CallRecord source = CallRecord.of(response);
		AnswerSummary summary = (source != null && source.answeredBy() != null)
				? new AnswerSummary(source.answeredBy(), source.responseModel(), source.finishReason(), source.usage())
				: null;
		return Responses.withRecord(response, answered(call, summary));
	}

	/** An answer that carries no record. */
	CallRecord answered(CallInProgress call, @Nullable AnswerSummary summary) {
		call.settle();
		CallRecord record = call.record(new CallOutcome.Answered(), summary);
		tell(call, record);
		return record;
	}

	/**
	 * What the caller of a call without an answer is told; the listeners are not, yet.
	 */
	RouteCallException failure(CallInProgress call, CallEnded ended, List<RouteName> routes) {
		if (ended.outcome() instanceof CallOutcome.OverBudget || ended.outcome() instanceof CallOutcome.OverLimit) {
			call.settleRefused();
		}
		else {
			call.settle();
		}
		CallRecord record = call.record(ended.outcome(), null);
		return ended.outcome().match(() -> {
			throw new IllegalStateException("An answered call has not failed");
		}, (failed) -> ended.committed() ? new StreamInterruptedException(failed.failure(), record)
				: stopped(record, failed.failure()), (exhausted) -> exhausted(call, record, routes),
				() -> new CallCancelledException(record),
				(overBudget) -> overBudget.refusal().unavailable()
						? new BudgetUnavailableException(overBudget.refusal(), record)
						: new BudgetExceededException(overBudget.refusal(), record),
				(overLimit) -> new RateLimitExceededException(overLimit.refusal(), record));
	}

	/**
	 * The call ended so; it may share that fate with an identical one that it waited for.
	 */
	void failed(CallInProgress call, RouteCallException ex) {
		CallRecord record = ex.record();
		tell(call, record.id().equals(call.id()) ? record : call.record(record.outcome(), null));
	}

	CallRecord cancelled(CallInProgress call) {
		call.settle();
		CallRecord record = call.record(new CallOutcome.Cancelled(), null);
		tell(call, record);
		return record;
	}

	/** A failure of which the caller is told by whoever made the call. */
	CallRecord failed(CallInProgress call, Failure failure) {
		call.settle();
		CallRecord record = call.record(new CallOutcome.Failed(failure), null);
		tell(call, record);
		return record;
	}

	private static RouteCallException stopped(CallRecord record, Failure failure) {
		return new AttemptStoppedException(record.attempts().get(record.attempts().size() - 1).target(), failure,
				record);
	}

	private static RouteCallException exhausted(CallInProgress call, CallRecord record, List<RouteName> routes) {
		Throwable cause = firstCause(record);
		boolean ask = call.policy().onExhausted() instanceof OnExhausted.Ask;
		return ask
				? new UserDecisionRequiredException(record,
						routes.stream().filter((route) -> !route.equals(record.route())).toList(), cause)
				: new TargetsExhaustedException(record, cause);
	}

	private static @Nullable Throwable firstCause(CallRecord record) {
		return record.attempts()
			.stream()
			.map((attempt) -> attempt.outcome()
				.<@Nullable Failure>match((answered) -> null, (failed) -> failed.failure(), (cancelled) -> null))
			.filter((failure) -> failure != null)
			.findFirst()
			.map(Failure::cause)
			.orElse(null);
	}

	/**
	 * Whoever finds that a call has ended may go on before its listeners have heard of
	 * it, and take the call for no longer under way: so the telling is under way as well,
	 * from before the end.
	 */
	private void tell(CallInProgress call, CallRecord record) {
		this.underWay.begin();
		try {
			if (call.end()) {
				tell(record);
			}
		}
		finally {
			this.underWay.end();
		}
	}

	private void tell(CallRecord record) {
		for (CallListener listener : this.listeners) {
			try {
				listener.ended(record);
			}
			catch (RuntimeException ex) {
				log.warn("Call listener failed listener={} call={}", listener.getClass().getName(), record.id(), ex);
			}
		}
	}

}
