package dev.switchboard.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Measures how many calls nodes sustain that share a PostgreSQL and a Redis, beside a
 * node alone, and how soon all of them are in the ledger. Both servers must be running,
 * and the database be there; its calls are added to.
 */
final class NodesLoad {

	/** Callers, each with a tag of his own. */
	private static final int CALLERS = 12;

	private static final int CONNECTIONS_EACH = 4;

	private static final Duration DRAIN = Duration.ofMinutes(5);

	private final String postgres;

	private final String redis;

	private final Duration warmUp;

	private final Duration duration;

	private final Path directory;

	private final Commands commands;

	private NodesLoad(String postgres, String redis, Duration warmUp, Duration duration) throws IOException {
		this.postgres = postgres;
		this.redis = redis;
		this.warmUp = warmUp;
		this.duration = duration;
		this.directory = Files.createTempDirectory("nodes-load");
		this.commands = new Commands(this.directory);
	}

	/**
	 * Runs the benchmark.
	 * @param args {@code --postgres=} with the JDBC URL of a database, with its user and
	 * password; {@code --redis=} with a URL; {@code --seconds=} with how long each
	 * cluster is measured, 20 by default; {@code --warm-up=} with the seconds before
	 * that, 60 by default; {@code --only=} with clusters
	 */
	public static void main(String[] args) throws Exception {
		String postgres = null;
		String redis = null;
		int seconds = 20;
		int warmUp = 60;
		Set<Cluster> clusters = EnumSet.allOf(Cluster.class);
		for (String arg : args) {
			String value = arg.substring(arg.indexOf('=') + 1);
			if (arg.startsWith("--postgres=")) {
				postgres = value;
			}
			else if (arg.startsWith("--redis=")) {
				redis = value;
			}
			else if (arg.startsWith("--seconds=")) {
				seconds = Integer.parseInt(value);
			}
			else if (arg.startsWith("--warm-up=")) {
				warmUp = Integer.parseInt(value);
			}
			else if (arg.startsWith("--only=")) {
				clusters = Arrays.stream(value.split(","))
					.map(Cluster::valueOf)
					.collect(Collectors.toCollection(() -> EnumSet.noneOf(Cluster.class)));
			}
		}
		if (postgres == null || redis == null) {
			System.err.println(
					"Usage: nodes-load.sh --postgres=jdbc:postgresql://… --redis=redis://… [--seconds=20] [--warm-up=60] [--only="
							+ Arrays.toString(Cluster.values()) + "]");
			System.exit(2);
			return;
		}
		new Report(System.out).machine(false);
		new NodesLoad(postgres, redis, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds)).run(clusters);
	}

	private void run(Set<Cluster> clusters) throws Exception {
		Contest.say("The servers' output is in " + this.directory);
		System.out.println("| | calls/s | p50 | p99 | CPU per call, nodes | wrong | in the ledger after |");
		System.out.println("|---|---:|---:|---:|---:|---:|---:|");
		for (Cluster cluster : clusters) {
			Contest.say(cluster.label());
			measure(cluster);
		}
	}

	private void measure(Cluster cluster) throws Exception {
		int standInPort = freePort();
		List<ServerProcess> nodes = new ArrayList<>();
		try (ServerProcess standIn = ServerProcess.start("stand-in", this.commands.standIn(standInPort), standInPort,
				this.directory)) {
			standIn.awaitPort();
			try {
				for (int i = 0; i < cluster.nodes(); i++) {
					int port = freePort();
					nodes.add(ServerProcess.start(cluster.name() + i,
							this.commands.node(port, standInPort, cluster.properties(this.postgres, this.redis)), port,
							this.directory));
				}
				for (ServerProcess node : nodes) {
					node.awaitPort();
				}
				load(nodes, this.warmUp);
				report(cluster, nodes);
			}
			finally {
				nodes.forEach(ServerProcess::close);
			}
		}
	}

	private void report(Cluster cluster, List<ServerProcess> nodes) throws Exception {
		Duration cpu = cpu(nodes);
		long before = cluster.isShared() ? settled() : 0;
		List<Answers> answers = load(nodes, this.duration);
		Duration spent = cpu(nodes).minus(cpu);
		long ended = System.nanoTime();
		Latencies all = new Latencies();
		long wrong = 0;
		double perSecond = 0;
		for (Answers some : answers) {
			all.addAll(some.whole());
			wrong += some.wrong();
			perSecond += some.perSecond();
		}
		String drained = cluster.isShared() ? drained(before + all.count(), ended) : "";
		System.out.println(String.format(Locale.ROOT, "| %s | %,.0f | %.1f ms | %.1f ms | %.0f µs | %d | %s |",
				cluster.label(), perSecond, all.millis(0.5), all.millis(0.99), spent.toNanos() / 1e3 / all.count(),
				wrong, drained));
	}

	private static Duration cpu(List<ServerProcess> nodes) {
		return nodes.stream().map(ServerProcess::cpu).reduce(Duration.ZERO, Duration::plus);
	}

	/** All callers at once, each at a node of his own. */
	private static List<Answers> load(List<ServerProcess> nodes, Duration duration)
			throws InterruptedException, ExecutionException {
		ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
		try {
			List<Future<Answers>> running = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				Exchange exchange = new Exchange("/v1/chat/completions", "bench", false, 1024, "user=caller-" + i);
				LoadGenerator generator = new LoadGenerator(nodes.get(i % nodes.size()).port(), exchange);
				running.add(threads.submit(() -> generator.closed(CONNECTIONS_EACH, duration)));
			}
			List<Answers> answers = new ArrayList<>();
			for (Future<Answers> each : running) {
				answers.add(each.get());
			}
			return answers;
		}
		finally {
			threads.shutdown();
		}
	}

	/** How many calls there are, once none are added any more. */
	private long settled() throws SQLException, InterruptedException {
		long last = -1;
		long now = calls();
		while (now != last) {
			last = now;
			Thread.sleep(2000);
			now = calls();
		}
		return now;
	}

	private String drained(long expected, long since) throws SQLException, InterruptedException {
		while (calls() < expected) {
			if (System.nanoTime() - since > DRAIN.toNanos()) {
				return (expected - calls()) + " are missing";
			}
			Thread.sleep(100);
		}
		return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - since) / 1e9);
	}

	private long calls() throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.postgres);
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("select count(*) from switchboard_call")) {
			result.next();
			return result.getLong(1);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
