package dev.switchboard.sample.demo;

import java.time.Duration;
import java.util.List;

import dev.switchboard.ChatRoutes;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.sample.simulated.SimulatedProviders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Asks simulated providers once, on each wire, before the first visitor does, and then
 * says where the page and the gateway are. To load the classes of three clients takes a
 * slow machine longer than the demo's timeouts allow.
 */
@Component
class DemoStart implements ApplicationRunner {

	private static final Logger log = LoggerFactory.getLogger(DemoStart.class);

	private static final List<String> ONE_ROUTE_PER_WIRE = List.of("cheap-fast", "best-quality", "long-context");

	private final ChatRoutes routes;

	private final Board board;

	private final SimulatedProviders simulated;

	private final Environment environment;

	DemoStart(ChatRoutes routes, Board board, SimulatedProviders simulated, Environment environment) {
		this.routes = routes;
		this.board = board;
		this.simulated = simulated;
		this.environment = environment;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		if (this.board.isSimulated()) {
			ONE_ROUTE_PER_WIRE.forEach(this::ask);
			this.board.reset();
		}
		if (this.simulated.areThere()) {
			log.info("The simulated OpenAI itself, to compare with, is at {}", this.simulated.baseUrl("openai"));
		}
		String port = this.environment.getProperty("local.server.port");
		log.info("The demo is at http://localhost:{}/", port);
		log.info("The gateway is at http://localhost:{}/v1 for OpenAI clients and at http://localhost:{}/anthropic for "
				+ "Anthropic's; a route is a model", port, port);
	}

	private void ask(String route) {
		try {
			this.routes.client(route)
				.prompt("Good morning")
				// The built-in policy: one target, and more patience than the demo's own.
				.options(RouteChatOptions.builder().policy("strict"))
				.stream()
				.content()
				.blockFirst(Duration.ofSeconds(20));
		}
		catch (RuntimeException ex) {
			log.debug("No answer yet route={}", route, ex);
		}
	}

}
