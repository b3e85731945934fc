package dev.switchboard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds what all calls of routes together may spend that one invocation of a bean's
 * method makes, be it an agent with many turns. A call that may cost more than is left is
 * refused with a {@link dev.switchboard.call.BudgetExceededException}.
 * <p>
 * Counted are the calls on the invoking thread, and those of a {@code Flux} or
 * {@code Mono} that the method returns; more is said at
 * {@link dev.switchboard.budget.BudgetScope}, which does the same for any piece of code.
 * As with every annotation that Spring makes a proxy for, a method that is called from
 * within its own object is not bounded.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SwitchboardBudget {

	/**
	 * What may be spent, in US dollars, such as {@code "0.20"}; may be a placeholder such
	 * as {@code "${research.budget}"}.
	 * @return the amount
	 */
	String value();

}
