package dev.switchboard.gateway.access;

import java.util.List;

import dev.switchboard.call.Caller;
import dev.switchboard.cost.ModelId;
import dev.switchboard.route.RouteName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TeamTests {

	private static final Allowed CHEAP = new Allowed(List.of("cheap-*", "auto"));

	@Test
	void aMemberReachesWhatBothAllow() {
		Team team = new Team("search", CHEAP, new Allowed(List.of("openai/*")), Allowed.NOTHING, false);
		CallerAccess member = team.limit(new CallerAccess(new Caller("ann", "search"),
				new Allowed(List.of("*-fast", "auto", "best")), Allowed.EVERYTHING, Allowed.EVERYTHING, true));

		assertThat(member.mayUse(new RouteName("cheap-fast"))).isTrue();
		assertThat(member.mayUse(new RouteName("auto"))).isTrue();
		assertThat(member.mayUse(new RouteName("cheap-slow"))).as("his own").isFalse();
		assertThat(member.mayUse(new RouteName("very-fast"))).as("the team's").isFalse();
		assertThat(member.mayUse(new RouteName("best"))).isFalse();
		assertThat(member.mayUse(ModelId.parse("openai/gpt-5.4"))).isTrue();
		assertThat(member.mayUse(ModelId.parse("groq/x"))).isFalse();
		assertThat(member.mayPassThrough("openai")).isFalse();
		assertThat(member.admin()).isTrue();
		assertThat(member.caller()).isEqualTo(new Caller("ann", "search"));
	}

	@Test
	void nothingStaysNothing() {
		assertThat(Allowed.NOTHING.within(Allowed.EVERYTHING).includes("auto")).isFalse();
		assertThat(Allowed.EVERYTHING.within(Allowed.NOTHING).includes("auto")).isFalse();
		assertThat(Allowed.NOTHING.within(CHEAP).includes("auto")).isFalse();
	}

	@Test
	void severalLimitsHoldTogether() {
		Allowed twice = Allowed.EVERYTHING.within(CHEAP).within(new Allowed(List.of("*-fast")));
		assertThat(twice.includes("cheap-fast")).isTrue();
		assertThat(twice.includes("cheap-slow")).isFalse();
		assertThat(twice.includes("very-fast")).isFalse();
		Allowed thrice = twice.within(new Allowed(List.of("c*")).within(new Allowed(List.of("*t"))));
		assertThat(thrice.includes("cheap-fast")).isTrue();
		assertThat(twice.within(new Allowed(List.of("auto"))).includes("cheap-fast")).isFalse();
	}

}
