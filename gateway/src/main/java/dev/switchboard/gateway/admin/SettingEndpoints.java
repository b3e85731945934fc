package dev.switchboard.gateway.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import dev.switchboard.autoconfigure.RunTimeSettings;
import dev.switchboard.budget.BudgetReport;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.gateway.access.CallerAccess;
import dev.switchboard.gateway.security.ErrorWriter;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.HttpRequestHandler;

/**
 * The endpoints by which targets of routes, budgets and limits are seen and set.
 */
public final class SettingEndpoints {

	private final Map<String, HttpRequestHandler> handlers = new LinkedHashMap<>();

	/**
	 * Endpoints over an engine.
	 * @param engine has the routes and limits
	 * @param budgets tells how budgets stand
	 * @param settings where they are set
	 * @param callers tells who sends a request
	 * @param errors writes what is said instead of an answer
	 */
	public SettingEndpoints(RouteEngine engine, BudgetReport budgets, RunTimeSettings settings,
			Function<HttpServletRequest, CallerAccess> callers, ErrorWriter errors) {
		ChangeRequests changes = new ChangeRequests(callers);
		put("/routes",
				new SettingRequests(SettingRequests.Thing.ROUTE, new RouteList(engine, settings), settings, changes),
				errors);
		put("/budgets",
				new SettingRequests(SettingRequests.Thing.BUDGET, new BudgetList(budgets, settings), settings, changes),
				errors);
		put("/limits", new SettingRequests(SettingRequests.Thing.LIMIT, new LimitList(engine.limits(), settings),
				settings, changes), errors);
	}

	private void put(String path, SettingRequests requests, ErrorWriter errors) {
		this.handlers.put(AdminEndpoints.PREFIX + path, new AdminHandler(Map.of("GET", requests::list), errors));
		this.handlers.put(AdminEndpoints.PREFIX + path + "/{name}", new AdminHandler(
				Map.of("GET", requests::show, "PUT", requests::put, "DELETE", requests::delete), errors));
	}

	/**
	 * The endpoints.
	 * @return who handles requests, by path
	 */
	public Map<String, HttpRequestHandler> handlers() {
		return Map.copyOf(this.handlers);
	}

}
