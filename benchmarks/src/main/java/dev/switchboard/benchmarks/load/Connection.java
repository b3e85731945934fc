package dev.switchboard.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One connection of the load generator; it has one request under way, or none.
 */
final class Connection {

	private final InetSocketAddress address;

	private final Selector selector;

	private final ByteBuffer request;

	private final AnswerReader reader = new AnswerReader();

	private SocketChannel channel;

	private SelectionKey key;

	private long start;

	private boolean waiting;

	Connection(InetSocketAddress address, Selector selector, byte[] request) throws IOException {
		this.address = address;
		this.selector = selector;
		this.request = ByteBuffer.allocateDirect(request.length).put(request).flip();
		this.channel = open();
		this.key = this.channel.register(selector, SelectionKey.OP_READ, this);
	}

	private SocketChannel open() throws IOException {
		SocketChannel opened = SocketChannel.open(this.address);
		opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
		opened.configureBlocking(false);
		return opened;
	}

	/**
	 * Sends the request.
	 * @param intended the nanosecond from which its time counts
	 */
	void send(long intended) throws IOException {
		this.start = intended;
		this.waiting = true;
		this.reader.reset();
		this.request.rewind();
		write();
	}

	/** Writes on, now or when the socket takes more. */
	void write() throws IOException {
		this.channel.write(this.request);
		int interest = this.request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
				: SelectionKey.OP_READ;
		if (this.key.interestOps() != interest) {
			this.key.interestOps(interest);
		}
	}

	/**
	 * Reads what has come.
	 * @param buffer where to read it to
	 * @param now the present nanosecond
	 * @return whether the answer is whole
	 */
	boolean read(ByteBuffer buffer, byte[] bytes, long now) throws IOException {
		buffer.clear();
		int read = this.channel.read(buffer);
		if (read == -1) {
			throw new IOException("The connection was closed within an answer");
		}
		buffer.flip().get(bytes, 0, read);
		boolean whole = this.reader.read(bytes, read, now);
		this.waiting = !whole;
		return whole;
	}

	/** Another connection in place of one that is closed, or broken. */
	void reopen() throws IOException {
		close();
		this.waiting = false;
		this.channel = open();
		this.key = this.channel.register(this.selector, SelectionKey.OP_READ, this);
	}

	void close() throws IOException {
		this.key.cancel();
		this.channel.close();
	}

	AnswerReader answer() {
		return this.reader;
	}

	/** Whether an answer is still to come. */
	boolean isWaiting() {
		return this.waiting;
	}

	long start() {
		return this.start;
	}

}
