package dev.switchboard.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import dev.switchboard.budget.BudgetScope;
import dev.switchboard.cache.CacheKey;
import dev.switchboard.cache.CacheRequest;
import dev.switchboard.cache.CachedCall;
import dev.switchboard.cache.ResponseCache;
import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.CallOutcome;
import dev.switchboard.call.CallRecord;
import dev.switchboard.call.Caller;
import dev.switchboard.call.RouteCallException;
import dev.switchboard.call.TargetsExhaustedException;
import dev.switchboard.call.UserDecisionRequiredException;
import dev.switchboard.health.TargetHealth;
import dev.switchboard.options.Answers;
import dev.switchboard.options.ToolLoop;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.policy.OnExhausted;
import dev.switchboard.relay.PromptView;
import dev.switchboard.relay.RelayPrompt;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.RouteName;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Takes a call from its beginning to its end: which route, remembered or not, the
 * attempts, the record.
 */
final class RouteExecutor {

	private static final RandomGenerator JITTER = () -> ThreadLocalRandom.current().nextLong();

	private final Supplier<RouteResolver> routes;

	private final Map<String, FallbackPolicy> policies;

	private final Supplier<Caller> callers;

	private final TargetSelector selector;

	private final TargetHealth health;

	private final LimitGate limits;

	private final BudgetGate budgets;

	private final AttemptRunner runner;

	private final AnswerJudge judge;

	private final @Nullable ResponseCache cache;

	private final Settlement settlement;

	private final CallsUnderWay underWay;

	private final Alarms alarms;

	private final ExecutorService workers;

	private final Supplier<@Nullable Observation> currentObservation;

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	RouteExecutor(RouteEngine.Parts parts) {
		this.routes = parts.routes();
		this.policies = parts.policies();
		this.callers = parts.callers();
		this.selector = parts.selector();
		this.health = parts.health();
		this.limits = parts.limits();
		this.budgets = parts.budgets();
		this.runner = parts.runner();
		this.judge = parts.judge();
		this.cache = parts.cache();
		this.settlement = parts.settlement();
		this.underWay = parts.underWay();
		this.alarms = parts.alarms();
		this.workers = parts.workers();
		this.currentObservation = parts.currentObservation();
		this.clock = parts.clock();
		this.nanoTime = parts.nanoTime();
	}

	ChatResponse call(RequestedRoute requested, Prompt prompt) {
		CallInProgress call = begin(requested, prompt, false, BudgetScope.current());
		Observation parent = this.currentObservation.get();
		this.underWay.begin();
		try {
			letBegin(call);
			CacheRequest request = cacheRequest(call);
			return (this.cache != null && request != null) ? remembered(call, this.cache, request, parent)
					: attempts(call, parent);
		}
		catch (RouteCallException ex) {
			this.settlement.failed(call, ex);
			throw ex;
		}
		finally {
			this.underWay.end();
		}
	}

	private ChatResponse remembered(CallInProgress call, ResponseCache remembering, CacheRequest request,
			@Nullable Observation parent) {
		try {
			CachedCall cached = remembering.call(request, () -> attempts(call, parent));
			if (call.hasEnded()) {
				return cached.response();
			}
			call.cache(cached.outcome());
			return this.settlement.answeredFromMemory(call, cached.response());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure(call, new CallEnded(new CallOutcome.Cancelled(), false));
		}
		catch (TimeoutException ex) {
			throw failure(call, new CallEnded(new CallOutcome.Exhausted(true), false));
		}
	}

	Flux<ChatResponse> stream(RequestedRoute requested, Prompt prompt) {
		return Flux.deferContextual((context) -> {
			CallInProgress call = begin(requested, prompt, true, BudgetScope.current(context));
			try {
				letBegin(call);
			}
			catch (RouteCallException ex) {
				this.settlement.failed(call, ex);
				throw ex;
			}
			CacheRequest request = cacheRequest(call);
			Flux<ChatResponse> chunks = (this.cache != null && request != null)
					? rememberedStream(call, this.cache, request) : told(call, streamedAttempts(call));
			return (call.prompt() instanceof RelayPrompt relayed) ? announced(call, relayed, chunks) : chunks;
		});
	}

	/** Whoever answers over HTTP has to send his headers before the first chunk. */
	private static Flux<ChatResponse> announced(CallInProgress call, RelayPrompt relayed, Flux<ChatResponse> chunks) {
		AtomicBoolean begun = new AtomicBoolean();
		return chunks.doOnNext((chunk) -> {
			if (!begun.getPlain()) {
				begun.setPlain(true);
				relayed.request().begins(call.progress(ResponseCache.answeredBy(chunk)));
			}
		});
	}

	private Flux<ChatResponse> told(CallInProgress call, Flux<ChatResponse> chunks) {
		return chunks.doOnError(RouteCallException.class, (ex) -> this.settlement.failed(call, ex));
	}

	private Flux<ChatResponse> rememberedStream(CallInProgress call, ResponseCache remembering, CacheRequest request) {
		// A caller who left is not there to tell of a failure, unless an older answer may
		// yet make it good.
		boolean mayBeMadeGood = !request.settings().staleIfError().isZero();
		return remembering
			.stream(request, () -> mayBeMadeGood ? streamedAttempts(call) : told(call, streamedAttempts(call)),
					call::cache)
			.map((chunk) -> (call.hasEnded() || CallRecord.of(chunk) == null) ? chunk
					: this.settlement.answeredFromMemory(call, chunk))
			.onErrorMap(TimeoutException.class,
					(ex) -> failure(call, new CallEnded(new CallOutcome.Exhausted(true), false)))
			.doOnError(RouteCallException.class, (ex) -> this.settlement.failed(call, ex));
	}

	private @Nullable CacheRequest cacheRequest(CallInProgress call) {
		CacheSettings settings = call.route().cache();
		CacheKey key = (this.cache != null && settings != null)
				? this.cache.key(call.route(), call.context(), call.prompt()) : null;
		if (settings == null || key == null) {
			return null;
		}
		CacheControl control = call.context().cacheControl();
		call.cache(control.noCache() ? CacheOutcome.BYPASS : CacheOutcome.MISS);
		return new CacheRequest(key, settings, control, Duration.ofNanos(call.remainingNanos()),
				RouteExecutor::isOutage, () -> refreshed(call));
	}

	/** A call of its own, for an answer whose time is over; nobody waits for it. */
	private ChatResponse refreshed(CallInProgress stale) {
		CallInProgress call = stale.again(this.clock.instant(), Ticks.start(this.nanoTime));
		try {
			return attempts(call, null);
		}
		catch (RouteCallException ex) {
			this.settlement.failed(call, ex);
			throw ex;
		}
	}

	private CallInProgress begin(RequestedRoute requested, @Nullable Prompt prompt, boolean streamed,
			List<BudgetScope> scopes) {
		Prompt complete = requireMessages(requested, prompt);
		Caller anonymous = this.callers.get();
		CallContext context = PromptView.context(complete, anonymous);
		RouteResolver.Resolved resolved = requested.resolve(this.routes.get(), complete, context);
		return new CallInProgress(resolved, policyOf(resolved.route(), context), context, complete, streamed,
				this.clock.instant(), Ticks.start(this.nanoTime), scopes);
	}

	private void letBegin(CallInProgress call) {
		try {
			this.limits.begin(call, this.cache != null && call.route().cache() != null);
		}
		catch (CallEnded ended) {
			throw failure(call, ended);
		}
	}

	private static Prompt requireMessages(RequestedRoute route, @Nullable Prompt prompt) {
		if (prompt == null) {
			throw new IllegalArgumentException("Route '" + route + "' was called without a prompt");
		}
		if (!PromptView.hasMessages(prompt)) {
			throw new IllegalArgumentException("Route '" + route + "' was called with a prompt that has no messages");
		}
		return prompt;
	}

	private FallbackPolicy policyOf(ModelRoute route, CallContext context) {
		String chosen = context.policy();
		if (chosen == null) {
			return route.policy();
		}
		FallbackPolicy policy = this.policies.get(chosen);
		if (policy == null) {
			throw new IllegalArgumentException("The call of route '" + route.name() + "' names policy '" + chosen
					+ "', but the policies are " + this.policies.keySet().stream().sorted().toList());
		}
		return policy;
	}

	private ChatResponse attempts(CallInProgress call, @Nullable Observation parent) {
		try {
			return attemptsOnRoutes(call, parent);
		}
		finally {
			call.settle();
		}
	}

	private ChatResponse attemptsOnRoutes(CallInProgress call, @Nullable Observation parent) {
		while (true) {
			try {
				admit(call);
				BlockingCall.Answer answer = new BlockingCall(call, loop(call), this.runner, this.workers, this.alarms,
						parent)
					.answer();
				return settled(call, answer);
			}
			catch (CallEnded ended) {
				if (!reroute(call, ended)) {
					if (ended.outcome() instanceof CallOutcome.Cancelled) {
						Thread.currentThread().interrupt();
					}
					throw failure(call, ended);
				}
			}
		}
	}

	private void admit(CallInProgress call) {
		this.limits.send(call);
		ModelRoute route = call.route();
		this.budgets.admit(call);
		if (call.route() != route) {
			// A budget led it to another route, which has limits of its own.
			this.limits.send(call);
		}
	}

	private ChatResponse settled(CallInProgress call, BlockingCall.Answer answer) {
		ChatResponse response = answer.response();
		AnswerSummary summary = new AnswerSummary(answer.send().target().model(), Answers.model(response),
				Answers.finishReason(response), Answers.usage(response));
		ChatResponse stamped = ToolLoop.stamp(response, summary.target(), call.route().name());
		return this.settlement.answered(call, summary, stamped);
	}

	private Flux<ChatResponse> streamedAttempts(CallInProgress call) {
		return streamedOnRoute(call).doOnSubscribe((subscription) -> this.underWay.begin()).doFinally((signal) -> {
			if (signal == SignalType.CANCEL && !call.hasEnded()) {
				this.settlement.cancelled(call);
			}
			call.settle();
			this.underWay.end();
		});
	}

	private Flux<ChatResponse> streamedOnRoute(CallInProgress call) {
		return Flux.defer(() -> {
			admit(call);
			return new StreamedCall(call, loop(call), this.runner, this.judge, this.alarms, this.settlement).chunks();
		})
			.onErrorResume(CallEnded.class,
					(ended) -> reroute(call, ended) ? streamedOnRoute(call) : Flux.error(failure(call, ended)));
	}

	private AttemptLoop loop(CallInProgress call) {
		return new AttemptLoop(call, this.selector, this.health, this.budgets, JITTER);
	}

	/**
	 * Goes on with the route that the policy names for the case that no target is left.
	 */
	private boolean reroute(CallInProgress call, CallEnded ended) {
		if (!(ended.outcome() instanceof CallOutcome.Exhausted exhausted) || exhausted.deadlinePassed()
				|| !(call.policy().onExhausted() instanceof OnExhausted.UseRoute other)) {
			return false;
		}
		CallContext context = call.context();
		ModelRoute route = this.routes.get()
			.resolve(new RouteName(other.name()), call.prompt(), context.caller(), context.tags())
			.route();
		if (!call.visit(route.name())) {
			return false;
		}
		call.reroute(route, route.policy());
		return true;
	}

	private RouteCallException failure(CallInProgress call, CallEnded ended) {
		return this.settlement.failure(call, ended, this.routes.get().table().names());
	}

	private static boolean isOutage(Throwable error) {
		return error instanceof TargetsExhaustedException || error instanceof UserDecisionRequiredException;
	}

}
