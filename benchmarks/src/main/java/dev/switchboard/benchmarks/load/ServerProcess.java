package dev.switchboard.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, which is ended with the benchmark.
 */
final class ServerProcess implements AutoCloseable {

	private static final Duration START = Duration.ofSeconds(60);

	private static final boolean PINS = isOnPath("taskset");

	private final String name;

	private final Process process;

	private final int port;

	private final int core;

	private ServerProcess(String name, Process process, int port, int core) {
		this.name = name;
		this.process = process;
		this.port = port;
		this.core = core;
	}

	/**
	 * Starts a server; it may not be ready yet.
	 * @param name what it is called
	 * @param command how it is started
	 * @param port where it will listen
	 * @param core the only processor that it may use, where that can be said
	 * @param logs where its output goes
	 * @return the server
	 */
	static ServerProcess start(String name, List<String> command, int port, int core, Path logs) throws IOException {
		List<String> pinned = new ArrayList<>();
		if (PINS) {
			pinned.addAll(List.of("taskset", "-c", Integer.toString(core)));
		}
		pinned.addAll(command);
		return launch(name, pinned, port, core, logs);
	}

	private static ServerProcess launch(String name, List<String> command, int port, int core, Path logs)
			throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(logs.resolve(name.replace(' ', '-') + ".log").toFile())
			.start();
		ServerProcess server = new ServerProcess(name, process, port, core);
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
		return server;
	}

	/**
	 * Starts a server that may use all processors; it may not be ready yet.
	 * @param name what it is called
	 * @param command how it is started
	 * @param port where it will listen
	 * @param logs where its output goes
	 * @return the server
	 */
	static ServerProcess start(String name, List<String> command, int port, Path logs) throws IOException {
		return launch(name, command, port, 0, logs);
	}

	/**
	 * Moves the present process to one processor, where that can be done.
	 * @param core the processor
	 */
	static void pinThisProcess(int core) throws IOException, InterruptedException {
		allow(ProcessHandle.current().pid(), Integer.toString(core));
	}

	/**
	 * Lets it use all processors for a while, so that its code is compiled beside its
	 * work and not instead of it. A JVM keeps the garbage collector and the number of
	 * carrier threads that it chose when it started on one.
	 * @param cores how many there are
	 */
	void spread(int cores) throws IOException, InterruptedException {
		allow(this.process.pid(), "0-" + (cores - 1));
	}

	/** Brings it back to its processor. */
	void pin() throws IOException, InterruptedException {
		allow(this.process.pid(), Integer.toString(this.core));
	}

	private static void allow(long pid, String cores) throws IOException, InterruptedException {
		if (PINS) {
			new ProcessBuilder("taskset", "-acp", cores, Long.toString(pid))
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor();
		}
	}

	static boolean pins() {
		return PINS;
	}

	static boolean isOnPath(String program) {
		for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
			if (Files.isExecutable(Path.of(directory, program))) {
				return true;
			}
		}
		return false;
	}

	void awaitPort() throws IOException, InterruptedException {
		long end = System.nanoTime() + START.toNanos();
		while (System.nanoTime() < end) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				return;
			}
			catch (IOException ex) {
				if (this.process.waitFor(100, TimeUnit.MILLISECONDS)) {
					throw new IOException(this.name + " ended with " + this.process.exitValue() + " before it was up");
				}
			}
		}
		throw new IOException(this.name + " was not up after " + START);
	}

	int port() {
		return this.port;
	}

	/** The processor time that it has taken so far, all threads and the JVM's own. */
	Duration cpu() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO);
	}

	/**
	 * The memory that it has now.
	 * @return the megabytes; zero where that is not told
	 */
	long residentMegabytes() throws IOException {
		Path status = Path.of("/proc", Long.toString(this.process.pid()), "status");
		if (!Files.isReadable(status)) {
			return 0;
		}
		for (String line : Files.readAllLines(status)) {
			if (line.startsWith("VmRSS:")) {
				return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
			}
		}
		return 0;
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(15, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
