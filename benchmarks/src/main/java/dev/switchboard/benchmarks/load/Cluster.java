package dev.switchboard.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Nodes that are measured together, and what they share.
 */
enum Cluster {

	/** One node that keeps everything in its memory. */
	ALONE("one node, all in memory", 1, false, Budgets.ONE_FOR_EACH, true),

	/** One node with the same on servers. */
	ONE_NODE("one node, all on PostgreSQL and Redis", 1, true, Budgets.ONE_FOR_EACH, true),

	/** Three nodes that share a ledger only. */
	LEDGER("three nodes, ledger", 3, true, Budgets.NONE, false),

	/** Three nodes that share a ledger and limits. */
	LIMITS("three nodes, ledger and limits", 3, true, Budgets.NONE, true),

	/** Three nodes whose callers have budgets of their own. */
	BUDGETS("three nodes, ledger, limits, a budget for each of 12 callers", 3, true, Budgets.ONE_FOR_EACH, true),

	/** Three nodes all of whose callers spend of one budget. */
	ONE_BUDGET("three nodes, ledger, limits, one budget for all", 3, true, Budgets.ONE_FOR_ALL, true);

	private final String label;

	private final int nodes;

	private final boolean shared;

	private final Budgets budgets;

	private final boolean limits;

	Cluster(String label, int nodes, boolean shared, Budgets budgets, boolean limits) {
		this.label = label;
		this.nodes = nodes;
		this.shared = shared;
		this.budgets = budgets;
		this.limits = limits;
	}

	String label() {
		return this.label;
	}

	int nodes() {
		return this.nodes;
	}

	/** Whether its calls are in the database. */
	boolean isShared() {
		return this.shared;
	}

	List<String> properties(String postgres, String redis) {
		List<String> properties = new ArrayList<>();
		if (this.shared) {
			properties.add("--switchboard.store.url=" + postgres);
			properties.add("--switchboard.redis.url=" + redis);
			properties.add("--switchboard.redis.timeout=5s");
		}
		if (this.budgets != Budgets.NONE) {
			properties.add("--switchboard.budgets.bench.limit=1000000");
			properties.add("--switchboard.budgets.bench.per=day");
			if (this.budgets == Budgets.ONE_FOR_EACH) {
				properties.add("--switchboard.budgets.bench.for.tags.user=*");
			}
		}
		if (this.limits) {
			properties.add("--switchboard.limits.bench.for.tags.user=*");
			properties.add("--switchboard.limits.bench.requests=1000000");
			properties.add("--switchboard.limits.bench.tokens=1000000000");
		}
		return properties;
	}

	private enum Budgets {

		NONE, ONE_FOR_EACH, ONE_FOR_ALL

	}

}
