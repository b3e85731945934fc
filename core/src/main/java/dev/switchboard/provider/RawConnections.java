package dev.switchboard.provider;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.util.Timeout;

/**
 * The connections to one provider over which requests go as they came, HTTP/1.1 and
 * blocking: a request is written and its answer read by the thread that asks, with
 * nothing in between. Connections are kept for a while; any number may be open.
 * <p>
 * A request is sent once. One that finds its connection closed by the provider, which
 * happens to kept ones, has failed like any other, and the policy decides.
 */
final class RawConnections implements ProviderEndpoint, AutoCloseable {

	/** Shorter than what the load balancers of the large clouds keep a silent one. */
	private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);

	/** After it a kept connection is looked at before it is used again. */
	private static final Duration TRUSTED = Duration.ofSeconds(1);

	private static final int MOST_IDLE = 256;

	private static final Http1Config CONFIG = Http1Config.custom()
		.setBufferSize(16 * 1024)
		.setMaxLineLength(64 * 1024)
		.setMaxHeaderCount(512)
		.build();

	private static final Set<String> CREDENTIALS = Set.of("authorization", "x-api-key", "api-key", "x-goog-api-key");

	private static final Set<String> CONNECTION = Set.of("host", "connection", "content-length", "transfer-encoding",
			"keep-alive", "upgrade", "te", "trailer", "proxy-authorization", "proxy-connection", "expect");

	private final ProviderSettings settings;

	private final Map<String, String> headers;

	private final LongSupplier nanoTime;

	private final String host;

	private final int port;

	private final boolean secure;

	private final String basePath;

	private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();

	private final AtomicInteger idleCount = new AtomicInteger();

	private final Set<RawConnection> open = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	/**
	 * No connection yet.
	 * @param settings the provider
	 * @param credentials the headers that carry its credential
	 * @param nanoTime counts nanoseconds
	 */
	RawConnections(ProviderSettings settings, Map<String, String> credentials, LongSupplier nanoTime) {
		this.settings = settings;
		this.headers = new LinkedHashMap<>();
		credentials.forEach((name, value) -> this.headers.put(name, value));
		settings.headers().forEach((name, value) -> {
			this.headers.keySet().removeIf(name::equalsIgnoreCase);
			this.headers.put(name, value);
		});
		this.nanoTime = nanoTime;
		URI url = settings.baseUrl();
		this.secure = "https".equalsIgnoreCase(url.getScheme());
		this.host = url.getHost();
		this.port = (url.getPort() > 0) ? url.getPort() : this.secure ? 443 : 80;
		this.basePath = (url.getRawPath() != null) ? url.getRawPath() : "";
	}

	/**
	 * Whether a provider is reached without a proxy, as it must be to be reached here.
	 * @param settings the provider
	 * @return whether it is
	 */
	static boolean reaches(ProviderSettings settings) {
		ProxySelector selector = ProxySelector.getDefault();
		return selector == null
				|| selector.select(settings.baseUrl()).stream().allMatch((proxy) -> proxy.type() == Proxy.Type.DIRECT);
	}

	@Override
	public ProviderSettings settings() {
		return this.settings;
	}

	@Override
	public RawAnswer send(RawRequest request) throws IOException {
		RawConnection connection = connection();
		ClassicHttpRequest message = message(request, connection::end);
		AttemptScope scope = AttemptScope.current();
		if (scope != null) {
			scope.onCancel(connection::end);
		}
		try {
			return new RawExchange(this, connection, message).send();
		}
		catch (IOException | RuntimeException ex) {
			discard(connection);
			throw ex;
		}
		catch (HttpException ex) {
			discard(connection);
			throw new IOException("The provider's answer is not HTTP: " + ex.getClass().getSimpleName(), ex);
		}
	}

	private ClassicHttpRequest message(RawRequest request, Runnable onFailure) {
		BasicClassicHttpRequest message = new BasicClassicHttpRequest(request.method(), this.basePath + request.path());
		boolean standard = this.port == (this.secure ? 443 : 80);
		message.addHeader("Host", standard ? this.host : this.host + ":" + this.port);
		boolean agent = false;
		boolean encoding = false;
		boolean type = false;
		for (Map.Entry<String, String> header : request.headers()) {
			String name = header.getKey().toLowerCase(Locale.ROOT);
			if (!CREDENTIALS.contains(name) && !CONNECTION.contains(name)) {
				message.addHeader(header.getKey(), header.getValue());
				agent |= name.equals("user-agent");
				encoding |= name.equals("accept-encoding");
				type |= name.equals("content-type");
			}
		}
		if (!agent) {
			message.addHeader("User-Agent", OkHttpTransport.USER_AGENT);
		}
		if (!encoding) {
			message.addHeader("Accept-Encoding", "identity");
		}
		this.headers.forEach(message::setHeader);
		RawExchange.body(message, request, type, onFailure);
		return message;
	}

	private RawConnection connection() throws IOException {
		Idle kept;
		while ((kept = this.idle.pollFirst()) != null) {
			this.idleCount.decrementAndGet();
			long age = this.nanoTime.getAsLong() - kept.since();
			if (age < KEEP_ALIVE.toNanos() && kept.connection().isOpen()
					&& (age < TRUSTED.toNanos() || !kept.connection().isStale())) {
				return kept.connection();
			}
			discard(kept.connection());
		}
		if (this.closed) {
			throw new IOException("The connections of provider '" + this.settings.name() + "' are closed");
		}
		return connect();
	}

	private RawConnection connect() throws IOException {
		Socket socket = socket();
		RawConnection connection = new RawConnection(CONFIG);
		try {
			if (this.secure) {
				connection.bind(secure(socket), socket);
			}
			else {
				connection.bind(socket);
			}
		}
		catch (IOException | RuntimeException ex) {
			socket.close();
			throw ex;
		}
		connection.setSocketTimeout(Timeout.DISABLED);
		this.open.add(connection);
		return connection;
	}

	/** A host with several addresses is tried at each of them. */
	private Socket socket() throws IOException {
		IOException first = null;
		for (InetAddress address : InetAddress.getAllByName(this.host)) {
			Socket socket = new Socket();
			AttemptScope scope = AttemptScope.current();
			if (scope != null) {
				scope.onCancel(() -> RawExchange.close(socket));
			}
			try {
				socket.setTcpNoDelay(true);
				socket.setKeepAlive(true);
				socket.connect(new InetSocketAddress(address, this.port),
						(int) Math.min(this.settings.connectTimeout().toMillis(), Integer.MAX_VALUE));
				return socket;
			}
			catch (IOException ex) {
				socket.close();
				first = (first != null) ? first : ex;
				if (scope != null && scope.isCancelled()) {
					break;
				}
			}
		}
		throw (first != null) ? first : new IOException("The provider's host has no address");
	}

	private SSLSocket secure(Socket socket) throws IOException {
		SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
		SSLSocket secured = (SSLSocket) factory.createSocket(socket, this.host, this.port, true);
		SSLParameters parameters = secured.getSSLParameters();
		// Without it any valid certificate would do, whosever it is.
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		secured.setSSLParameters(parameters);
		secured.setSoTimeout((int) Math.min(this.settings.connectTimeout().toMillis(), Integer.MAX_VALUE));
		secured.startHandshake();
		return secured;
	}

	void keep(RawConnection connection) {
		if (this.closed || this.idleCount.incrementAndGet() > MOST_IDLE) {
			this.idleCount.decrementAndGet();
			discard(connection);
			return;
		}
		this.idle.addFirst(new Idle(connection, this.nanoTime.getAsLong()));
	}

	void discard(RawConnection connection) {
		this.open.remove(connection);
		connection.end();
	}

	@Override
	public void close() {
		this.closed = true;
		this.open.forEach(RawConnection::end);
		this.open.clear();
		this.idle.clear();
	}

	@Override
	public String toString() {
		return "RawConnections[provider=" + this.settings.name() + "]";
	}

	private record Idle(RawConnection connection, long since) {
	}

	/** For tests: how many connections are open, used or kept. */
	int openConnections() {
		return this.open.size();
	}

}
