package dev.switchboard.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The servers that are measured, all up at the same time and taking turns, so that a busy
 * minute of the machine meets each of them.
 */
final class Contest implements AutoCloseable {

	/** As many as there are before this process keeps to one of them. */
	private static final int CORES = Runtime.getRuntime().availableProcessors();

	private static final int GATEWAY_CORE = 0;

	private static final int STAND_IN_CORE = Math.min(1, CORES - 1);

	private static final int OWN_CORE = Math.min(2, CORES - 1);

	/** Connections enough to keep a core busy. */
	private static final int FEW = 64;

	private final ServerProcess standIn;

	private final Map<Contender, ServerProcess> servers = new EnumMap<>(Contender.class);

	private Contest(ServerProcess standIn) {
		this.standIn = standIn;
	}

	static Contest start(Set<Contender> contenders, Path directory) throws IOException, InterruptedException {
		Commands commands = new Commands(directory);
		int standInPort = freePort();
		Contest contest = new Contest(
				ServerProcess.start("stand-in", commands.standIn(standInPort), standInPort, STAND_IN_CORE, directory));
		contest.standIn.awaitPort();
		ServerProcess.pinThisProcess(OWN_CORE);
		contest.servers.put(Contender.DIRECT, contest.standIn);
		for (Contender contender : contenders) {
			if (contender != Contender.DIRECT) {
				contest.start(contender, commands, standInPort, directory);
			}
		}
		return contest;
	}

	private void start(Contender contender, Commands commands, int standInPort, Path directory)
			throws IOException, InterruptedException {
		if (contender == Contender.NGINX && !ServerProcess.isOnPath("nginx")) {
			say("nginx is not installed, and left out");
			return;
		}
		int port = freePort();
		ServerProcess server = ServerProcess.start(contender.option(), commands.contender(contender, port, standInPort),
				port, GATEWAY_CORE, directory);
		this.servers.put(contender, server);
		server.awaitPort();
		for (boolean streamed : new boolean[] { false, true }) {
			Answers answers = generator(contender, contender.exchange(streamed, 1024)).once(1);
			if (answers.wrong() > 0) {
				say(contender.label() + " does not answer as it should (streamed=" + streamed + "), and is left out");
				this.servers.remove(contender);
				server.close();
				return;
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	List<Contender> contenders() {
		return List.copyOf(this.servers.keySet());
	}

	/**
	 * Has each JVM compile what it will run, and make what it keeps for each connection:
	 * who was warm with 64 connections does a third with 256 at first.
	 * @param calls after how many answers it is warm; of streams an eighth will do
	 * @param connections the most that will be measured
	 * @param most how long to wait for the answers
	 */
	void warmUp(int calls, int connections, Duration most) throws IOException, InterruptedException {
		for (Contender contender : contenders()) {
			say("Warming up " + contender.label());
			server(contender).spread(CORES);
			for (int open : new int[] { FEW, Math.max(FEW, connections) }) {
				warmUp(contender, true, open, calls / 16, most.dividedBy(4));
				warmUp(contender, false, open, calls / 2, most.dividedBy(4));
			}
			server(contender).pin();
		}
	}

	private void warmUp(Contender contender, boolean streamed, int connections, int calls, Duration most)
			throws IOException {
		LoadGenerator generator = generator(contender, contender.exchange(streamed, 1024));
		long end = System.nanoTime() + most.toNanos();
		int answered = 0;
		while (answered < calls && System.nanoTime() < end) {
			answered += generator.closed(connections, Duration.ofSeconds(1)).whole().count();
		}
	}

	Figures closed(Contender contender, Load load, Duration duration) throws IOException {
		LoadGenerator generator = generator(contender, contender.exchange(load.streamed(), load.bodyBytes()));
		return measure(contender, () -> generator.closed(load.connections(), duration));
	}

	Figures open(Contender contender, boolean streamed, int perSecond, Duration duration) throws IOException {
		LoadGenerator generator = generator(contender, contender.exchange(streamed, 1024));
		return measure(contender, () -> generator.open(perSecond, duration));
	}

	Figures held(Contender contender, int streams) throws IOException {
		LoadGenerator generator = generator(contender, contender.slowExchange());
		return measure(contender, () -> generator.once(streams));
	}

	private Figures measure(Contender contender, Measured measured) throws IOException {
		ServerProcess server = server(contender);
		Duration before = server.cpu();
		Answers answers = measured.run();
		return Figures.of(answers, server.cpu().minus(before), server.residentMegabytes());
	}

	private LoadGenerator generator(Contender contender, Exchange exchange) {
		return new LoadGenerator(server(contender).port(), exchange);
	}

	private ServerProcess server(Contender contender) {
		ServerProcess server = this.servers.get(contender);
		if (server == null) {
			throw new IllegalArgumentException(contender.label() + " is not running");
		}
		return server;
	}

	static void say(String message) {
		System.err.println(message);
	}

	@Override
	public void close() {
		this.servers.values().forEach(ServerProcess::close);
		this.standIn.close();
	}

	private interface Measured {

		Answers run() throws IOException;

	}

}
