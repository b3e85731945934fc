package dev.switchboard.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.switchboard.budget.Budget;
import dev.switchboard.budget.BudgetListener;
import dev.switchboard.budget.BudgetStore;
import dev.switchboard.budget.Budgets;
import dev.switchboard.budget.InMemoryBudgetStore;
import dev.switchboard.cache.ResponseCache;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallListener;
import dev.switchboard.call.Caller;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.health.TargetHealth;
import dev.switchboard.limit.InMemoryLimitStore;
import dev.switchboard.limit.Limit;
import dev.switchboard.limit.LimitStore;
import dev.switchboard.limit.Limits;
import dev.switchboard.observation.AttemptObservations;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.RouteTable;
import dev.switchboard.rules.RuleEvaluator;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the calls of all routes. One engine serves an application; closing it ends the
 * connections to the targets and with them what is still under way, of which the
 * listeners are told before it returns.
 */
public final class RouteEngine implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RouteEngine.class);

	/**
	 * Calls whose connections have ended take milliseconds; models of others may hang.
	 */
	private static final Duration LAST_CALLS = Duration.ofSeconds(5);

	private final TargetClients targets;

	private final CallsUnderWay underWay = new CallsUnderWay();

	private volatile RouteResolver routes;

	private final RuleEvaluator rules;

	private final TargetHealth health;

	private final Limits limits;

	private final Budgets budgets;

	private final RouteExecutor executor;

	private final Set<String> policies;

	private final Metering metering;

	private final Alarms alarms;

	private final ExecutorService workers;

	private RouteEngine(Builder builder) {
		this.targets = builder.targets;
		this.rules = builder.rules;
		this.routes = new RouteResolver(builder.routes, builder.rules);
		this.health = new TargetHealth(builder.clock);
		this.workers = builder.targets.threads().create("switchboard-worker");
		this.alarms = new Alarms(this.workers);
		AnswerJudge judge = new AnswerJudge();
		Settlement settlement = new Settlement(builder.listeners, this.health, this.underWay);
		BudgetStore store = (builder.budgetStore != null) ? builder.budgetStore
				: new InMemoryBudgetStore(builder.clock);
		LimitStore limitStore = (builder.limitStore != null) ? builder.limitStore
				: new InMemoryLimitStore(builder.clock);
		this.limits = new Limits(builder.limits, limitStore, builder.clock);
		this.budgets = new Budgets(builder.budgets, store, builder.catalog, builder.clock, builder.budgetListeners);
		LimitGate limits = new LimitGate(this.limits);
		BudgetGate budgets = new BudgetGate(this.budgets, () -> this.routes);
		this.metering = new Metering(settlement, this.underWay, limits, budgets, builder.catalog, builder.observations,
				builder.clock, builder.nanoTime);
		Map<String, FallbackPolicy> policies = policiesByName(builder.policies);
		this.policies = policies.keySet();
		this.executor = new RouteExecutor(new Parts(() -> this.routes, policies, builder.callers,
				new TargetSelector(builder.catalog), this.health, limits, budgets,
				new AttemptRunner(builder.targets, builder.observations, builder.catalog, judge, this.alarms,
						this.workers, builder.nanoTime),
				judge, builder.cache, settlement, this.underWay, this.alarms, this.workers,
				builder.observations::current, builder.clock, builder.nanoTime));
	}

	/**
	 * Begins to put an engine together.
	 * @param routes the routes
	 * @param targets the clients of their targets; closed with the engine
	 * @return a builder
	 */
	public static Builder builder(RouteTable routes, TargetClients targets) {
		return new Builder(routes, targets);
	}

	/**
	 * A route as a Spring AI model. The route is looked up at each call, so that the
	 * model follows {@link #replaceRoutes changes} of the table.
	 * @param route the route's name
	 * @return the model
	 * @throws dev.switchboard.route.UnknownRouteException if there is no such route now
	 */
	public RouteChatModel model(RouteName route) {
		routes().get(route);
		return new RouteChatModel(new RequestedRoute.Named(route), this.executor);
	}

	/**
	 * A route that stands in no table, as a Spring AI model: for a caller who brings his
	 * own targets.
	 * @param route the route; its name needs to be nobody's
	 * @return the model
	 */
	public RouteChatModel model(ModelRoute route) {
		return new RouteChatModel(new RequestedRoute.Given(route), this.executor);
	}

	/**
	 * The routes as they stand now.
	 * @return the table
	 */
	public RouteTable routes() {
		return this.routes.table();
	}

	/**
	 * Replaces all routes at once. Calls under way end with the routes that they began
	 * with.
	 * @param table the new routes
	 * @throws IllegalArgumentException if the rules of the new routes lead in a circle
	 */
	public void replaceRoutes(RouteTable table) {
		this.routes = new RouteResolver(table, this.rules);
	}

	/**
	 * The policies that a single call may name.
	 * @return their names
	 */
	public Set<String> policies() {
		return this.policies;
	}

	/**
	 * Begins a call that somebody else makes, past any route: it is observed, priced and
	 * told to the listeners like every other. In its record both routes are
	 * {@code passthrough}, and it has one attempt. No policy, breaker or cooldown is
	 * asked.
	 * @param target the provider and model that are called
	 * @param context who calls
	 * @param streamed whether a streamed answer was asked for
	 * @param inputTokens the estimated input tokens, for a call that ends before anybody
	 * counted them; 0 if there is no telling
	 * @return the call, to be ended once
	 * @throws dev.switchboard.call.BudgetExceededException if a budget does not admit it
	 * @throws dev.switchboard.call.BudgetUnavailableException if a budget can't be asked
	 * @throws dev.switchboard.call.RateLimitExceededException if a limit does not admit
	 * it
	 */
	public MeteredCall meter(ModelId target, CallContext context, boolean streamed, int inputTokens) {
		return this.metering.begin(target, context, streamed, inputTokens, true);
	}

	/**
	 * As {@link #meter}, for a request that nobody is billed for, such as for a list: no
	 * budget and no limit is asked.
	 * @param target the provider and model that are called
	 * @param context who calls
	 * @return the call, to be ended once
	 */
	public MeteredCall meterFree(ModelId target, CallContext context) {
		return this.metering.begin(target, context, false, 0, false);
	}

	/**
	 * The budgets, which may be replaced.
	 * @return the budgets
	 */
	public Budgets budgets() {
		return this.budgets;
	}

	/**
	 * The limits, which may be replaced.
	 * @return the limits
	 */
	public Limits limits() {
		return this.limits;
	}

	/**
	 * How the targets stand.
	 * @return their health
	 */
	public TargetHealth health() {
		return this.health;
	}

	@Override
	public void close() {
		this.targets.close();
		this.workers.shutdownNow();
		int left = this.underWay.awaitNone(LAST_CALLS);
		if (left > 0) {
			log.warn("Calls did not end with the connections to their targets; they are recorded nowhere calls={}",
					left);
		}
		this.alarms.close();
	}

	private static Map<String, FallbackPolicy> policiesByName(List<FallbackPolicy> own) {
		Map<String, FallbackPolicy> policies = new HashMap<>();
		BuiltInPolicies.all().forEach((policy) -> policies.put(policy.name(), policy));
		own.forEach((policy) -> policies.put(policy.name(), policy));
		return Map.copyOf(policies);
	}

	/** What an executor works with. */
	record Parts(Supplier<RouteResolver> routes, Map<String, FallbackPolicy> policies, Supplier<Caller> callers,
			TargetSelector selector, TargetHealth health, LimitGate limits, BudgetGate budgets, AttemptRunner runner,
			AnswerJudge judge, @Nullable ResponseCache cache, Settlement settlement, CallsUnderWay underWay,
			Alarms alarms, ExecutorService workers, Supplier<@Nullable Observation> currentObservation,
			InstantSource clock, LongSupplier nanoTime) {
	}

	/**
	 * Puts an engine together.
	 */
	public static final class Builder {

		private final RouteTable routes;

		private final TargetClients targets;

		private final List<FallbackPolicy> policies = new ArrayList<>();

		private final List<CallListener> listeners = new ArrayList<>();

		private ModelCatalog catalog = ModelCatalog.EMPTY;

		private RuleEvaluator rules = new RuleEvaluator();

		private @Nullable ResponseCache cache;

		private final List<Budget> budgets = new ArrayList<>();

		private @Nullable BudgetStore budgetStore;

		private final List<Limit> limits = new ArrayList<>();

		private @Nullable LimitStore limitStore;

		private final List<BudgetListener> budgetListeners = new ArrayList<>();

		private AttemptObservations observations = AttemptObservations.NOOP;

		private Supplier<Caller> callers = () -> Caller.ANONYMOUS;

		private InstantSource clock = InstantSource.system();

		private LongSupplier nanoTime = System::nanoTime;

		private Builder(RouteTable routes, TargetClients targets) {
			this.routes = routes;
			this.targets = targets;
		}

		/**
		 * Adds policies that a single call may name, beside the built-in ones.
		 * @param policies the policies
		 * @return this builder
		 */
		public Builder policies(List<FallbackPolicy> policies) {
			this.policies.addAll(policies);
			return this;
		}

		/**
		 * Sets what is known of the models; by default nothing.
		 * @param catalog the catalog
		 * @return this builder
		 */
		public Builder catalog(ModelCatalog catalog) {
			this.catalog = catalog;
			return this;
		}

		/**
		 * Sets what evaluates the rules of routes that pick a route.
		 * @param rules the evaluator
		 * @return this builder
		 */
		public Builder rules(RuleEvaluator rules) {
			this.rules = rules;
			return this;
		}

		/**
		 * Sets what remembers answers; by default nothing does, whatever the routes say.
		 * @param cache the cache
		 * @return this builder
		 */
		public Builder cache(ResponseCache cache) {
			this.cache = cache;
			return this;
		}

		/**
		 * Adds budgets, in which every call counts that their selectors fit.
		 * @param budgets the budgets
		 * @return this builder
		 */
		public Builder budgets(List<Budget> budgets) {
			this.budgets.addAll(budgets);
			return this;
		}

		/**
		 * Sets what keeps the spent part of budgets; by default the memory of this
		 * process.
		 * @param store the store
		 * @return this builder
		 */
		public Builder budgetStore(BudgetStore store) {
			this.budgetStore = store;
			return this;
		}

		/**
		 * Adds those who hear of what happens to budgets.
		 * @param listeners the listeners
		 * @return this builder
		 */
		public Builder budgetListeners(List<? extends BudgetListener> listeners) {
			this.budgetListeners.addAll(listeners);
			return this;
		}

		/**
		 * Adds limits, in which every call counts that their selectors fit.
		 * @param limits the limits
		 * @return this builder
		 */
		public Builder limits(List<Limit> limits) {
			this.limits.addAll(limits);
			return this;
		}

		/**
		 * Sets what keeps what is left of limits; by default the memory of this process.
		 * @param store the store
		 * @return this builder
		 */
		public Builder limitStore(LimitStore store) {
			this.limitStore = store;
			return this;
		}

		/**
		 * Adds those who hear of every call once it has ended.
		 * @param listeners the listeners
		 * @return this builder
		 */
		public Builder listeners(List<? extends CallListener> listeners) {
			this.listeners.addAll(listeners);
			return this;
		}

		/**
		 * Sets what observes the attempts; by default nothing does.
		 * @param observations the observations
		 * @return this builder
		 */
		public Builder attemptObservations(AttemptObservations observations) {
			this.observations = observations;
			return this;
		}

		/**
		 * Sets who is charged for calls that don't say so themselves; by default
		 * {@link Caller#ANONYMOUS}.
		 * @param callers is asked on the thread that begins the call
		 * @return this builder
		 */
		public Builder callers(Supplier<Caller> callers) {
			this.callers = callers;
			return this;
		}

		/**
		 * Sets the clocks; by default the system's.
		 * @param clock tells the time, for records and cooldowns
		 * @param nanoTime counts nanoseconds, for latencies and timeouts
		 * @return this builder
		 */
		public Builder clocks(InstantSource clock, LongSupplier nanoTime) {
			this.clock = clock;
			this.nanoTime = nanoTime;
			return this;
		}

		/**
		 * Puts the engine together.
		 * @return the engine
		 * @throws IllegalArgumentException if the rules of the routes lead in a circle or
		 * can't be read
		 */
		public RouteEngine build() {
			return new RouteEngine(this);
		}

	}

}
