package dev.switchboard.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.switchboard.simulator.RecordedRequest.Outcome;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * One connection: hands its requests to the responder, one after the other, and notices
 * when the client goes away.
 */
final class ExchangeHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

	private final Responder responder;

	private final AtomicLong numbers;

	private final InstantSource clock;

	private @Nullable RecordedRequest current;

	private @Nullable ReplyPlayer player;

	ExchangeHandler(Responder responder, AtomicLong numbers, InstantSource clock) {
		this.responder = responder;
		this.numbers = numbers;
		this.clock = clock;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
		if (request.decoderResult().isFailure()) {
			context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST))
				.addListener(ChannelFutureListener.CLOSE);
			return;
		}
		Instant now = this.clock.instant();
		Incoming incoming = new Incoming(this.numbers.incrementAndGet(), now, request.method().name(), request.uri(),
				headers(request), ByteBufUtil.getBytes(request.content()));
		// The reply may be ready before its record is: both are put together on the event
		// loop.
		this.current = this.responder.respond(incoming, (steps) -> context.executor().execute(() -> {
			RecordedRequest recorded = this.current;
			if (recorded != null && recorded.number() == incoming.number()) {
				this.player = new ReplyPlayer(context, recorded, steps);
				this.player.play();
			}
		}));
	}

	private static Map<String, List<String>> headers(FullHttpRequest request) {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		request.headers()
			.forEach((header) -> headers
				.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), (name) -> new ArrayList<>(1))
				.add(header.getValue()));
		headers.replaceAll((name, values) -> List.copyOf(values));
		return Collections.unmodifiableMap(headers);
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (this.player != null && context.channel().isWritable()) {
			this.player.play();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (this.current != null) {
			this.current.end(Outcome.ABORTED);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
