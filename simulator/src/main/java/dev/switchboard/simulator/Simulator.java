package dev.switchboard.simulator;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on 127.0.0.1 in which any number of simulated providers live, each under
 * its own path. A few threads hold any number of connections.
 */
public final class Simulator implements AutoCloseable {

	private static final int MAX_HEADERS = 256 * 1024;

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

	private final Map<String, SimulatedProvider> providers = new ConcurrentHashMap<>();

	private final RequestLog log;

	private final EventLoopGroup loops;

	private final ExecutorService blocking;

	private final Channel channel;

	private final String url;

	private Simulator(Builder builder) {
		this.log = new RequestLog(builder.logEntries, builder.logBytes);
		ThreadFactory threads = new DefaultThreadFactory("simulator", true);
		this.loops = new MultiThreadIoEventLoopGroup(builder.threads, threads, NioIoHandler.newFactory());
		this.blocking = Executors.newCachedThreadPool(new DefaultThreadFactory("simulator-answers", true));
		AtomicLong numbers = new AtomicLong();
		Responder responder = new Responder(this, this.blocking);
		ServerBootstrap bootstrap = new ServerBootstrap().group(this.loops)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, 4096)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {

				@Override
				protected void initChannel(SocketChannel channel) {
					channel.pipeline()
						.addLast(new HttpServerCodec(8192, MAX_HEADERS, 64 * 1024))
						.addLast(new HttpServerKeepAliveHandler())
						.addLast(new HttpContentDecompressor(builder.maxBodyBytes))
						.addLast(new HttpObjectAggregator(builder.maxBodyBytes))
						.addLast(new ExchangeHandler(responder, numbers, builder.clock));
				}

			});
		this.channel = bootstrap.bind("127.0.0.1", builder.port).syncUninterruptibly().channel();
		this.url = "http://127.0.0.1:" + ((InetSocketAddress) this.channel.localAddress()).getPort();
	}

	/**
	 * Starts on a free port.
	 * @return a running simulator, to be closed
	 */
	public static Simulator start() {
		return builder().start();
	}

	/**
	 * For those who want a port or bounds of their own.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * A provider. One that was never asked for here is not found by clients either.
	 * @param name letters, digits, '.', '_' and '-'
	 * @return the provider, always the same for a name
	 */
	public SimulatedProvider provider(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"A provider's name is made of letters, digits, '.', '_' and '-', but was '" + name + "'");
		}
		return this.providers.computeIfAbsent(name, (key) -> new SimulatedProvider(this, key));
	}

	/**
	 * Where it listens.
	 * @return such as {@code http://127.0.0.1:40001}
	 */
	public String url() {
		return this.url;
	}

	/**
	 * Where it listens.
	 * @return the port
	 */
	public int port() {
		return ((InetSocketAddress) this.channel.localAddress()).getPort();
	}

	/**
	 * The requests to all providers, oldest first. Of very many only the youngest are
	 * kept.
	 * @return what was received since the start or the last reset
	 */
	public List<RecordedRequest> requests() {
		return this.log.requests((request) -> true);
	}

	/**
	 * Lets every provider forget everything: answers, faults, offers and requests.
	 */
	public void reset() {
		this.providers.values().forEach(SimulatedProvider::reset);
	}

	@Nullable SimulatedProvider find(String name) {
		return this.providers.get(name);
	}

	List<String> providerNames() {
		return this.providers.keySet().stream().sorted().toList();
	}

	RequestLog log() {
		return this.log;
	}

	/**
	 * Stops listening and drops all connections.
	 */
	@Override
	public void close() {
		this.channel.close().awaitUninterruptibly();
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
		this.blocking.shutdownNow();
	}

	/**
	 * Settings of a simulator.
	 */
	public static final class Builder {

		private int port;

		private int threads = 2;

		private int logEntries = 10_000;

		private long logBytes = 64L * 1024 * 1024;

		private int maxBodyBytes = 64 * 1024 * 1024;

		private InstantSource clock = InstantSource.system();

		private Builder() {
		}

		/**
		 * The port.
		 * @param port a port; default 0, which means any free one
		 * @return this
		 */
		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * The threads that serve all connections.
		 * @param threads one or more; default 2
		 * @return this
		 */
		public Builder threads(int threads) {
			this.threads = positive(threads, "threads");
			return this;
		}

		/**
		 * How many requests are kept.
		 * @param entries one or more; default 10,000
		 * @return this
		 */
		public Builder logEntries(int entries) {
			this.logEntries = positive(entries, "kept requests");
			return this;
		}

		/**
		 * How many bytes of request bodies are kept.
		 * @param bytes one or more; default 64 MiB
		 * @return this
		 */
		public Builder logBytes(int bytes) {
			this.logBytes = positive(bytes, "kept bytes");
			return this;
		}

		/**
		 * The longest body that is taken; longer ones are answered with 413.
		 * @param bytes one or more; default 64 MiB
		 * @return this
		 */
		public Builder maxBodyBytes(int bytes) {
			this.maxBodyBytes = positive(bytes, "bytes of a body");
			return this;
		}

		/**
		 * The clock from which times in answers and records are taken.
		 * @param clock a clock; default the system's
		 * @return this
		 */
		public Builder clock(InstantSource clock) {
			this.clock = clock;
			return this;
		}

		private static int positive(int number, String what) {
			if (number < 1) {
				throw new IllegalArgumentException("The number of " + what + " is one or more, but was " + number);
			}
			return number;
		}

		/**
		 * Starts.
		 * @return a running simulator, to be closed
		 */
		public Simulator start() {
			return new Simulator(this);
		}

	}

}
