package dev.switchboard.budget;

import dev.switchboard.cost.Money;
import org.jspecify.annotations.Nullable;

/**
 * An account in which something is to be reserved.
 *
 * @param account the account
 * @param limit what spent and reserved together must not exceed; {@code null} if it only
 * counts
 */
public record Claim(Account account, @Nullable Money limit) {

}
