package dev.switchboard.sample.examples;

import java.time.LocalDate;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.stereotype.Component;

/**
 * What the assistant can look up.
 */
@Component
class OrderTools {

	private final Map<String, Order> orders = Map.of("1001", new Order("1001", "shipped", LocalDate.of(2026, 12, 3)),
			"1002", new Order("1002", "waiting for payment", LocalDate.of(2026, 12, 9)));

	@Tool(description = "Looks up the status and the expected day of delivery of an order")
	Order orderStatus(@ToolParam(description = "the number of the order, four digits") String orderNumber) {
		return this.orders.getOrDefault(orderNumber, new Order(orderNumber, "unknown", null));
	}

	record Order(String orderNumber, String status, @Nullable LocalDate delivery) {

	}

}
