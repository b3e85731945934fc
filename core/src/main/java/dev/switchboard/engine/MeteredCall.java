package dev.switchboard.engine;

import java.util.List;

import dev.switchboard.call.CallRecord;
import dev.switchboard.call.LimitNote;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.policy.Failure;
import dev.switchboard.route.RouteName;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * A call that its maker reports on, rather than the engine making it. It has one attempt.
 * The first end that is told counts: it closes the observation and tells the listeners,
 * on the calling thread; later ones only give its record back.
 */
public final class MeteredCall {

	/** What stands for the route, of which there is none. */
	public static final RouteName ROUTE = new RouteName("passthrough");

	private final CallInProgress call;

	private final AttemptInProgress attempt;

	private final Settlement settlement;

	private final CallsUnderWay underWay;

	private @Nullable CallRecord record;

	/** A call that has begun, and is under way until its first end is told. */
	MeteredCall(CallInProgress call, AttemptInProgress attempt, Settlement settlement, CallsUnderWay underWay) {
		underWay.begin();
		this.underWay = underWay;
		this.call = call;
		this.attempt = attempt;
		this.settlement = settlement;
	}

	/**
	 * The call's identifier.
	 * @return as it will stand in the record
	 */
	public String id() {
		return this.call.id();
	}

	/**
	 * Who is called.
	 * @return the provider and model
	 */
	public ModelId target() {
		return this.attempt.target();
	}

	/**
	 * How the limits stand that it counts in.
	 * @return as in the record, as far as it is known by now
	 */
	public List<LimitNote> limits() {
		return this.call.limits().notes();
	}

	/**
	 * Makes the attempt the current observation of this thread, so that the request goes
	 * below it.
	 * @return the scope, to be closed on the same thread
	 */
	public Observation.Scope openScope() {
		return this.attempt.observation().openScope();
	}

	/**
	 * Some content of a streamed answer was passed on to the caller. An answer that ends
	 * before its tokens are told is estimated by it.
	 * @param characters how much, in characters
	 */
	public void passedOn(int characters) {
		this.attempt.received(characters);
		this.call.firstContentPassedOn(this.attempt.target());
	}

	/**
	 * The answer was passed on to its end.
	 * @param usage the tokens; {@code null} if nobody told them
	 * @param responseModel the model that it names; {@code null} if it names none
	 * @param finishReason why it ended, in the provider's word; {@code null} if it didn't
	 * say
	 * @return the record of the call
	 */
	public synchronized CallRecord answered(@Nullable TokenUsage usage, @Nullable String responseModel,
			@Nullable String finishReason) {
		CallRecord ended = this.record;
		if (ended == null) {
			this.attempt.answered(usage, responseModel);
			ended = this.settlement.answered(this.call,
					new AnswerSummary(target(), responseModel, finishReason, usage));
			ended(ended);
		}
		return ended;
	}

	/**
	 * There was no answer, or not the whole of one.
	 * @param failure how it failed
	 * @param usage the tokens that were told nevertheless; {@code null} for none
	 * @return the record of the call
	 */
	public synchronized CallRecord failed(Failure failure, @Nullable TokenUsage usage) {
		CallRecord ended = this.record;
		if (ended == null) {
			this.attempt.failed(failure, usage);
			ended = this.settlement.failed(this.call, failure);
			ended(ended);
		}
		return ended;
	}

	/**
	 * The caller went away, or was at fault himself.
	 * @param reason why, in a few words
	 * @param soFar the tokens that were told until then; {@code null} for none
	 * @return the record of the call
	 */
	public synchronized CallRecord cancelled(String reason, @Nullable TokenUsage soFar) {
		CallRecord ended = this.record;
		if (ended == null) {
			this.attempt.cancelled(reason, soFar);
			ended = this.settlement.cancelled(this.call);
			ended(ended);
		}
		return ended;
	}

	private void ended(CallRecord record) {
		this.record = record;
		this.underWay.end();
	}

}
