package dev.switchboard.call;

import java.util.Map;

import dev.switchboard.route.RouteName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallSelectorTests {

	private static final Caller ANN = new Caller("ann", "search");

	private static final Caller BOB = new Caller("bob", null);

	private static final RouteName ROUTE = new RouteName("cheap-fast");

	@Test
	void oneThatAsksForNothingCountsEveryCallInOneAccount() {
		assertThat(holder(CallSelector.ALL, ANN, Map.of())).isEmpty();
		assertThat(holder(CallSelector.ALL, BOB, Map.of("a", "b"))).isEmpty();
	}

	@Test
	void everyPartHasToFit() {
		CallSelector selector = new CallSelector("ann", "search", "cheap-fast", null, Map.of("app", "mail"));
		assertThat(holder(selector, ANN, Map.of("app", "mail", "other", "x")))
			.isEqualTo("key=ann,team=search,route=cheap-fast,tag.app=mail");
		assertThat(holder(selector, ANN, Map.of("app", "web"))).isNull();
		assertThat(holder(selector, ANN, Map.of())).isNull();
		assertThat(holder(selector, new Caller("ann", "ads"), Map.of("app", "mail"))).isNull();
		assertThat(holder(selector, new Caller("joe", "search"), Map.of("app", "mail"))).isNull();
		assertThat(selector.holder(ANN, Map.of("app", "mail"), new RouteName("code"), null)).isNull();
	}

	@Test
	void aStarFitsAnyValueAndGivesEachItsOwnAccount() {
		CallSelector each = new CallSelector("*", null, null, null, Map.of());
		assertThat(holder(each, ANN, Map.of())).isEqualTo("key=ann");
		assertThat(holder(each, BOB, Map.of())).isEqualTo("key=bob");
	}

	@Test
	void aStarDoesNotFitWhatIsNotThere() {
		assertThat(holder(new CallSelector(null, "*", null, null, Map.of()), BOB, Map.of())).isNull();
		assertThat(holder(new CallSelector(null, null, null, null, Map.of("app", "*")), BOB, Map.of())).isNull();
	}

	@Test
	void aProviderFitsOnlyAnAttemptAtIt() {
		CallSelector selector = new CallSelector(null, null, null, "openai", Map.of());
		assertThat(selector.holder(ANN, Map.of(), ROUTE, "openai")).isEqualTo("provider=openai");
		assertThat(selector.holder(ANN, Map.of(), ROUTE, "groq")).isNull();
		assertThat(holder(selector, ANN, Map.of())).isNull();
	}

	@Test
	void nobodyCanWriteTheNameOfAnothersAccount() {
		CallSelector each = new CallSelector(null, null, null, null, Map.of("a", "*", "b", "*"));
		assertThat(holder(each, ANN, Map.of("a", "1,tag.b=2", "b", "3"))).isEqualTo("tag.a=1%2Ctag.b%3D2,tag.b=3");
		assertThat(holder(each, ANN, Map.of("a", "1%2Ctag.b%3D2", "b", "3")))
			.isNotEqualTo(holder(each, ANN, Map.of("a", "1,tag.b=2", "b", "3")));
	}

	private static String holder(CallSelector selector, Caller caller, Map<String, String> tags) {
		return selector.holder(caller, tags, ROUTE, null);
	}

}
