package dev.switchboard.sample.simulated;

import java.time.Duration;
import java.util.Locale;

import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated provider can be made to behave.
 */
public enum Behaviour {

	/** Answers. */
	HEALTHY("healthy", "Answers every request", null),

	/** Asks to come back later. */
	RATE_LIMITED("rate limited", "429 with Retry-After: 20", Fault.rateLimited().retryAfter(Duration.ofSeconds(20))),

	/** Is out of service. */
	DOWN("down", "503 at once", Fault.status(503)),

	/** Takes requests and never answers. */
	SILENT("silent", "Takes the request and never answers", Fault.silence()),

	/** Breaks streams off. */
	CUT("cut", "Breaks the stream after some thirty tokens", Fault.cutAfterTokens(30)),

	/** Lets callers wait for the first token. */
	SLOW("slow", "First token after 1.5 seconds", Fault.slowFirstToken(Duration.ofMillis(1500)));

	private final String label;

	private final String explanation;

	private final @Nullable Fault fault;

	Behaviour(String label, String explanation, @Nullable Fault fault) {
		this.label = label;
		this.explanation = explanation;
		this.fault = fault;
	}

	/**
	 * The word on the button.
	 * @return a word or two
	 */
	public String label() {
		return this.label;
	}

	/**
	 * What the provider then does.
	 * @return a few words
	 */
	public String explanation() {
		return this.explanation;
	}

	/**
	 * The name in URLs and style sheets.
	 * @return such as {@code rate-limited}
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	void applyTo(SimulatedProvider provider) {
		provider.recovers();
		if (this.fault != null) {
			provider.fails(this.fault);
		}
	}

}
