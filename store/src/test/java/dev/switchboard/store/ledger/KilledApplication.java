package dev.switchboard.store.ledger;

import java.io.PrintStream;

import dev.switchboard.ChatRoutes;
import dev.switchboard.autoconfigure.SwitchboardAutoConfiguration;
import dev.switchboard.autoconfigure.SwitchboardSimulatorAutoConfiguration;
import dev.switchboard.call.CallRecord;
import dev.switchboard.store.Child;
import dev.switchboard.store.autoconfigure.LedgerAutoConfiguration;
import dev.switchboard.store.autoconfigure.StoreAutoConfiguration;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application that calls a simulated provider for ever and prints the identifier of
 * each call that was answered. It is meant to be killed.
 */
@SpringBootConfiguration
@ImportAutoConfiguration({ ChatClientAutoConfiguration.class, SwitchboardAutoConfiguration.class,
		SwitchboardSimulatorAutoConfiguration.class, StoreAutoConfiguration.class, LedgerAutoConfiguration.class })
class KilledApplication {

	static final String ANSWERED = "answered ";

	private static final int CALLERS = 4;

	public static void main(String[] arguments) {
		Child.endWithParent();
		PrintStream out = System.out;
		ConfigurableApplicationContext context = new SpringApplicationBuilder(KilledApplication.class)
			.properties("spring.main.banner-mode=off", "logging.level.root=warn", "switchboard.simulator.enabled=true",
					"switchboard.routes.support.targets[0]=openai/gpt-5.4")
			.run(arguments);
		ChatClient client = context.getBean(ChatRoutes.class).client("support");
		for (int i = 0; i < CALLERS; i++) {
			new Thread(() -> callForEver(client, out)).start();
		}
	}

	private static void callForEver(ChatClient client, PrintStream out) {
		while (true) {
			CallRecord record = CallRecord.of(client.prompt("Hi").call().chatResponse());
			if (record == null) {
				throw new IllegalStateException("A route's answer has a record");
			}
			out.println(ANSWERED + record.id());
		}
	}

}
