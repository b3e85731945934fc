package dev.switchboard.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measures the gateway beside its neighbours and prints what it found as Markdown. Needs
 * nothing but a JDK; {@code taskset} and {@code nginx} are used where they are installed.
 */
final class GatewayLoad {

	private static final int CALLS_PER_SECOND = 500;

	private static final int STREAMS_PER_SECOND = 100;

	private final Plan plan;

	private final Contest contest;

	private final Report report;

	private GatewayLoad(Plan plan, Contest contest, Report report) {
		this.plan = plan;
		this.contest = contest;
		this.report = report;
	}

	/**
	 * Runs the benchmark.
	 * @param args {@code quick}, which is the default, or {@code full}; {@code --only=}
	 * with the contenders wanted; {@code --rounds=} with how often each is measured
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		Plan plan = Plan.quick();
		Integer rounds = null;
		Set<Contender> contenders = EnumSet.allOf(Contender.class);
		for (String arg : args) {
			if (arg.equals("full")) {
				plan = Plan.full();
			}
			else if (arg.startsWith("--only=")) {
				contenders = chosen(arg.substring("--only=".length()));
			}
			else if (arg.startsWith("--rounds=")) {
				rounds = Integer.valueOf(arg.substring("--rounds=".length()));
			}
			else if (!arg.equals("quick")) {
				System.err.println("Usage: gateway-load.sh [quick|full] [--rounds=n] [--only=" + options() + "]");
				System.exit(2);
			}
		}
		if (rounds != null) {
			plan = plan.rounds(rounds);
		}
		Path directory = Files.createTempDirectory("gateway-load");
		Contest.say("The servers' output is in " + directory);
		Report report = new Report(System.out);
		report.machine(true);
		try (Contest contest = Contest.start(contenders, directory)) {
			new GatewayLoad(plan, contest, report).run();
		}
	}

	private static Set<Contender> chosen(String list) {
		Set<String> wanted = Set.of(list.split(","));
		Set<Contender> chosen = EnumSet.of(Contender.DIRECT);
		for (Contender contender : Contender.values()) {
			if (wanted.contains(contender.option())) {
				chosen.add(contender);
			}
		}
		return chosen;
	}

	private static String options() {
		return Arrays.stream(Contender.values()).map(Contender::option).collect(Collectors.joining(","));
	}

	private void run() throws IOException, InterruptedException {
		this.contest.warmUp(this.plan.warmUpCalls(), this.plan.mostConnections(), this.plan.warmUp());
		Map<Load, Map<Contender, Figures>> closed = new LinkedHashMap<>();
		for (Load load : this.plan.loads()) {
			Contest.say(load.label());
			closed.put(load, rounds((contender) -> this.contest.closed(contender, load, this.plan.closed())));
		}
		this.report.closed(closed);
		Contest.say("Open loop");
		Map<Contender, Figures> calls = open(false, CALLS_PER_SECOND);
		Map<Contender, Figures> streams = open(true, STREAMS_PER_SECOND);
		this.report.open(calls, CALLS_PER_SECOND, streams, STREAMS_PER_SECOND);
		if (this.contest.contenders().contains(Contender.RELAY)) {
			Contest.say(this.plan.heldStreams() + " streams at the same time");
			this.report.held(this.plan.heldStreams(), this.contest.held(Contender.RELAY, this.plan.heldStreams()));
		}
	}

	private Map<Contender, Figures> open(boolean streamed, int perSecond) throws IOException {
		Duration duration = this.plan.open();
		return rounds((contender) -> this.contest.open(contender, streamed, perSecond, duration));
	}

	private Map<Contender, Figures> rounds(Measurement measurement) throws IOException {
		Map<Contender, Figures> best = new EnumMap<>(Contender.class);
		for (int round = 0; round < this.plan.rounds(); round++) {
			for (Contender contender : this.contest.contenders()) {
				best.merge(contender, measurement.of(contender), Figures::best);
			}
		}
		return best;
	}

	private interface Measurement {

		Figures of(Contender contender) throws IOException;

	}

}
