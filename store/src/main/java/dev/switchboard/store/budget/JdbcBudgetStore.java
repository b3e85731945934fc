package dev.switchboard.store.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.switchboard.budget.Admission;
import dev.switchboard.budget.Balance;
import dev.switchboard.budget.BudgetStore;
import dev.switchboard.budget.Claim;
import dev.switchboard.budget.Reservation;
import dev.switchboard.cost.Money;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.journal.Journal;
import dev.switchboard.store.journal.MemoryJournal;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is reserved and spent in the store's database, for any number of nodes. What
 * was settled outlives the process. While the database is away calls go on or are refused
 * by the rule given; in either case what they spend is booked, once, when it is back.
 */
public final class JdbcBudgetStore implements BudgetStore, AutoCloseable {

	/** How long nobody may be served until the database is taken for away. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private static final long IN_MEMORY = 16L * 1024 * 1024;

	private final AccountTables tables;

	private final Journal journal;

	private final DatabaseThreads threads;

	private final Meanwhile meanwhile;

	private final BudgetKeeper keeper;

	private final OutageRule rule;

	private final InstantSource clock;

	/**
	 * A store that keeps in memory what waits for the database.
	 * @param database where it is kept; not closed with it
	 * @param rule what becomes of calls while that is away
	 * @param clock tells which reservations are lost and which periods over
	 */
	public JdbcBudgetStore(Database database, OutageRule rule, InstantSource clock) {
		this(database, new MemoryJournal(IN_MEMORY), rule, clock);
	}

	/**
	 * A store, which begins when it is first asked.
	 * @param database where it is kept; not closed with it
	 * @param journal where what is spent waits while the database is away, and where a
	 * former process may have left some; closed with the store
	 * @param rule what becomes of calls while the database is away
	 * @param clock tells which reservations are lost and which periods over
	 */
	public JdbcBudgetStore(Database database, Journal journal, OutageRule rule, InstantSource clock) {
		this.tables = AccountTables.of(database);
		this.threads = new DatabaseThreads(database);
		this.journal = journal;
		this.meanwhile = new Meanwhile(journal, clock);
		this.keeper = new BudgetKeeper(database, this.tables, this.meanwhile, rule, clock);
		this.rule = rule;
		this.clock = clock;
	}

	/**
	 * Looks whether the database is there, so that the first call need not.
	 * @return this
	 */
	public JdbcBudgetStore start() {
		this.keeper.start();
		return this;
	}

	@Override
	public Admission reserve(List<Claim> claims, Money amount, Instant expires) {
		UUID id = UUID.randomUUID();
		Admission admission = ask(() -> this.tables.reserve(id, claims, amount, expires), false, this::giveBack);
		if (admission != null) {
			admission.match((admitted) -> saw(admitted.balances()), (refused) -> saw(List.of(refused.balance())),
					(unavailable) -> unavailable);
			return admission;
		}
		if (this.rule == OutageRule.FAIL_CLOSED) {
			for (Claim claim : claims) {
				if (claim.limit() != null) {
					return new Admission.Unavailable(claim.account(), claim.limit());
				}
			}
		}
		return this.meanwhile.reserve(claims, amount, expires);
	}

	/** What was held back for a caller who waited no longer. */
	private void giveBack(Admission late) {
		if (late instanceof Admission.Admitted admitted) {
			this.tables.settle(admitted.reservation(), Money.ZERO);
		}
	}

	@Override
	public List<Balance> settle(Reservation reservation, Money spent) {
		if (!Meanwhile.isOwn(reservation)) {
			List<Balance> balances = ask(() -> this.tables.settle(reservation, spent), true, (late) -> {
			});
			if (balances != null) {
				return saw(balances);
			}
		}
		List<Balance> balances = this.meanwhile.settle(reservation, spent);
		this.keeper.wake();
		return balances;
	}

	@Override
	public List<Balance> balances(String budget) {
		List<Balance> balances = ask(() -> this.tables.balances(budget, this.clock.instant()), false, (late) -> {
		});
		return (balances != null) ? balances : this.meanwhile.balances(budget);
	}

	@Override
	public Money spent(String budget) {
		Money spent = ask(() -> this.tables.spent(budget, this.clock.instant()), false, (late) -> {
		});
		return (spent != null) ? spent : this.meanwhile.spent(budget);
	}

	private List<Balance> saw(List<Balance> balances) {
		if (this.keeper.isThere()) {
			balances.forEach(this.meanwhile::saw);
		}
		return balances;
	}

	/**
	 * Asks the database, unless it is known to be away.
	 * @return its answer; {@code null} if it gave none
	 */
	private <T> @Nullable T ask(Supplier<T> question, boolean kept, Consumer<T> late) {
		this.keeper.start();
		if (!this.keeper.isThere()) {
			return null;
		}
		try {
			CompletableFuture<T> answer = this.threads.ask(question, kept);
			try {
				return await(answer);
			}
			catch (TimeoutException ex) {
				answer.thenAccept(late);
				lost(new TimeoutException("No answer within " + PATIENCE.toSeconds() + " s"));
			}
		}
		catch (ExecutionException ex) {
			lost((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (RejectedExecutionException ex) {
			// This process ends.
		}
		return null;
	}

	private void lost(Throwable reason) {
		this.keeper.lost(reason);
		this.threads.giveUp(reason);
	}

	// A caller who is interrupted has his call settled all the same.
	private <T> T await(CompletableFuture<T> answer) throws ExecutionException, TimeoutException {
		boolean interrupted = false;
		long begin = System.nanoTime();
		try {
			while (true) {
				try {
					return answer.get(begin + PATIENCE.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
				catch (TimeoutException ex) {
					// A queue is no outage as long as others are served.
					if (this.threads.lastServed() - begin < 0) {
						throw ex;
					}
					begin = System.nanoTime();
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** Whether the database is known to be away. */
	boolean isAway() {
		return this.keeper.isAway();
	}

	/**
	 * Gives back what nobody will settle any more, which is otherwise done now and then.
	 */
	int sweep() {
		return this.tables.giveBackExpired(this.clock.instant());
	}

	/** Books what is to be booked, if the database is there, and ends. */
	@Override
	public void close() {
		this.threads.close();
		this.keeper.close();
		this.journal.close();
	}

}
