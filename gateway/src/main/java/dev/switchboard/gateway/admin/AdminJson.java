package dev.switchboard.gateway.admin;

import java.io.IOException;

import dev.switchboard.cost.Money;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How answers look: names as the wires have them, money as a text that loses nothing.
 */
final class AdminJson {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	private AdminJson() {
	}

	static ObjectNode tree(Object answer) {
		return MAPPER.valueToTree(answer);
	}

	static void write(HttpServletResponse response, Object answer) throws IOException {
		byte[] body = MAPPER.writeValueAsBytes(answer);
		response.setContentType("application/json");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	/** An amount in dollars, without an exponent. */
	static String usd(Money amount) {
		return amount.usd().toPlainString();
	}

}
