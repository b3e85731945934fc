package dev.switchboard.observation;

import dev.switchboard.call.Attempt;
import dev.switchboard.cost.ModelId;
import dev.switchboard.route.RouteName;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What an observation of an attempt is about.
 */
public final class AttemptObservationContext extends Observation.Context {

	private final String callId;

	private final RouteName route;

	private final ModelId target;

	private final ModelId tag;

	private final int number;

	private volatile @Nullable Attempt attempt;

	AttemptObservationContext(String callId, RouteName route, ModelId target, ModelId tag, int number) {
		this.callId = callId;
		this.route = route;
		this.target = target;
		this.tag = tag;
		this.number = number;
	}

	/**
	 * The call that the attempt belongs to.
	 * @return its identifier
	 */
	public String callId() {
		return this.callId;
	}

	/**
	 * The route that is used.
	 * @return its name
	 */
	public RouteName route() {
		return this.route;
	}

	/**
	 * Who is asked.
	 * @return the target's model and provider
	 */
	public ModelId target() {
		return this.target;
	}

	/**
	 * Who is asked, as metrics may name it: a caller may write any model's name.
	 * @return the target, or {@code other} at its provider
	 */
	public ModelId tag() {
		return this.tag;
	}

	/**
	 * Which attempt of the call it is.
	 * @return the number, from 1
	 */
	public int number() {
		return this.number;
	}

	/**
	 * How the attempt went.
	 * @return the attempt; {@code null} while it runs
	 */
	public @Nullable Attempt attempt() {
		return this.attempt;
	}

	void ended(Attempt how) {
		this.attempt = how;
	}

}
