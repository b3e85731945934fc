package dev.switchboard.gateway.front;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices callers who close their connection while they wait, on Tomcat with HTTP/1.1.
 * Tomcat itself looks at a connection again only when something is written to it, which
 * may be minutes later; meanwhile the provider works, and bills, for nobody. So the
 * sockets are asked from time to time, without blocking, whether their end has come. One
 * thread asks for all of them. What a caller sends ahead, as HTTP pipelining allows,
 * stays where Tomcat reads it.
 * <p>
 * Servlets know of no sockets, so Tomcat's own classes are asked. On another container,
 * on HTTP/2, or where they have changed, nothing is watched.
 */
public final class TomcatDisconnects implements DisconnectWatch, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(TomcatDisconnects.class);

	/** Soon enough for what a provider bills, seldom enough for a thousand callers. */
	private static final Duration INTERVAL = Duration.ofMillis(200);

	/**
	 * How many times in a row there is nobody to watch before the thread rests: to wake
	 * it up is dearer than the watching, for a short call.
	 */
	private static final int LONELY = 25;

	private final Set<WatchedSocket> watched = ConcurrentHashMap.newKeySet();

	private final Tomcat tomcat;

	private final Thread thread;

	private volatile boolean resting;

	private volatile boolean closed;

	/**
	 * Starts to watch.
	 */
	public TomcatDisconnects() {
		this.tomcat = new Tomcat();
		this.thread = new Thread(this::run, "switchboard-disconnects");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	@Override
	public Watching watch(HttpServletRequest request, Runnable onDisconnect) {
		SocketWrapperBase<?> socket = this.tomcat.socketOf(request);
		if (socket == null) {
			return Watching.NOT;
		}
		WatchedSocket watching = new WatchedSocket(socket, onDisconnect);
		this.watched.add(watching);
		if (this.resting) {
			LockSupport.unpark(this.thread);
		}
		return watching;
	}

	private void run() {
		int alone = 0;
		while (!this.closed) {
			alone = this.watched.isEmpty() ? alone + 1 : 0;
			if (alone > LONELY) {
				rest();
				alone = 0;
			}
			LockSupport.parkNanos(this, INTERVAL.toNanos());
			for (WatchedSocket socket : this.watched) {
				socket.look();
			}
		}
	}

	/** Until there is somebody to watch, who wakes this thread up. */
	private void rest() {
		this.resting = true;
		while (this.watched.isEmpty() && !this.closed) {
			LockSupport.park(this);
		}
		this.resting = false;
	}

	@Override
	public void close() {
		this.closed = true;
		LockSupport.unpark(this.thread);
	}

	private final class WatchedSocket implements Watching {

		private final SocketWrapperBase<?> socket;

		private final Runnable onDisconnect;

		private boolean over;

		WatchedSocket(SocketWrapperBase<?> socket, Runnable onDisconnect) {
			this.socket = socket;
			this.onDisconnect = onDisconnect;
		}

		void look() {
			boolean gone;
			synchronized (this) {
				if (this.over) {
					return;
				}
				gone = isGone();
				this.over = gone;
			}
			if (gone) {
				TomcatDisconnects.this.watched.remove(this);
				this.onDisconnect.run();
			}
		}

		private boolean isGone() {
			try {
				this.socket.isReadyForRead();
				return this.socket.isClosed();
			}
			catch (IOException ex) {
				// The end of the stream, or a reset.
				return true;
			}
		}

		@Override
		public void close() {
			TomcatDisconnects.this.watched.remove(this);
			synchronized (this) {
				this.over = true;
			}
		}

	}

	/** The way from a servlet's request to its socket. */
	private static final class Tomcat {

		private @Nullable Field request;

		private @Nullable Field hook;

		private @Nullable Method socket;

		Tomcat() {
			try {
				this.request = RequestFacade.class.getDeclaredField("request");
				this.request.setAccessible(true);
				this.hook = org.apache.coyote.Request.class.getDeclaredField("hook");
				this.hook.setAccessible(true);
				this.socket = AbstractProcessor.class.getDeclaredMethod("getSocketWrapper");
				this.socket.setAccessible(true);
			}
			catch (ReflectiveOperationException | RuntimeException ex) {
				logger.warn("Callers who leave are noticed late: this Tomcat keeps its sockets to itself", ex);
				this.socket = null;
			}
		}

		@Nullable SocketWrapperBase<?> socketOf(ServletRequest outer) {
			ServletRequest inner = outer;
			while (inner instanceof ServletRequestWrapper wrapper) {
				inner = wrapper.getRequest();
			}
			if (this.socket == null || this.request == null || this.hook == null
					|| !(inner instanceof RequestFacade facade)) {
				return null;
			}
			try {
				Request connector = (Request) this.request.get(facade);
				Object processor = this.hook.get(connector.getCoyoteRequest());
				return (processor instanceof Http11Processor) ? (SocketWrapperBase<?>) this.socket.invoke(processor)
						: null;
			}
			catch (ReflectiveOperationException | RuntimeException ex) {
				logger.debug("No socket to watch", ex);
				return null;
			}
		}

	}

}
