package dev.switchboard.benchmarks.load;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * A provider that answers at once, on OpenAI's wire and on Anthropic's, so that a
 * benchmark sees what stands before it. It does as little as it can: it has two answers
 * of either wire, and looks only for what tells which one is wanted.
 */
final class StandIn extends SimpleChannelInboundHandler<FullHttpRequest> {

	/** A model whose streams take ten seconds. */
	static final String SLOW_MODEL = "bench-slow";

	private static final long PAUSE_MILLIS = 500;

	private static final int MAX_REQUEST = 1024 * 1024;

	/** Requests longer than that get the long answer. */
	private static final int LONG_REQUEST = 8 * 1024;

	private static final ByteBuf STREAM = Unpooled.copiedBuffer("\"stream\":true".getBytes());

	private static final ByteBuf SLOW = Unpooled.copiedBuffer(SLOW_MODEL.getBytes());

	private final StandInAnswers openAi;

	private final StandInAnswers anthropic;

	private StandIn(StandInAnswers openAi, StandInAnswers anthropic) {
		this.openAi = openAi;
		this.anthropic = anthropic;
	}

	/**
	 * Serves until it is ended.
	 * @param args the port
	 */
	public static void main(String[] args) throws InterruptedException {
		StandInAnswers openAi = StandInAnswers.openAi();
		StandInAnswers anthropic = StandInAnswers.anthropic();
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		new ServerBootstrap().group(group)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, 2048)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {

				@Override
				protected void initChannel(SocketChannel channel) {
					channel.pipeline()
						.addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_REQUEST),
								new StandIn(openAi, anthropic));
				}

			})
			.bind(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]))
			.sync()
			.channel()
			.closeFuture()
			.sync();
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
		StandInAnswers answers = request.uri().endsWith("/messages") ? this.anthropic : this.openAi;
		ByteBuf body = request.content();
		if (ByteBufUtil.indexOf(STREAM, body) == -1) {
			whole(context, (body.readableBytes() > LONG_REQUEST) ? answers.longAnswer() : answers.shortAnswer());
			return;
		}
		HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
		head.headers().set("Content-Type", "text/event-stream").set("Transfer-Encoding", "chunked");
		head.headers().set("x-request-id", "req_stand_in");
		context.writeAndFlush(head);
		long pause = (ByteBufUtil.indexOf(SLOW, body) != -1) ? PAUSE_MILLIS : 0;
		event(context, answers, 0, pause);
	}

	private static void whole(ChannelHandlerContext context, byte[] json) {
		DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK,
				Unpooled.wrappedBuffer(json));
		response.headers().set("Content-Type", "application/json").setInt("Content-Length", json.length);
		response.headers().set("x-request-id", "req_stand_in");
		context.writeAndFlush(response);
	}

	/** Each event is sent on its own, as providers send their tokens. */
	private static void event(ChannelHandlerContext context, StandInAnswers answers, int index, long pause) {
		if (!context.channel().isActive()) {
			return;
		}
		if (index == answers.events().size()) {
			context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
			return;
		}
		context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(answers.events().get(index))))
			.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
		Runnable next = () -> event(context, answers, index + 1, pause);
		if (pause > 0) {
			context.executor().schedule(next, pause, TimeUnit.MILLISECONDS);
		}
		else {
			context.executor().execute(next);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
