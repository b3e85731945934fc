package dev.switchboard.sample.nodes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.switchboard.sample.SampleApplication;

/**
 * The sample application in a process of its own, which can be killed.
 */
final class Node implements AutoCloseable {

	private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

	private static final long START_SECONDS = 240;

	private final List<String> command;

	private Process process;

	private CompletableFuture<Integer> port;

	/**
	 * Starts a node, which may take as long as {@link #url()} waits.
	 * @param folder its own disk
	 * @param properties what is configured, as {@code name=value}
	 */
	Node(Path folder, List<String> properties) {
		this.command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				SampleApplication.class.getName(), "--server.port=0", "--spring.profiles.active=live",
				"--switchboard.store.path=" + folder));
		properties.forEach((property) -> this.command.add("--" + property));
		start();
	}

	/** Starts it, or again with the same disk. */
	void start() {
		CompletableFuture<Integer> started = new CompletableFuture<>();
		this.port = started.orTimeout(START_SECONDS, TimeUnit.SECONDS);
		List<String> lines = new ArrayList<>();
		try {
			this.process = new ProcessBuilder(this.command).redirectErrorStream(true).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread reader = new Thread(() -> read(started, lines), "node-output");
		reader.setDaemon(true);
		reader.start();
	}

	private void read(CompletableFuture<Integer> started, List<String> lines) {
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				lines.add(line);
				Matcher port = STARTED.matcher(line);
				if (port.find()) {
					started.complete(Integer.valueOf(port.group(1)));
				}
			}
		}
		catch (IOException ex) {
			lines.add(ex.toString());
		}
		started.completeExceptionally(new IllegalStateException("A node did not start:\n" + String.join("\n", lines)));
	}

	/** Where it is, as soon as it is there. */
	String url() {
		return "http://127.0.0.1:" + this.port.join();
	}

	/** Ends it at once, as {@code kill -9} does. */
	void kill() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		kill();
	}

}
