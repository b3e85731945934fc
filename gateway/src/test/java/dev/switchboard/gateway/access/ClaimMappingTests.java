package dev.switchboard.gateway.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.Caller;
import dev.switchboard.cost.ModelId;
import dev.switchboard.route.RouteName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ClaimMappingTests {

	private static final RouteName CHEAP = new RouteName("cheap-fast");

	private static final RouteName BEST = new RouteName("best-quality");

	@Test
	void theSubjectIsTheCallerAndTheFirstGroupIsHis() {
		CallerAccess access = access(Map.of("sub", "ada", "groups", List.of("research", "all"), "team", "other"));

		assertThat(access.caller()).isEqualTo(new Caller("ada", "research"));
	}

	@Test
	void withoutGroupsTheTeamIsTheGroup() {
		assertThat(access(Map.of("sub", "ada", "groups", List.of(), "team", "search")).caller().group())
			.isEqualTo("search");
	}

	@Test
	void nobodyNeedsAGroup() {
		assertThat(access(Map.of("sub", "ada")).caller().group()).isNull();
	}

	@Test
	void whoseTokenListsNothingMayUseEveryRouteAndNothingPastThem() {
		CallerAccess access = access(Map.of("sub", "ada"));

		assertThat(access.mayUse(CHEAP)).isTrue();
		assertThat(access.mayUse(new ModelId("openai", "gpt-5.4"))).isFalse();
		assertThat(access.mayPassThrough("openai")).isFalse();
	}

	@Test
	void whatAListNamesIsAllowedAndNothingElse() {
		CallerAccess access = access(Map.of("sub", "ada", "switchboard_routes", List.of("cheap-*")));

		assertThat(access.mayUse(CHEAP)).isTrue();
		assertThat(access.mayUse(BEST)).isFalse();
	}

	@Test
	void aTextNamesWordsWithSpacesBetween() {
		CallerAccess access = access(
				Map.of("sub", "ada", "switchboard_models", " openai/*  groq/* ", "switchboard_passthrough", "openai"));

		assertThat(access.models().patterns()).containsExactly("openai/*", "groq/*");
		assertThat(access.mayPassThrough("openai")).isTrue();
	}

	@Test
	void aClaimThatSaysNothingAllowsNothing() {
		Map<String, Object> claims = new HashMap<>(Map.of("sub", "ada", "switchboard_models", List.of()));
		claims.put("switchboard_routes", null);
		claims.put("switchboard_passthrough", " ");

		CallerAccess access = access(claims);

		assertThat(access.routes()).isEqualTo(Allowed.NOTHING);
		assertThat(access.models()).isEqualTo(Allowed.NOTHING);
		assertThat(access.passthrough()).isEqualTo(Allowed.NOTHING);
	}

	@Test
	void aClaimThatIsNoListIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> access(Map.of("sub", "ada", "switchboard_routes", 7)))
			.withMessageContaining("'switchboard_routes'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> access(Map.of("sub", "ada", "switchboard_routes", List.of("cheap-fast", ""))))
			.withMessageContaining("'switchboard_routes'");
	}

	@Test
	void aTokenOfNobodyIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> access(Map.of("sub", " ")))
			.withMessage("The claim 'sub' does not name the caller");
	}

	@Test
	void otherClaimsMayBeNamed() {
		CallerAccess otherwise = new CallerAccess(Caller.ANONYMOUS, Allowed.NOTHING, Allowed.NOTHING, Allowed.NOTHING);
		ClaimMapping mapping = new ClaimMapping("client_id", List.of("org"), "routes", "models", "native", "root",
				otherwise);

		CallerAccess access = mapping
			.access(Map.of("client_id", "robot", "org", "sales", "models", List.of("openai/gpt-5.4")));

		assertThat(access.caller()).isEqualTo(new Caller("robot", "sales"));
		assertThat(access.mayUse(CHEAP)).isFalse();
		assertThat(access.mayUse(new ModelId("openai", "gpt-5.4"))).isTrue();
	}

	private static CallerAccess access(Map<String, Object> claims) {
		return ClaimMapping.DEFAULT.access(claims);
	}

}
