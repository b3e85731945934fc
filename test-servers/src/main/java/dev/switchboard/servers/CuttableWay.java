package dev.switchboard.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a server that can be cut, and on which the server can fall silent.
 */
public final class CuttableWay implements AutoCloseable {

	private final String serverHost;

	private final int serverPort;

	private final ServerSocket server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger accepted = new AtomicInteger();

	private volatile State state = State.OPEN;

	CuttableWay(String serverHost, int serverPort) {
		this.serverHost = serverHost;
		this.serverPort = serverPort;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	public String host() {
		return this.server.getInetAddress().getHostAddress();
	}

	public int port() {
		return this.server.getLocalPort();
	}

	/** Connections that were made so far. */
	public int accepted() {
		return this.accepted.get();
	}

	/** Ends all connections, and every new one as soon as it is made. */
	public void cut() {
		this.state = State.CUT;
		this.sockets.forEach(CuttableWay::close);
	}

	/** Takes whatever is sent, and brings nothing back. */
	public void silence() {
		this.state = State.SILENT;
	}

	/** New connections work again; what was swallowed stays so. */
	public void mend() {
		this.state = State.OPEN;
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket caller = this.server.accept();
				this.accepted.incrementAndGet();
				if (this.state == State.CUT) {
					close(caller);
					continue;
				}
				Socket callee = new Socket(this.serverHost, this.serverPort);
				this.sockets.add(caller);
				this.sockets.add(callee);
				start(() -> copy(caller, callee, false));
				start(() -> copy(callee, caller, true));
			}
			catch (IOException ex) {
				// The next one may do better.
			}
		}
	}

	private void copy(Socket from, Socket to, boolean back) {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[16 * 1024];
			for (int read = in.read(buffer); read >= 0 && this.state != State.CUT; read = in.read(buffer)) {
				if (!back || this.state != State.SILENT) {
					out.write(buffer, 0, read);
				}
			}
		}
		catch (IOException ex) {
			// That is how connections end here.
		}
		finally {
			this.sockets.remove(from);
			this.sockets.remove(to);
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "cuttable-way");
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		cut();
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private enum State {

		OPEN, CUT, SILENT

	}

}
