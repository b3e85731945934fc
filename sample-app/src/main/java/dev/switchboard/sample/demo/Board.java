package dev.switchboard.sample.demo;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.switchboard.cost.ModelId;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.health.TargetState;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Target;
import dev.switchboard.sample.simulated.Behaviour;
import dev.switchboard.sample.simulated.SimulatedProviders;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How routes, targets and providers stand.
 */
@Component
class Board {

	private final RouteEngine engine;

	private final SimulatedProviders simulated;

	Board(RouteEngine engine, SimulatedProviders simulated) {
		this.engine = engine;
		this.simulated = simulated;
		providerNames().forEach(simulated::prepare);
	}

	List<RouteView> routes() {
		return this.engine.routes().routes().stream().map(RouteView::of).toList();
	}

	List<ProviderView> providers() {
		return providerNames().stream()
			.map((name) -> new ProviderView(name, this.simulated.behaviour(name), this.simulated.requests(name)))
			.toList();
	}

	/**
	 * The targets that have been asked for so far.
	 */
	List<TargetView> targets() {
		return this.engine.health().states().stream().map(TargetView::of).toList();
	}

	boolean isSimulated() {
		return this.simulated.areThere();
	}

	/**
	 * Makes a simulated provider behave so.
	 * @return whether there is such a provider
	 */
	boolean behave(String provider, Behaviour behaviour) {
		boolean known = isSimulated() && providerNames().contains(provider);
		if (known) {
			this.simulated.behave(provider, behaviour);
		}
		return known;
	}

	/**
	 * Makes every provider healthy and every target usable.
	 */
	void reset() {
		providerNames().forEach(this.simulated::prepare);
		targetIds().forEach(this.engine.health()::reset);
	}

	private Set<String> providerNames() {
		Set<String> names = new LinkedHashSet<>();
		targetIds().forEach((target) -> names.add(target.provider()));
		return names;
	}

	private Stream<ModelId> targetIds() {
		return this.engine.routes()
			.routes()
			.stream()
			.flatMap((route) -> route.match((models) -> targets(models), (rules) -> Stream.<Target>empty()))
			.map(Target::model)
			.distinct();
	}

	private static Stream<Target> targets(ModelRoute route) {
		return route.targets().stream();
	}

	/**
	 * A provider.
	 *
	 * @param name its name
	 * @param behaviour how it behaves, if it is simulated
	 * @param requests how many requests it got, if it is simulated
	 */
	record ProviderView(String name, Behaviour behaviour, long requests) {

	}

	/**
	 * A target.
	 *
	 * @param name provider and model
	 * @param state {@code usable}, {@code cooling}, {@code breaker open} or
	 * {@code on trial}
	 * @param until when a cooldown ends
	 */
	record TargetView(String name, String state, @Nullable Instant until) {

		static TargetView of(TargetState state) {
			String text = switch (state.circuitBreaker()) {
				case OPEN -> "breaker open";
				case HALF_OPEN -> "on trial";
				case CLOSED -> (state.coolingDownUntil() != null) ? "cooling" : "usable";
			};
			return new TargetView(state.target().toString(), text, state.coolingDownUntil());
		}

		public boolean isUsable() {
			return "usable".equals(this.state);
		}

	}

}
