package dev.switchboard.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.switchboard.budget.Hold;
import dev.switchboard.call.Attempt;
import dev.switchboard.call.AttemptOutcome;
import dev.switchboard.call.BudgetNote;
import dev.switchboard.cost.Cost;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.observation.AttemptObservation;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * An attempt between its sending and its end. However many ends it seems to have, the
 * first one counts: it uses up the permit, is written into the call and closes the span.
 * Whoever tells of a later one goes on when the first is written: the call may then end.
 */
final class AttemptInProgress {

	// The usual rule of thumb for English text; only for answers whose usage never came.
	private static final int CHARACTERS_PER_TOKEN = 4;

	private final CallInProgress call;

	private final Step.Send send;

	private final ModelCatalog catalog;

	private final AttemptObservation observation;

	private final Ticks started;

	private boolean ended;

	private volatile long receivedCharacters;

	private volatile @Nullable Duration timeToFirstToken;

	AttemptInProgress(CallInProgress call, Step.Send send, ModelCatalog catalog, AttemptObservation observation,
			LongSupplier nanoTime) {
		this.call = call;
		this.send = send;
		this.catalog = catalog;
		this.observation = observation;
		this.started = Ticks.start(nanoTime);
	}

	Step.Send send() {
		return this.send;
	}

	ModelId target() {
		return this.send.target().model();
	}

	AttemptObservation observation() {
		return this.observation;
	}

	long elapsedNanos() {
		return this.started.elapsedNanos();
	}

	/** How long the attempt may take, from its sending. */
	long timeoutNanos() {
		Duration own = this.send.target().timeout();
		long timeout = ((own != null) ? own : this.call.policy().timeouts().attempt()).toNanos();
		return Math.min(timeout, this.call.remainingNanos() + elapsedNanos());
	}

	/** Some of the answer has arrived. */
	void received(int characters) {
		if (this.timeToFirstToken == null) {
			this.timeToFirstToken = Duration.ofNanos(elapsedNanos());
		}
		this.receivedCharacters += characters;
	}

	boolean hasReceivedContent() {
		return this.timeToFirstToken != null;
	}

	void answered(@Nullable TokenUsage usage, @Nullable String responseModel) {
		end(() -> {
			this.send.permit().answered(elapsedNanos());
			boolean estimated = usage == null && hasReceivedContent();
			return write(new AttemptOutcome.Answered(), estimated ? estimate() : usage, estimated, responseModel,
					false);
		});
	}

	void failed(Failure failure, @Nullable TokenUsage usage) {
		end(() -> {
			this.send.permit().failed(failure, elapsedNanos());
			boolean billed = hasReceivedContent() || failure.kind() == FailureKind.TIMED_OUT;
			boolean estimated = usage == null && billed;
			return write(new AttemptOutcome.Failed(failure), estimated ? estimate() : usage, estimated, null,
					usage == null && !billed);
		});
	}

	void cancelled(String reason) {
		cancelled(reason, null);
	}

	/** Ended by us, after the provider had already told of some tokens. */
	void cancelled(String reason, @Nullable TokenUsage soFar) {
		end(() -> {
			this.send.permit().released();
			return write(new AttemptOutcome.Cancelled(reason), (soFar != null) ? soFar : estimate(), true, null, false);
		});
	}

	private void end(Supplier<Attempt> end) {
		Attempt attempt;
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.ended = true;
			attempt = end.get();
		}
		this.call.budget().note(this.send.hold().settle(attempt.cost()));
		this.observation.ended(attempt);
	}

	/**
	 * Whether budgets have what the answer has cost so far, where they end one that costs
	 * more.
	 */
	boolean isCovered() {
		Hold own = this.send.hold();
		CallBudget ofCall = this.call.budget();
		if (!own.isCutting() && !ofCall.isCutting()) {
			return true;
		}
		Money soFar = this.catalog.costOf(target(), estimate()).amount();
		if (soFar == null) {
			return true;
		}
		BudgetNote refused = own.cover(soFar);
		if (refused != null) {
			ofCall.note(List.of(refused));
		}
		return refused == null && ofCall.covers(soFar);
	}

	private Attempt write(AttemptOutcome outcome, @Nullable TokenUsage usage, boolean estimated,
			@Nullable String responseModel, boolean free) {
		Cost cost = free ? Cost.ZERO : this.catalog.costOf(target(), usage);
		Attempt attempt = new Attempt(this.send.number(), target(), outcome, Duration.ofNanos(elapsedNanos()),
				this.timeToFirstToken, usage, estimated, cost, responseModel);
		this.call.ended(attempt);
		return attempt;
	}

	/**
	 * A provider that began to work on a request bills its input, and the output so far.
	 */
	TokenUsage estimate() {
		return TokenUsage.of(this.call.facts().inputTokens(), this.receivedCharacters / CHARACTERS_PER_TOKEN);
	}

}
