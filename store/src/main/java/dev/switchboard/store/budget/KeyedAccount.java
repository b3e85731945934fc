package dev.switchboard.store.budget;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import dev.switchboard.budget.Account;

/**
 * An account with its key, which is short whatever callers write into their tags.
 *
 * @param id the key
 * @param account the account
 */
record KeyedAccount(UUID id, Account account) {

	/**
	 * The order in which accounts are locked. Databases compare the bytes of a UUID, and
	 * Java two signed numbers.
	 */
	private static final Comparator<KeyedAccount> LOCKING = Comparator.comparing((keyed) -> keyed.id().toString());

	static KeyedAccount of(Account account) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			String names = account.budget() + '\0' + account.holder() + '\0' + account.start();
			ByteBuffer bytes = ByteBuffer.wrap(digest.digest(names.getBytes(StandardCharsets.UTF_8)));
			return new KeyedAccount(new UUID(bytes.getLong(), bytes.getLong()), account);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JVM has SHA-256", ex);
		}
	}

	/**
	 * In the order in which they are locked, so that nobody waits for one who waits for
	 * him.
	 */
	static List<KeyedAccount> inOrder(Collection<Account> accounts) {
		return accounts.stream().map(KeyedAccount::of).sorted(LOCKING).toList();
	}

}
