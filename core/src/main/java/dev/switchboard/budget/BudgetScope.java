package dev.switchboard.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.switchboard.call.BudgetRefusal;
import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.Money;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Bounds what all calls together may spend that are made inside of it, such as those of
 * one run of an agent. Inside are the calls that its thread makes until the work is done,
 * and those of the streams that are put {@linkplain #around(Flux) into} it. Other threads
 * are inside where Micrometer's context propagation carries it over to them. Scopes may
 * be nested: each counts, and the first that has not enough refuses.
 * <p>
 * A call that may cost more than is left is refused with a
 * {@link dev.switchboard.call.BudgetExceededException}, and so is one whose price is not
 * known. Safe for use by several threads.
 */
public final class BudgetScope {

	/** The key of the scopes in a Reactor context. */
	static final String KEY = "switchboard.budget.scopes";

	// What is inside belongs to the thread alone.
	private static final ThreadLocal<List<BudgetScope>> CURRENT = new ThreadLocal<>();

	private final String name;

	private final Money limit;

	private final AtomicLong committedNanos = new AtomicLong();

	private final AtomicLong spentNanos = new AtomicLong();

	private BudgetScope(String name, Money limit) {
		if (limit.equals(Money.ZERO)) {
			throw new IllegalArgumentException("The limit of scope '" + name + "' must be more than 0");
		}
		this.name = name;
		this.limit = limit;
	}

	/**
	 * A scope in which nothing is spent yet.
	 * @param limit what may be spent inside; more than nothing
	 * @return the scope
	 */
	public static BudgetScope of(Money limit) {
		return of("scope", limit);
	}

	/**
	 * A scope with a name, for messages and headers.
	 * @param name its name
	 * @param limit what may be spent inside; more than nothing
	 * @return the scope
	 */
	public static BudgetScope of(String name, Money limit) {
		return new BudgetScope(name, limit);
	}

	/**
	 * Does something inside this scope.
	 * @param work what to do
	 */
	public void run(Runnable work) {
		call(() -> {
			work.run();
			return this;
		});
	}

	/**
	 * Does something inside this scope.
	 * @param <T> what comes of it
	 * @param <X> what it may throw
	 * @param work what to do
	 * @return what came of it
	 * @throws X what it throws
	 */
	public <T extends @Nullable Object, X extends Throwable> T call(Work<T, X> work) throws X {
		List<BudgetScope> outer = CURRENT.get();
		CURRENT.set(within(outer));
		try {
			return work.call();
		}
		finally {
			set(outer);
		}
	}

	/**
	 * A stream whose calls are made inside this scope, on whichever thread.
	 * @param <T> what it is a stream of
	 * @param flux the stream; each subscription spends from the same scope
	 * @return the same stream inside
	 */
	public <T> Flux<T> around(Flux<T> flux) {
		return flux.contextWrite(this::writeTo);
	}

	/**
	 * A stream of one whose calls are made inside this scope, on whichever thread.
	 * @param <T> what it is a stream of
	 * @param mono the stream; each subscription spends from the same scope
	 * @return the same stream inside
	 */
	public <T> Mono<T> around(Mono<T> mono) {
		return mono.contextWrite(this::writeTo);
	}

	/**
	 * What may be spent inside.
	 * @return the limit
	 */
	public Money limit() {
		return this.limit;
	}

	/**
	 * What is spent so far.
	 * @return the amount, without what calls under way may still spend
	 */
	public Money spent() {
		return new Money(this.spentNanos.get());
	}

	/**
	 * The scopes that the current thread is inside of.
	 * @return the scopes, from the outermost to the innermost; empty if there are none
	 */
	public static List<BudgetScope> current() {
		List<BudgetScope> scopes = CURRENT.get();
		return (scopes != null) ? scopes : List.of();
	}

	/**
	 * The scopes that a stream is inside of.
	 * @param context the stream's context, which goes before the thread's
	 * @return the scopes, from the outermost to the innermost; empty if there are none
	 */
	public static List<BudgetScope> current(ContextView context) {
		List<BudgetScope> scopes = context.getOrDefault(KEY, null);
		return (scopes != null) ? scopes : current();
	}

	static void set(@Nullable List<BudgetScope> scopes) {
		if (scopes == null || scopes.isEmpty()) {
			CURRENT.remove();
		}
		else {
			CURRENT.set(scopes);
		}
	}

	private Context writeTo(Context context) {
		return context.put(KEY, within(current(context)));
	}

	private List<BudgetScope> within(@Nullable List<BudgetScope> outer) {
		if (outer == null || outer.isEmpty()) {
			return List.of(this);
		}
		List<BudgetScope> all = new ArrayList<>(outer);
		all.add(this);
		return List.copyOf(all);
	}

	String name() {
		return this.name;
	}

	/** Holds an amount back; tells why not if there isn't as much. */
	@Nullable BudgetRefusal reserve(Money amount) {
		while (true) {
			long committed = this.committedNanos.get();
			long after = committed + amount.nanos();
			if (after < 0 || after > this.limit.nanos()) {
				return refusal(amount, List.of());
			}
			if (this.committedNanos.compareAndSet(committed, after)) {
				return null;
			}
		}
	}

	BudgetRefusal refusal(@Nullable Money asked, List<ModelId> unpriced) {
		Money spent = spent();
		return new BudgetRefusal(this.name, "", this.limit, spent,
				new Money(this.committedNanos.get()).minusUpTo(spent), asked, null, unpriced);
	}

	/** Books what was spent in place of what was held back. */
	void settle(Money reserved, Money spent) {
		this.spentNanos.addAndGet(spent.nanos());
		this.committedNanos.addAndGet(spent.nanos() - reserved.nanos());
	}

	@Override
	public String toString() {
		return "BudgetScope[" + this.name + ", " + spent() + " of " + this.limit + "]";
	}

	/**
	 * Something to do.
	 *
	 * @param <T> what comes of it
	 * @param <X> what it may throw
	 */
	@FunctionalInterface
	public interface Work<T extends @Nullable Object, X extends Throwable> {

		/**
		 * Does it.
		 * @return what came of it
		 * @throws X what it throws
		 */
		T call() throws X;

	}

}
