package dev.switchboard.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.switchboard.cost.TokenUsage;
import dev.switchboard.options.Answers;
import dev.switchboard.options.ChunkNormaliser;
import dev.switchboard.policy.Failure;
import dev.switchboard.policy.Timeouts;
import dev.switchboard.relay.Relayed;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * What has arrived of one streamed answer.
 */
final class StreamedAttempt implements StreamWatch.Patience {

	private static final String CUT_REASON = "length";

	private final AttemptInProgress attempt;

	private final Timeouts timeouts;

	private final boolean finishKnown;

	private final boolean holdBack;

	private final @Nullable Continuation continuation;

	private final List<ChatResponse> heldBack = new ArrayList<>(0);

	private final ChunkNormaliser normaliser = Answers.chunkNormaliser();

	private final StringBuilder text = new StringBuilder();

	private volatile long lastSignal;

	private boolean toolCalls;

	/** Bytes before the first content of a relayed answer. */
	private byte @Nullable [] unread;

	private boolean begun;

	private boolean cut;

	private @Nullable String finishReason;

	private @Nullable String refusal;

	private @Nullable String responseModel;

	private @Nullable TokenUsage tokens;

	private @Nullable Usage usage;

	private @Nullable ChatResponse end;

	StreamedAttempt(AttemptInProgress attempt, Timeouts timeouts, boolean finishKnown, boolean holdBack,
			@Nullable Continuation continuation) {
		this.attempt = attempt;
		this.timeouts = timeouts;
		this.finishKnown = finishKnown;
		this.holdBack = holdBack;
		this.continuation = continuation;
	}

	AttemptInProgress attempt() {
		return this.attempt;
	}

	/**
	 * Takes in a chunk.
	 * @param raw the chunk, as the provider's model gave it
	 * @return what is to be passed on now; {@code null} if there is nothing
	 */
	@Nullable ChatResponse accept(ChatResponse raw) {
		this.lastSignal = this.attempt.elapsedNanos();
		ChatResponse chunk = Relayed.isIn(raw) ? raw : this.normaliser.normalise(raw);
		note(chunk);
		String ending = Answers.finishReason(chunk);
		ChatResponse content = null;
		boolean other = Relayed.hasOtherContent(chunk);
		if (Answers.hasContent(chunk) || other) {
			String added = Answers.text(chunk);
			this.attempt.received(added.length());
			this.text.append(added);
			this.toolCalls |= other || Answers.hasToolCalls(chunk);
			content = (this.continuation != null) ? this.continuation.newPartOf(chunk) : chunk;
		}
		if (ending != null) {
			// The end waits for what may follow it, such as the usage.
			ChatResponse earlierEnd = this.end;
			this.finishReason = ending;
			this.end = (content != null) ? content : Answers.withoutContent(chunk);
			content = (earlierEnd != null && Answers.hasContent(earlierEnd)) ? earlierEnd : null;
		}
		if (Relayed.isIn(chunk)) {
			content = withUnread(chunk, content, ending != null);
		}
		if (content != null && this.holdBack) {
			this.heldBack.add(content);
			return null;
		}
		return content;
	}

	/**
	 * Of a relayed answer every byte belongs to the caller, though not all of it is
	 * content. What comes before the first content waits for it, as long as another
	 * target may still answer.
	 */
	private @Nullable ChatResponse withUnread(ChatResponse chunk, @Nullable ChatResponse content, boolean ending) {
		byte[] before = this.unread;
		this.unread = null;
		ChatResponse ended = this.end;
		if (ending && ended != null) {
			this.end = Relayed.after(before, ended);
			return content;
		}
		if (content == null && !this.begun) {
			this.unread = Relayed.join(before, Objects.requireNonNull(Relayed.bytesOf(chunk)));
			return null;
		}
		this.begun = true;
		return Relayed.after(before, (content != null) ? content : chunk);
	}

	private void note(ChatResponse chunk) {
		TokenUsage counted = Answers.usage(chunk);
		if (counted != null) {
			this.tokens = counted;
			this.usage = chunk.getMetadata().getUsage();
		}
		String model = Answers.model(chunk);
		if (model != null) {
			this.responseModel = model;
		}
		String declined = Answers.refusal(chunk);
		if (declined != null) {
			this.refusal = (this.refusal != null) ? this.refusal + declined : declined;
		}
	}

	/**
	 * What is wrong with the answer now that no more comes; {@code null} if it can be
	 * used.
	 */
	@Nullable Failure judge(AnswerJudge judge, Prompt prompt) {
		if (this.continuation != null && !this.continuation.isCaughtUp()) {
			throw new Continuation.Diverged();
		}
		return judge.judge(this.text, this.toolCalls, this.refusal, this.finishReason, prompt, this.finishKnown);
	}

	/**
	 * The answer ends here, as if it had reached its greatest length; its tokens are
	 * estimated.
	 */
	void cut() {
		this.cut = true;
		this.finishReason = CUT_REASON;
		this.end = new ChatResponse(List.of(new Generation(new AssistantMessage(""),
				ChatGenerationMetadata.builder().finishReason(CUT_REASON).build())));
		TokenUsage estimate = this.attempt.estimate();
		this.tokens = estimate;
		this.usage = new DefaultUsage((int) estimate.inputTokens(), (int) estimate.outputTokens());
	}

	boolean isCut() {
		return this.cut;
	}

	/** Whether the provider has said that the answer ends here. */
	boolean isWhole() {
		return this.finishReason != null;
	}

	boolean isContinuation() {
		return this.continuation != null;
	}

	boolean hasToolCalls() {
		return this.toolCalls;
	}

	String passedOn() {
		return (this.continuation != null) ? this.continuation.passedOn(this.text) : this.text.toString();
	}

	List<ChatResponse> heldBack() {
		return this.heldBack;
	}

	@Nullable ChatResponse end() {
		return this.end;
	}

	@Nullable Usage usage() {
		return this.usage;
	}

	@Nullable TokenUsage tokens() {
		return this.tokens;
	}

	AnswerSummary summary() {
		return new AnswerSummary(this.attempt.target(), this.responseModel, this.finishReason, this.tokens);
	}

	@Nullable String responseModel() {
		return this.responseModel;
	}

	@Override
	public long nanosLeft(boolean awaited) {
		long elapsed = this.attempt.elapsedNanos();
		long whole = this.attempt.timeoutNanos() - elapsed;
		long silence;
		if (!awaited) {
			silence = this.timeouts.idle().toNanos();
		}
		else if (this.attempt.hasReceivedContent()) {
			silence = this.timeouts.idle().toNanos() - (elapsed - this.lastSignal);
		}
		else {
			silence = this.timeouts.firstToken().toNanos() - elapsed;
		}
		return Math.min(whole, silence);
	}

	@Override
	public void awaitedAgain() {
		this.lastSignal = this.attempt.elapsedNanos();
	}

}
