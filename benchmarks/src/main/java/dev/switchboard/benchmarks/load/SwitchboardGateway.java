package dev.switchboard.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * An application with our gateway, as one would run it: callers have keys, calls are
 * recorded and counted, and the models have prices.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SwitchboardGateway {

	/** The route whose answers take ten seconds. */
	static final String SLOW_ROUTE = "slow";

	/**
	 * Serves until it is ended.
	 * @param args the port, that of the stand-in, whether there is a ledger, and further
	 * properties, each as {@code --name=value}
	 */
	public static void main(String[] args) throws NoSuchAlgorithmException {
		Map<String, String> properties = new HashMap<>();
		String standIn = "http://127.0.0.1:" + args[1];
		properties.put("switchboard.providers.openai.base-url", standIn + "/v1");
		properties.put("switchboard.providers.openai.api-key", "sk-provider");
		properties.put("switchboard.providers.anthropic.base-url", standIn);
		properties.put("switchboard.providers.anthropic.api-key", "sk-provider");
		properties.put("switchboard.routes.bench.targets[0]", "openai/bench");
		properties.put("switchboard.routes.translated.targets[0]", "anthropic/bench");
		properties.put("switchboard.routes." + SLOW_ROUTE + ".targets[0]", "openai/" + StandIn.SLOW_MODEL);
		price(properties, 0, "openai/bench");
		price(properties, 1, "openai/" + StandIn.SLOW_MODEL);
		price(properties, 2, "anthropic/bench");
		properties.put("switchboard.ledger.enabled", args[2]);
		key(properties);
		SpringApplication application = new SpringApplication(SwitchboardGateway.class);
		application.setDefaultProperties(Servers.properties(args[0], properties));
		application.run(Arrays.copyOfRange(args, 3, args.length));
	}

	private static void price(Map<String, String> properties, int index, String model) {
		String prefix = "switchboard.catalog.models[" + index + "].";
		properties.put(prefix + "model", model);
		properties.put(prefix + "context-window", "200000");
		properties.put(prefix + "max-output-tokens", "64000");
		properties.put(prefix + "price.input", "3");
		properties.put(prefix + "price.output", "15");
	}

	private static void key(Map<String, String> properties) throws NoSuchAlgorithmException {
		byte[] hash = MessageDigest.getInstance("SHA-256").digest(Exchange.KEY.getBytes(StandardCharsets.UTF_8));
		String prefix = "switchboard.gateway.keys.bench.";
		properties.put(prefix + "hash", "{sha256}" + HexFormat.of().formatHex(hash));
		properties.put(prefix + "routes[0]", "*");
		properties.put(prefix + "models[0]", "*");
		properties.put(prefix + "passthrough[0]", "*");
	}

	@Bean
	MeterRegistry meters() {
		return new SimpleMeterRegistry();
	}

}
