package dev.switchboard.gateway.admin;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.switchboard.gateway.security.ErrorWriter;
import dev.switchboard.store.ledger.LedgerExport;
import dev.switchboard.store.ledger.LedgerReports;

import org.springframework.web.HttpRequestHandler;

/**
 * The reports for those who run the gateway, which have passed its security.
 */
public final class AdminEndpoints {

	/** What all paths of those who run the gateway begin with. */
	static final String PREFIX = "/switchboard/admin";

	private final Map<String, HttpRequestHandler> handlers = new LinkedHashMap<>();

	/**
	 * Endpoints over a ledger.
	 * @param reports answers questions
	 * @param export writes calls out
	 * @param errors writes what is said instead of an answer
	 * @param clock tells until when it is asked about
	 */
	public AdminEndpoints(LedgerReports reports, LedgerExport export, ErrorWriter errors, InstantSource clock) {
		put("/spend", new SpendReport(reports, clock), errors);
		put("/calls", new CallList(reports, clock), errors);
		put("/calls.csv", new CallExport("text/csv;charset=UTF-8", export::csv, clock), errors);
		put("/calls.jsonl", new CallExport("application/jsonl", export::jsonLines, clock), errors);
	}

	private void put(String path, AdminEndpoint endpoint, ErrorWriter errors) {
		this.handlers.put(PREFIX + path, new AdminHandler(Map.of("GET", endpoint), errors));
	}

	/**
	 * The endpoints.
	 * @return who handles requests, by path
	 */
	public Map<String, HttpRequestHandler> handlers() {
		return Map.copyOf(this.handlers);
	}

}
