package dev.switchboard.budget;

import dev.switchboard.cost.Money;

/**
 * How an account stands.
 *
 * @param account the account
 * @param spent what is spent
 * @param reserved what calls under way may still spend
 */
public record Balance(Account account, Money spent, Money reserved) {

}
