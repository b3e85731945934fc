package dev.switchboard.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import dev.switchboard.policy.Backoff;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.policy.OnExhausted;
import dev.switchboard.policy.Reaction;
import dev.switchboard.policy.StreamCommit;
import dev.switchboard.policy.StreamResume;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyMapperTests {

	@Test
	void theBuiltInPoliciesAreThereAnyway() {
		policies(Map.of(),
				(policies) -> assertThat(policies.values()).containsExactlyElementsOf(BuiltInPolicies.all()));
	}

	@Test
	void whatIsLeftOutIsAsInStandard() {
		policies(Map.of("mine.max-retries", "4"), (policies) -> {
			FallbackPolicy mine = policies.get("mine");
			assertThat(mine.name()).isEqualTo("mine");
			assertThat(mine.maxRetries()).isEqualTo(4);
			assertThat(mine.timeouts()).isEqualTo(BuiltInPolicies.STANDARD.timeouts());
			assertThat(mine.reactions()).isEqualTo(BuiltInPolicies.STANDARD.reactions());
		});
	}

	@Test
	void whatIsLeftOutIsAsInThePolicyThatIsExtended() {
		policies(Map.of("mine.extends", "yours", "yours.extends", "careful", "yours.deadline", "90s"), (policies) -> {
			FallbackPolicy mine = policies.get("mine");
			assertThat(mine.timeouts().deadline()).isEqualTo(Duration.ofSeconds(90));
			assertThat(mine.onExhausted()).isEqualTo(new OnExhausted.Ask());
			assertThat(mine.streamResume()).isEqualTo(StreamResume.NEVER);
		});
	}

	@Test
	void strictStaysWithTheFirstTarget() {
		policies(Map.of("mine.extends", "strict"),
				(policies) -> assertThat(policies.get("mine").firstTargetOnly()).isTrue());
	}

	@Test
	void aBuiltInPolicyCanBeChanged() {
		policies(Map.of("careful.max-retries", "0", "mine.extends", "careful"), (policies) -> {
			assertThat(policies.get("careful").maxRetries()).isZero();
			assertThat(policies.get("careful").onExhausted()).isEqualTo(new OnExhausted.Ask());
			assertThat(policies.get("mine").maxRetries()).isZero();
		});
	}

	@Test
	void everySettingArrives() {
		policies(Map.ofEntries(Map.entry("mine.backoff.initial", "100ms"), Map.entry("mine.backoff.max", "1s"),
				Map.entry("mine.rate-limit-patience", "0s"), Map.entry("mine.attempt-timeout", "1m"),
				Map.entry("mine.first-token-timeout", "2s"), Map.entry("mine.idle-timeout", "3s"),
				Map.entry("mine.circuit-breaker.failure-rate", "30"),
				Map.entry("mine.circuit-breaker.sliding-window", "40"),
				Map.entry("mine.circuit-breaker.minimum-attempts", "5"),
				Map.entry("mine.circuit-breaker.open-for", "6s"), Map.entry("mine.circuit-breaker.trial-attempts", "7"),
				Map.entry("mine.on.content-refused", "fallback"), Map.entry("mine.stream.commit", "complete"),
				Map.entry("mine.stream.resume", "prefill"), Map.entry("mine.on-exhausted", "plan-b"),
				Map.entry("mine.hedge-after", "800ms")), (policies) -> {
					FallbackPolicy mine = policies.get("mine");
					assertThat(mine.backoff()).isEqualTo(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)));
					assertThat(mine.rateLimitPatience()).isZero();
					assertThat(mine.timeouts().attempt()).hasMinutes(1);
					assertThat(mine.timeouts().firstToken()).hasSeconds(2);
					assertThat(mine.timeouts().idle()).hasSeconds(3);
					assertThat(mine.circuitBreaker().failureRate()).isEqualTo(30);
					assertThat(mine.circuitBreaker().slidingWindow()).isEqualTo(40);
					assertThat(mine.circuitBreaker().minimumAttempts()).isEqualTo(5);
					assertThat(mine.circuitBreaker().openFor()).hasSeconds(6);
					assertThat(mine.circuitBreaker().trialAttempts()).isEqualTo(7);
					assertThat(mine.reactions()).containsEntry(FailureKind.CONTENT_REFUSED, Reaction.FALLBACK);
					assertThat(mine.streamCommit()).isEqualTo(StreamCommit.COMPLETE);
					assertThat(mine.streamResume()).isEqualTo(StreamResume.PREFILL);
					assertThat(mine.onExhausted()).isEqualTo(new OnExhausted.UseRoute("plan-b"));
					assertThat(mine.hedgeAfter()).hasMillis(800);
				});
	}

	private static void policies(Map<String, String> values, Consumer<Map<String, FallbackPolicy>> assertions) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		values.forEach((name, value) -> source.put("switchboard.policies." + name, value));
		SwitchboardProperties properties = new Binder(source).bindOrCreate("switchboard", SwitchboardProperties.class);
		Problems problems = new Problems();
		Map<String, FallbackPolicy> policies = new PolicyMapper(properties.policies(), problems).map();
		assertThat(problems.all()).isEmpty();
		assertions.accept(policies);
	}

}
