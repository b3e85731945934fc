package dev.switchboard.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that goes on for ever and is meant to be killed, as by {@code kill -9}.
 */
public final class Child implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private Child(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * Starts one.
	 * @param main its class, whose first line is {@link #endWithParent()}
	 * @param arguments what it is told
	 */
	public static Child start(Class<?> main, List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						// It is over before more would pay.
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp",
						System.getProperty("java.class.path"), main.getName()));
		command.addAll(arguments);
		return new Child(new ProcessBuilder(command).redirectErrorStream(true).start());
	}

	/** In the process itself: nobody else ends it where its tests are broken off. */
	public static void endWithParent() {
		ProcessHandle.current()
			.parent()
			.ifPresent((parent) -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
	}

	/** What it prints next; {@code null} if it has ended. */
	public String readLine() throws IOException {
		return this.output.readLine();
	}

	/**
	 * Kills it as soon as it has printed enough.
	 * @param enough how many lines
	 * @param counts which of them count
	 * @return all that count: it may have gone on a little
	 */
	public List<String> killAfter(int enough, Predicate<String> counts) throws IOException, InterruptedException {
		List<String> counted = new ArrayList<>();
		List<String> others = new ArrayList<>();
		for (String line = readLine(); line != null; line = readLine()) {
			(counts.test(line) ? counted : others).add(line);
			if (counted.size() == enough) {
				kill();
			}
		}
		kill();
		assertThat(this.process.waitFor()).as(String.join("\n", others)).isEqualTo(128 + 9);
		return counted;
	}

	public void kill() {
		// The process itself would also close what it has said until then.
		this.process.toHandle().destroyForcibly();
	}

	@Override
	public void close() {
		kill();
	}

}
