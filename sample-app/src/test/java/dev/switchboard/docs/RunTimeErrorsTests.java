package dev.switchboard.docs;

import java.util.List;
import java.util.function.Consumer;

import dev.switchboard.ChatRoutes;
import dev.switchboard.call.RouteCallException;
import dev.switchboard.docs.Document.Block;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What the error guide shows of messages is what they are.
 */
class RunTimeErrorsTests {

	private static final String SUPPORT = """
			switchboard:
			  simulator: { enabled: true }
			  routes:
			    support: { targets: [openai/gpt-5.4, anthropic/claude-opus-4-7], policy: fast }
			""";

	@Test
	void aFailureThatStops() {
		verify((simulator) -> simulator.provider("openai")
			.fails(Fault.invalidRequest().code("invalid_value").message("temperature must be at most 2")));
	}

	@Test
	void nobodyLeft() {
		verify((simulator) -> {
			simulator.provider("openai").fails(Fault.serverError());
			simulator.provider("anthropic").fails(Fault.unauthorized());
		});
	}

	@Test
	void aRouteThatDoesNotExist() {
		Application.with(SUPPORT).run((context) -> {
			ChatRoutes routes = context.getBean(ChatRoutes.class);
			assertThat(documented()).contains(catchThrowable(() -> routes.client("suport")).getMessage());
		});
	}

	@Test
	void theTreeIsTheOneInTheCode() {
		String tree = documented().get(0);
		List<String> names = tree.lines().map((line) -> line.strip().split(" ")[0]).toList();

		assertThat(names.get(0)).isEqualTo(RouteCallException.class.getSimpleName());
		assertThat(names.subList(1, names.size())).containsExactlyInAnyOrderElementsOf(
				List.of(RouteCallException.class.getPermittedSubclasses()).stream().map(Class::getSimpleName).toList());
	}

	private static void verify(Consumer<Simulator> script) {
		Application.with(SUPPORT).run((context) -> {
			script.accept(context.getBean(Simulator.class));
			ChatRoutes routes = context.getBean(ChatRoutes.class);
			Throwable thrown = catchThrowable(() -> routes.client("support").prompt("Hi").call().content());
			assertThat(thrown).isInstanceOf(RouteCallException.class);
			assertThat(documented()).contains(thrown.getMessage());
		});
	}

	private static List<String> documented() {
		return Document.of("docs/errors.md").blocks("text").stream().map(Block::text).map(String::strip).toList();
	}

}
