package dev.switchboard.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.autoconfigure.SwitchboardProperties.Policy;
import dev.switchboard.policy.Backoff;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.policy.CircuitBreakerSettings;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.policy.OnExhausted;
import dev.switchboard.policy.Reaction;
import dev.switchboard.policy.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * Makes the policies out of the properties: the built-in ones and those of the
 * application, each on top of the one that it extends.
 */
final class PolicyMapper {

	private final Map<String, Policy> properties;

	private final Problems problems;

	private final Map<String, FallbackPolicy> policies = new LinkedHashMap<>();

	private final List<String> path = new ArrayList<>();

	PolicyMapper(Map<String, Policy> properties, Problems problems) {
		this.properties = properties;
		this.problems = problems;
	}

	Map<String, FallbackPolicy> map() {
		BuiltInPolicies.all().forEach((policy) -> this.policies.put(policy.name(), policy));
		this.properties.keySet().forEach(this.policies::remove);
		this.properties.keySet().forEach(this::resolve);
		Map<String, FallbackPolicy> inOrder = new LinkedHashMap<>();
		names().forEach((name) -> inOrder.put(name, resolve(name)));
		return Collections.unmodifiableMap(inOrder);
	}

	private FallbackPolicy resolve(String name) {
		FallbackPolicy known = this.policies.get(name);
		Policy own = this.properties.get(name);
		if (known != null || own == null) {
			return either(known, BuiltInPolicies.STANDARD);
		}
		this.path.add(name);
		FallbackPolicy policy = extend(name, own);
		this.path.remove(name);
		this.policies.put(name, policy);
		return policy;
	}

	private FallbackPolicy parent(String name, @Nullable String parent) {
		FallbackPolicy builtIn = builtIn(name);
		if (parent == null || (parent.equals(name) && builtIn != null)) {
			return (builtIn != null) ? builtIn : resolve(BuiltInPolicies.STANDARD.name());
		}
		String property = property(name) + ".extends";
		if (this.path.contains(parent)) {
			List<String> cycle = new ArrayList<>(this.path.subList(this.path.indexOf(parent), this.path.size()));
			cycle.add(parent);
			this.problems.add(property, "closes a cycle of policies, " + String.join(" -> ", cycle),
					"extend another policy, such as 'standard'");
			return BuiltInPolicies.STANDARD;
		}
		if (!this.properties.containsKey(parent) && builtIn(parent) == null) {
			this.problems.add(property, "names policy '" + parent + "', but the policies are " + names(),
					"use one of these, or add 'switchboard.policies." + parent + "'");
			return BuiltInPolicies.STANDARD;
		}
		return resolve(parent);
	}

	List<String> names() {
		List<String> names = new ArrayList<>(BuiltInPolicies.all().stream().map(FallbackPolicy::name).toList());
		this.properties.keySet().stream().filter((name) -> !names.contains(name)).forEach(names::add);
		return names;
	}

	private FallbackPolicy extend(String name, Policy policy) {
		FallbackPolicy parent = parent(name, policy.parent());
		Map<FailureKind, Reaction> reactions = new EnumMap<>(FailureKind.class);
		reactions.putAll(parent.reactions());
		reactions.putAll(policy.onAsYamlReadsIt());
		reactions.putAll(policy.on());
		String property = property(name);
		return new FallbackPolicy(name, maxRetries(policy.maxRetries(), parent.maxRetries()),
				backoff(property, policy.backoff(), parent.backoff()),
				patience(property, policy.rateLimitPatience(), parent.rateLimitPatience()),
				timeouts(property, policy, parent.timeouts()),
				circuitBreaker(property, policy.circuitBreaker(), parent.circuitBreaker()), reactions,
				parent.firstTargetOnly(), either(policy.stream().commit(), parent.streamCommit()),
				either(policy.stream().resume(), parent.streamResume()),
				onExhausted(policy.onExhausted(), parent.onExhausted()),
				hedgeAfter(property, policy.hedgeAfter(), parent.hedgeAfter()));
	}

	private @Nullable Duration hedgeAfter(String property, @Nullable Duration own, @Nullable Duration inherited) {
		Duration positive = this.problems.positive(property + ".hedge-after", own);
		return (positive != null) ? positive : inherited;
	}

	// A negative number has been reported by the validation.
	private int maxRetries(@Nullable Integer own, int inherited) {
		return (own != null && own >= 0) ? own : inherited;
	}

	private Backoff backoff(String property, SwitchboardProperties.Backoff own, Backoff inherited) {
		Duration initial = positive(property + ".backoff.initial", own.initial(), inherited.initial());
		Duration max = positive(property + ".backoff.max", own.max(), inherited.max());
		Backoff backoff = this.problems.check(property + ".backoff", "change 'initial' or 'max'",
				() -> new Backoff(initial, max));
		return either(backoff, inherited);
	}

	private Duration patience(String property, @Nullable Duration own, Duration inherited) {
		if (own != null && own.isNegative()) {
			this.problems.add(property + ".rate-limit-patience", "is " + own + ", which is negative",
					"use '0s' for no patience at all");
		}
		return (own != null && !own.isNegative()) ? own : inherited;
	}

	private Timeouts timeouts(String property, Policy own, Timeouts inherited) {
		return new Timeouts(positive(property + ".attempt-timeout", own.attemptTimeout(), inherited.attempt()),
				positive(property + ".first-token-timeout", own.firstTokenTimeout(), inherited.firstToken()),
				positive(property + ".idle-timeout", own.idleTimeout(), inherited.idle()),
				positive(property + ".deadline", own.deadline(), inherited.deadline()));
	}

	private CircuitBreakerSettings circuitBreaker(String property, SwitchboardProperties.CircuitBreaker own,
			CircuitBreakerSettings inherited) {
		Duration openFor = positive(property + ".circuit-breaker.open-for", own.openFor(), inherited.openFor());
		CircuitBreakerSettings breaker = this.problems.check(property + ".circuit-breaker",
				"change the number that is too large or too small",
				() -> new CircuitBreakerSettings(either(own.failureRate(), inherited.failureRate()),
						either(own.slidingWindow(), inherited.slidingWindow()),
						either(own.minimumAttempts(), inherited.minimumAttempts()), openFor,
						either(own.trialAttempts(), inherited.trialAttempts())));
		return either(breaker, inherited);
	}

	private static OnExhausted onExhausted(@Nullable String own, OnExhausted inherited) {
		if (own == null) {
			return inherited;
		}
		return switch (own) {
			case "fail" -> new OnExhausted.Fail();
			case "ask" -> new OnExhausted.Ask();
			default -> new OnExhausted.UseRoute(own);
		};
	}

	private Duration positive(String property, @Nullable Duration own, Duration inherited) {
		Duration positive = this.problems.positive(property, own);
		return (positive != null) ? positive : inherited;
	}

	private static <T> T either(@Nullable T own, T inherited) {
		return (own != null) ? own : inherited;
	}

	private static @Nullable FallbackPolicy builtIn(String name) {
		return BuiltInPolicies.all().stream().filter((policy) -> policy.name().equals(name)).findFirst().orElse(null);
	}

	private static String property(String name) {
		return "switchboard.policies." + name;
	}

}
