package dev.switchboard.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends one request over and over, from one thread that never waits for an answer.
 */
final class LoadGenerator {

	private static final int BUFFER = 64 * 1024;

	private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

	/** Connections that an open loop has from the start. */
	private static final int READY = 16;

	private final int port;

	private final Exchange exchange;

	private final byte[] request;

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

	private final byte[] bytes = new byte[BUFFER];

	LoadGenerator(int port, Exchange exchange) {
		this.port = port;
		this.exchange = exchange;
		this.request = exchange.toBytes(port);
	}

	/**
	 * Closed loop: each connection sends its next request when it has its answer.
	 */
	Answers closed(int connections, Duration duration) throws IOException {
		try (Run run = new Run(Long.MAX_VALUE)) {
			run.open(connections);
			long end = System.nanoTime() + duration.toNanos();
			for (Connection connection : run.connections) {
				connection.send(System.nanoTime());
			}
			int[] idle = { 0 };
			while (idle[0] < connections) {
				run.select((connection) -> {
					long now = System.nanoTime();
					if (now < end) {
						connection.send(now);
					}
					else {
						idle[0]++;
					}
				});
			}
			return run.answers();
		}
	}

	/**
	 * Open loop: requests are sent at a steady rate, whether the earlier ones have been
	 * answered or not. The time of each counts from the moment at which it was due, so
	 * that one slow answer can't hide those that wait behind it.
	 */
	Answers open(int perSecond, Duration duration) throws IOException {
		long interval = Duration.ofSeconds(1).toNanos() / perSecond;
		long count = duration.toSeconds() * perSecond;
		try (Run run = new Run(count)) {
			run.open(READY);
			Deque<Connection> idle = new ArrayDeque<>(run.connections);
			long first = System.nanoTime() + interval;
			Thread clock = new Thread(() -> tick(run.selector, first, interval, count), "clock");
			clock.start();
			long sent = 0;
			while (run.ended < count) {
				long now = System.nanoTime();
				for (; sent < count && first + sent * interval <= now; sent++) {
					Connection connection = idle.isEmpty() ? run.open() : idle.pop();
					connection.send(first + sent * interval);
				}
				run.select(idle::push);
			}
			return run.answers();
		}
	}

	private static void tick(Selector selector, long first, long interval, long count) {
		for (long i = 0; i < count; i++) {
			long due = first + i * interval;
			for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			selector.wakeup();
		}
	}

	/**
	 * All at the same time, each connection once.
	 */
	Answers once(int connections) throws IOException {
		try (Run run = new Run(connections)) {
			run.open(connections);
			for (Connection connection : run.connections) {
				connection.send(System.nanoTime());
			}
			while (run.ended < connections) {
				run.select((connection) -> {
				});
			}
			return run.answers();
		}
	}

	/** What happens to a connection that has its answer. */
	private interface Next {

		void take(Connection connection) throws IOException;

	}

	private final class Run implements AutoCloseable {

		private final Selector selector = Selector.open();

		private final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(),
				LoadGenerator.this.port);

		private final List<Connection> connections = new ArrayList<>();

		private final Latencies whole = new Latencies();

		private final Latencies firstToken = new Latencies();

		private final long began = System.nanoTime();

		private final long expected;

		private long lastProgress = this.began;

		private long ended;

		private long wrong;

		Run(long expected) throws IOException {
			this.expected = expected;
		}

		Connection open() throws IOException {
			Connection connection = new Connection(this.address, this.selector, LoadGenerator.this.request);
			this.connections.add(connection);
			return connection;
		}

		void open(int count) throws IOException {
			for (int i = 0; i < count; i++) {
				open();
			}
		}

		void select(Next next) throws IOException {
			this.selector.select((key) -> {
				try {
					ready(key, next);
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			}, 100);
			if (System.nanoTime() - this.lastProgress > PATIENCE_NANOS) {
				throw new IOException("Nothing was answered for " + PATIENCE_NANOS / 1_000_000_000L + " seconds; "
						+ this.ended + " of " + this.expected + " answers have come");
			}
		}

		private void ready(SelectionKey key, Next next) throws IOException {
			Connection connection = (Connection) key.attachment();
			if (key.isWritable()) {
				connection.write();
			}
			if (!key.isReadable()) {
				return;
			}
			long now = System.nanoTime();
			try {
				if (!connection.read(LoadGenerator.this.buffer, LoadGenerator.this.bytes, now)) {
					return;
				}
			}
			catch (IOException ex) {
				boolean lost = connection.isWaiting();
				connection.reopen();
				if (lost) {
					this.wrong++;
					this.ended++;
					next.take(connection);
				}
				return;
			}
			note(connection, now);
			if (connection.answer().closesConnection()) {
				connection.reopen();
			}
			next.take(connection);
		}

		private void note(Connection connection, long now) {
			this.ended++;
			this.lastProgress = now;
			if (!connection.answer().isRight(LoadGenerator.this.exchange.streamed())) {
				this.wrong++;
				return;
			}
			this.whole.add(now - connection.start());
			this.firstToken.add(connection.answer().firstWord() - connection.start());
		}

		Answers answers() {
			return new Answers(this.whole, this.firstToken, this.wrong, System.nanoTime() - this.began);
		}

		@Override
		public void close() throws IOException {
			for (Connection connection : this.connections) {
				connection.close();
			}
			this.selector.close();
		}

	}

}
