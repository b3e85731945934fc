package dev.switchboard.engine;

import java.util.List;
import java.util.Map;

import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.RouteTable;
import dev.switchboard.route.RoutingRule;
import dev.switchboard.route.RulesRoute;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ToolCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.content.Media;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RulesRouteTests {

	private final Simulator simulator = Simulator.start();

	private final Routes routes = new Routes(this.simulator);

	private final SimulatedProvider provider = this.routes.provider("any", Wire.OPENAI);

	private final ChatClient auto = this.routes.route("cheap", BuiltInPolicies.STANDARD, "any/cheap")
		.route("vision", BuiltInPolicies.STANDARD, "any/vision")
		.route("long", BuiltInPolicies.STANDARD, "any/long")
		.route("best", BuiltInPolicies.STANDARD, "any/best")
		.route(new RulesRoute(new RouteName("big"), "",
				List.of(rule("inputTokens > 100000", "long"), rule(null, "best"))))
		.route(new RulesRoute(new RouteName("auto"), "",
				List.of(rule("images > 0", "vision"), rule("inputTokens > 5000", "big"),
						rule("caller.group == 'enterprise'", "best"), rule("tags['tier'] == 'gold'", "best"),
						rule(null, "cheap"))))
		.client("auto");

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@Test
	void withoutAReasonTheLastRuleHolds() {
		CallRecord record = record(this.auto.prompt("Hi"));

		assertThat(record.requestedRoute()).hasToString("auto");
		assertThat(record.route()).hasToString("cheap");
		assertThat(record.rule()).isEqualTo("route cheap");
		assertThat(record.answeredBy()).hasToString("any/cheap");
	}

	@Test
	void aPictureGoesToVision() {
		Media picture = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1, 2, 3 }));

		CallRecord record = record(this.auto.prompt().user((user) -> user.text("What is this?").media(picture)));

		assertThat(record.route()).hasToString("vision");
		assertThat(record.rule()).isEqualTo("when images > 0 route vision");
	}

	@Test
	void aLongPromptGoesThroughTwoRulesRoutes() {
		assertThat(record(this.auto.prompt("word ".repeat(10_000))).route()).hasToString("best");
		assertThat(record(this.auto.prompt("word ".repeat(150_000))).route()).hasToString("long");
	}

	@Test
	void theCallersGroupAndTagsCount() {
		assertThat(record(
				this.auto.prompt("Hi").options(RouteChatOptions.builder().caller(new Caller("ada", "enterprise"))))
			.route()).hasToString("best");
		assertThat(
				record(this.auto.prompt("Hi").options(RouteChatOptions.builder().tags(Map.of("tier", "gold")))).route())
			.hasToString("best");
	}

	@Test
	void aTurnStaysWithItsRouteUntilItsToolLoopEnds() {
		this.provider.answers((request) -> request.lastMessage().toolResults().isEmpty()
				? Answer.toolCalls(ToolCall.of("longText", "{}")) : Answer.text("Done"));

		String answer = this.auto.prompt("Hi").tools(new Librarian()).call().content();

		assertThat(answer).isEqualTo("Done");
		assertThat(this.routes.records()).extracting((call) -> call.route().value()).containsExactly("cheap", "cheap");
		assertThat(this.routes.records().get(1).rule()).isEqualTo("continues the turn");
	}

	@Test
	void rulesThatLeadInACircleAreRefused() {
		RouteTable circle = new RouteTable(List.of(new RulesRoute(new RouteName("one"), "", List.of(rule(null, "two"))),
				new RulesRoute(new RouteName("two"), "", List.of(rule(null, "one")))), null);

		assertThatIllegalArgumentException().isThrownBy(() -> this.routes.engine().replaceRoutes(circle))
			.withMessageContaining("circle");
	}

	@Test
	void aNewTableReachesClientsThatAreAlreadyThere() {
		ChatClient cheap = this.routes.client("cheap");
		assertThat(record(cheap.prompt("Hi")).answeredBy()).hasToString("any/cheap");

		this.routes.engine()
			.replaceRoutes(new RouteTable(List.of(new ModelRoute(new RouteName("cheap"), "",
					List.of(Target.of("any/cheaper")), BuiltInPolicies.STANDARD, null, Requirements.NONE)), null));

		assertThat(record(cheap.prompt("Hi")).answeredBy()).hasToString("any/cheaper");
	}

	private static CallRecord record(ChatClientRequestSpec request) {
		return CallRecord.of(request.call().chatResponse());
	}

	private static RoutingRule rule(String when, String route) {
		return new RoutingRule(when, new RouteName(route));
	}

	static class Librarian {

		@Tool(description = "Gives a long text")
		String longText() {
			return "word ".repeat(10_000);
		}

	}

}
