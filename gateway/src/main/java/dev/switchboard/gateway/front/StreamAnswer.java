package dev.switchboard.gateway.front;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.switchboard.call.CallProgress;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.RouteCallException;
import dev.switchboard.cost.ModelId;
import dev.switchboard.gateway.wire.AnswerHead;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.gateway.wire.StreamWriter;
import dev.switchboard.relay.RefusedAnswerException;
import dev.switchboard.relay.Relayed;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;
import reactor.util.context.Context;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Writes a streamed answer as it comes, each chunk before the next is asked for: a slow
 * reader slows down the provider and fills no memory. What was relayed is written as it
 * is; anything else in the words of the caller's wire, going on from what was relayed. A
 * caller who has gone away is noticed by the write that fails, and ends the stream. A
 * stream that is silent for long after its beginning says that it is alive.
 */
final class StreamAnswer extends BaseSubscriber<ChatResponse> {

	private static final Logger logger = LoggerFactory.getLogger(StreamAnswer.class);

	/** Beyond it a writer takes note of what was relayed as it goes by. */
	private static final int MOST_UNREAD = 1024 * 1024;

	/** Where Reactor looks for whoever hears of errors that come after the end. */
	static final Context LATE_ERRORS = Context.of("reactor.onErrorDropped.local",
			(Consumer<Throwable>) (late) -> logger.debug("A call failed after its caller had left", late));

	private final GatewayRequest request;

	private final AnswerExchange exchange;

	private final HeadMaker heads;

	private final Consumer<ChatResponse> onChunk;

	private final FailureTeller failures;

	private final Runnable onEnd;

	private final KeepAlives keepAlives;

	/** Held by whoever writes or ends: the response must not end under a write. */
	private final ReentrantLock writing = new ReentrantLock();

	private boolean ended;

	private volatile boolean over;

	private final ByteArrayOutputStream unread = new ByteArrayOutputStream(0);

	private @Nullable CallProgress progress;

	/** Of a call that ended before anything of its answer was passed on. */
	private @Nullable CallRecord record;

	private @Nullable StreamWriter writer;

	private volatile @Nullable OutputStream out;

	private KeepAlives.@Nullable Listening silence;

	/** Whether the end of the answer is written, or begins to be. */
	private boolean complete;

	private volatile String cost = "unknown";

	StreamAnswer(GatewayRequest request, AnswerExchange exchange, HeadMaker heads, Consumer<ChatResponse> onChunk,
			FailureTeller failures, KeepAlives keepAlives, Runnable onEnd) {
		this.request = request;
		this.exchange = exchange;
		this.heads = heads;
		this.onChunk = onChunk;
		this.failures = failures;
		this.keepAlives = keepAlives;
		this.onEnd = onEnd;
		request.onBegin((begun) -> this.progress = begun);
	}

	@Override
	public Context currentContext() {
		return LATE_ERRORS;
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		subscription.request(1);
	}

	@Override
	protected void hookOnNext(ChatResponse chunk) {
		try {
			this.onChunk.accept(chunk);
			CallRecord record = CallRecord.of(chunk);
			if (record != null) {
				this.cost = CallHeaders.cost(record.cost());
			}
			write(chunk, record);
			request(1);
		}
		catch (IOException ex) {
			// The caller has gone.
			cancel();
		}
	}

	private void write(ChatResponse chunk, @Nullable CallRecord record) throws IOException {
		boolean last = record != null;
		byte[] relayed = Relayed.bytesOf(chunk);
		if (relayed != null) {
			send(relayed, last);
			note(relayed);
			return;
		}
		StreamWriter events = writer(chunk);
		send(last ? events.end(chunk) : events.chunk(chunk), last);
	}

	private void note(byte[] relayed) {
		if (this.writer != null) {
			this.writer.relayed(relayed);
		}
		else {
			this.unread.writeBytes(relayed);
			if (this.unread.size() > MOST_UNREAD && this.request.isTranslatable()) {
				writer(null);
			}
		}
	}

	private StreamWriter writer(@Nullable ChatResponse chunk) {
		StreamWriter events = this.writer;
		if (events == null) {
			events = this.request.translation().stream(this.heads.head(this.progress, chunk));
			if (this.unread.size() > 0) {
				events.relayed(this.unread.toByteArray());
				this.unread.reset();
			}
			this.writer = events;
		}
		return events;
	}

	private void send(byte[] bytes, boolean last) throws IOException {
		this.writing.lock();
		try {
			if (this.over) {
				throw new IOException("The caller has left");
			}
			this.complete |= last;
			if (bytes.length == 0) {
				return;
			}
			OutputStream to = this.out;
			if (to == null) {
				to = begin();
			}
			write(bytes, to);
		}
		finally {
			this.writing.unlock();
			endWhenOver();
		}
	}

	private void write(byte[] bytes, OutputStream to) throws IOException {
		to.write(bytes);
		to.flush();
		if (this.silence != null) {
			this.silence.heard();
		}
	}

	/** Whole events are all that is ever written, so that this comes between two. */
	private void keepAlive() {
		if (!this.writing.tryLock()) {
			// Somebody writes.
			return;
		}
		boolean gone = false;
		try {
			OutputStream to = this.out;
			if (to != null && !this.over && !this.complete) {
				write(this.exchange.wire().keepAlive(), to);
			}
		}
		catch (IOException ex) {
			gone = true;
		}
		finally {
			this.writing.unlock();
			endWhenOver();
		}
		if (gone) {
			leave();
		}
	}

	private OutputStream begin() throws IOException {
		HttpServletResponse response = this.exchange.response();
		CallProgress known = this.progress;
		if (known != null) {
			CallHeaders.write(response, known);
		}
		else if (this.record != null) {
			CallHeaders.write(response, this.record);
		}
		response.setStatus(200);
		response.setContentType("text/event-stream");
		response.setHeader("Cache-Control", "no-cache");
		// Asks nginx not to hold the events back.
		response.setHeader("X-Accel-Buffering", "no");
		response.setHeader("Trailer", CallHeaders.COST);
		response.setTrailerFields(() -> Map.of(CallHeaders.COST, this.cost));
		OutputStream to = response.getOutputStream();
		this.out = to;
		this.silence = this.keepAlives.listen(this::keepAlive);
		return to;
	}

	@Override
	protected void hookOnError(Throwable error) {
		GatewayError told = this.failures.of(error);
		this.writing.lock();
		try {
			if (this.over) {
				return;
			}
			ChatResponse refused = (error instanceof RouteCallException ex)
					? RefusedAnswerException.answerOf(ex.failure()) : null;
			if (refused != null && error instanceof RouteCallException ex) {
				this.record = ex.record();
				this.cost = CallHeaders.cost(ex.record().cost());
				write(refused, ex.record());
			}
			else if (this.out == null) {
				this.failures.write(this.exchange, error, told);
			}
			else {
				send(event(told), true);
			}
		}
		catch (IOException ex) {
			logger.debug("A caller left before he could be told of a failure call={}", told.requestId());
		}
		finally {
			this.writing.unlock();
		}
	}

	private byte[] event(GatewayError error) {
		return this.request.isTranslatable() ? writer(null).error(error) : plain(error);
	}

	/** For requests that only their own wire's targets understand. */
	private byte[] plain(GatewayError error) {
		String json = new String(this.exchange.wire().error(error), StandardCharsets.UTF_8);
		return ("event: error\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
	}

	/** The caller has left while nothing was written to him. */
	void leave() {
		cancel();
	}

	/**
	 * A write has failed, and the container ends the request after this. The answer is
	 * ended before it, as two who end it at once find each other in the way.
	 */
	void broken() {
		this.over = true;
		cancel();
		this.writing.lock();
		try {
			end();
		}
		finally {
			this.writing.unlock();
		}
	}

	@Override
	protected void hookFinally(SignalType type) {
		this.over = true;
		// Whoever watches for callers who leave must not wait for a write: the writer
		// ends what it then finds to be over.
		endWhenOver();
	}

	private void endWhenOver() {
		if (this.over && this.writing.tryLock()) {
			try {
				end();
			}
			finally {
				this.writing.unlock();
			}
		}
	}

	/** Called by the holder of the lock only, so that it has happened once it is free. */
	private void end() {
		if (!this.ended) {
			this.ended = true;
			if (this.silence != null) {
				this.silence.close();
			}
			this.onEnd.run();
		}
	}

	/**
	 * Makes the head of an answer that is written here.
	 */
	@FunctionalInterface
	interface HeadMaker {

		AnswerHead head(@Nullable CallProgress progress, @Nullable ChatResponse chunk);

		/** The model that answers, by what is known of it. */
		static String model(@Nullable ModelId target) {
			return (target != null) ? target.toString() : "unknown";
		}

	}

	/**
	 * Tells failures.
	 */
	interface FailureTeller {

		GatewayError of(Throwable error);

		void write(AnswerExchange exchange, Throwable failure, GatewayError error) throws IOException;

	}

}
