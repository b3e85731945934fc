package dev.switchboard.simulator;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

import dev.switchboard.simulator.RecordedRequest.Outcome;
import dev.switchboard.simulator.wire.Step;
import dev.switchboard.simulator.wire.Step.Head;
import dev.switchboard.simulator.wire.Step.Send;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Takes the steps of one reply on its connection, never faster than the client reads.
 * Used on the connection's event loop only.
 */
final class ReplyPlayer implements Step.Player {

	// A client that has not yet read what came before may lose it to the reset.
	private static final long MILLIS_BEFORE_RESET = 150;

	private final ChannelHandlerContext context;

	private final RecordedRequest request;

	private final Iterator<Step> steps;

	private boolean pausing;

	private boolean over;

	private boolean begun;

	ReplyPlayer(ChannelHandlerContext context, RecordedRequest request, Iterator<Step> steps) {
		this.context = context;
		this.request = request;
		this.steps = steps;
	}

	void play() {
		while (!this.pausing && !this.over && this.context.channel().isActive()) {
			if (!this.context.channel().isWritable()) {
				this.context.flush();
				if (!this.context.channel().isWritable()) {
					return;
				}
			}
			if (this.steps.hasNext()) {
				this.steps.next().play(this);
			}
			else {
				finish();
			}
		}
	}

	@Override
	public void head(Head head) {
		HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.valueOf(head.status()));
		head.headers().forEach(response.headers()::set);
		if (head.length() >= 0) {
			response.headers().set(HttpHeaderNames.CONTENT_LENGTH, head.length());
		}
		else {
			response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
		}
		this.begun = true;
		this.context.write(response);
	}

	@Override
	public void send(Send send) {
		if (send.bytes().length > 0) {
			this.context.write(new DefaultHttpContent(Unpooled.wrappedBuffer(send.bytes())));
		}
	}

	@Override
	public void pause(Duration duration) {
		this.context.flush();
		this.pausing = true;
		this.context.executor().schedule(() -> {
			this.pausing = false;
			play();
		}, duration.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void hang() {
		this.context.flush();
		this.over = true;
	}

	@Override
	public void reset() {
		this.over = true;
		if (this.begun) {
			this.context.flush();
			this.context.executor().schedule(this::resetNow, MILLIS_BEFORE_RESET, TimeUnit.MILLISECONDS);
		}
		else {
			resetNow();
		}
	}

	private void resetNow() {
		this.request.end(Outcome.BROKEN);
		this.context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
		this.context.close();
	}

	@Override
	public void finish() {
		this.over = true;
		// Before the last bytes leave: whoever has the reply may look at the record at
		// once.
		this.request.end(Outcome.COMPLETED);
		this.context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
	}

}
