package dev.switchboard.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;

/**
 * Writes what was measured as Markdown.
 */
final class Report {

	private final PrintStream out;

	Report(PrintStream out) {
		this.out = out;
	}

	/**
	 * Tells where it is measured.
	 * @param pinned whether each gateway keeps to one core, where that can be said
	 */
	void machine(boolean pinned) throws IOException {
		print("JDK %s, %s, %d cores (%s), load average %s, gateways %s, %s", System.getProperty("java.version"),
				System.getProperty("os.name") + " " + System.getProperty("os.arch"),
				Runtime.getRuntime().availableProcessors(), processor(), loadAverage(),
				(pinned && ServerProcess.pins()) ? "on one core each" : "on all cores", LocalDate.now());
		print("");
	}

	private static String processor() throws IOException {
		Path file = Path.of("/proc/cpuinfo");
		if (!Files.isReadable(file)) {
			return "unknown";
		}
		return Files.readAllLines(file)
			.stream()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.findFirst()
			.orElse("unknown");
	}

	private static String loadAverage() throws IOException {
		Path file = Path.of("/proc/loadavg");
		return Files.isReadable(file) ? Files.readString(file).split(" ")[0] : "unknown";
	}

	void closed(Map<Load, Map<Contender, Figures>> results) {
		print("| Load | | requests/s | CPU per request | p50 | p99 | first token p50 | memory | wrong |");
		print("|---|---|---:|---:|---:|---:|---:|---:|---:|");
		results.forEach((load, figures) -> figures
			.forEach((contender, own) -> print("| %s | %s | %,.0f | %s | %.2f ms | %.2f ms | %s | %s | %d |",
					load.label(), contender.label(), own.perSecond(), cpu(contender, own), own.median(), own.p99(),
					load.streamed() ? "%.2f ms".formatted(own.firstMedian()) : "", memory(contender, own),
					own.wrong())));
		print("");
	}

	void open(Map<Contender, Figures> calls, int callsPerSecond, Map<Contender, Figures> streams,
			int streamsPerSecond) {
		print("| Steady rate | | p50 | p99 | added p50 | added p99 | CPU per request | wrong |");
		print("|---|---|---:|---:|---:|---:|---:|---:|");
		Figures direct = calls.get(Contender.DIRECT);
		calls.forEach((contender, own) -> steady(callsPerSecond + "/s, JSON", contender, own, own.median(), own.p99(),
				(direct != null) ? own.median() - direct.median() : Double.NaN,
				(direct != null) ? own.p99() - direct.p99() : Double.NaN));
		Figures directStream = streams.get(Contender.DIRECT);
		streams.forEach((contender, own) -> steady(streamsPerSecond + "/s, first token", contender, own,
				own.firstMedian(), own.firstP99(),
				(directStream != null) ? own.firstMedian() - directStream.firstMedian() : Double.NaN,
				(directStream != null) ? own.firstP99() - directStream.firstP99() : Double.NaN));
		print("");
	}

	private void steady(String load, Contender contender, Figures own, double median, double p99, double addedMedian,
			double addedP99) {
		String added = (contender == Contender.DIRECT) ? "| " : "%.2f ms | %.2f ms".formatted(addedMedian, addedP99);
		print("| %s | %s | %.2f ms | %.2f ms | %s | %s | %d |", load, contender.label(), median, p99, added,
				cpu(contender, own), own.wrong());
	}

	void held(int streams, Figures relay) {
		print("%,d streams held at the same time by the relay with -Xmx512m: %d wrong, first token p50 %.0f ms and "
				+ "p99 %.0f ms, whole after p50 %.1f s and p99 %.1f s, %d MB resident, %.1f ms CPU each", streams,
				relay.wrong(), relay.firstMedian(), relay.firstP99(), relay.median() / 1000, relay.p99() / 1000,
				relay.megabytes(), relay.cpuMicros() / 1000);
	}

	private static String cpu(Contender contender, Figures own) {
		return (contender == Contender.DIRECT) ? "" : "%.0f µs".formatted(own.cpuMicros());
	}

	private static String memory(Contender contender, Figures own) {
		return (contender == Contender.DIRECT) ? "" : own.megabytes() + " MB";
	}

	private void print(String format, Object... arguments) {
		this.out.println(String.format(Locale.ROOT, format, arguments));
	}

}
