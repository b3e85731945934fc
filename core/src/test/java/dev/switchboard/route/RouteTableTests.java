package dev.switchboard.route;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelId;
import dev.switchboard.policy.BuiltInPolicies;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RouteTableTests {

	private final Route fast = route("cheap-fast");

	private final Route best = route("best-quality");

	@Test
	void routesAreFoundByNameAndKeepTheirOrder() {
		RouteTable table = new RouteTable(List.of(this.fast, this.best), this.best.name());

		assertThat(table.get("best-quality")).isEqualTo(this.best);
		assertThat(table.names()).extracting(RouteName::value).containsExactly("cheap-fast", "best-quality");
		assertThat(table.defaultRoute()).isEqualTo(this.best.name());
	}

	@Test
	void anUnknownRouteIsNamedTogetherWithTheKnownOnes() {
		RouteTable table = new RouteTable(List.of(this.fast, this.best), null);

		assertThatExceptionOfType(UnknownRouteException.class).isThrownBy(() -> table.get("cheap"))
			.withMessage("There is no route 'cheap'. The routes are [cheap-fast, best-quality].");
	}

	@Test
	void twoRoutesOfOneNameAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RouteTable(List.of(this.fast, this.fast), null))
			.withMessage("Two routes are named 'cheap-fast'");
	}

	@Test
	void theDefaultRouteMustExist() {
		assertThatExceptionOfType(UnknownRouteException.class)
			.isThrownBy(() -> new RouteTable(List.of(this.fast), this.best.name()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Cheap", "cheap_fast", "cheap--fast", "-cheap", "cheap-", "gpt 4", "gpt-4.1" })
	void aRouteNameIsMadeOfWordsAndDashes(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new RouteName(name))
			.withMessageContaining("'" + name + "'");
	}

	@Test
	void theLastRuleMustHoldAlways() {
		RoutingRule conditional = new RoutingRule("images > 0", this.fast.name());

		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RulesRoute(new RouteName("auto"), "", List.of(conditional)))
			.withMessageContaining("'auto'");
	}

	@Test
	void aRouteNeedsATarget() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ModelRoute(new RouteName("empty"), "", List.of(), BuiltInPolicies.STANDARD, null,
					Requirements.NONE))
			.withMessage("Route 'empty' has no target");
	}

	@Test
	void aTargetRefusesATimeoutOfNothing() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Target(ModelId.parse("openai/gpt-5.4"), Duration.ZERO, Map.of()));
	}

	@Test
	void requirementsTellEverythingThatAModelMisses() {
		ModelCard small = new ModelCard(8_000, 1_000, Set.of(Modality.TEXT), false, false, false, false, null, "test",
				LocalDate.EPOCH);
		Requirements all = new Requirements(100_000, Set.of(Modality.IMAGE), Set.of(Modality.AUDIO), true, true, true);

		assertThat(all.missedBy(small)).containsExactly("a context window of 100000 tokens (it has 8000)",
				"image input", "audio output", "tools", "parallel tools (nothing is known of them)",
				"structured output");
		assertThat(Requirements.NONE.missedBy(small)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "true,", "false, parallel tools", ", parallel tools (nothing is known of them)" })
	void onlyWhoIsKnownToCallSeveralToolsMeetsThatRequirement(@Nullable Boolean known, @Nullable String missed) {
		ModelCard card = new ModelCard(null, null, Set.of(Modality.TEXT), Set.of(Modality.TEXT), true, known, false,
				false, false, null, null, "test", LocalDate.EPOCH);

		assertThat(new Requirements(0, Set.of(), Set.of(), false, true, false).missedBy(card))
			.isEqualTo((missed != null) ? List.of(missed) : List.of());
	}

	private static Route route(String name) {
		return new ModelRoute(new RouteName(name), "", List.of(Target.of("openai/gpt-5.4")), BuiltInPolicies.STANDARD,
				null, Requirements.NONE);
	}

}
