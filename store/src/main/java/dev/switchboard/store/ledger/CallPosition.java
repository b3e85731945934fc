package dev.switchboard.store.ledger;

import java.time.Instant;

/**
 * Where in the ledger a call stands, by its beginning.
 *
 * @param startedAt when the call began
 * @param id its identifier
 */
public record CallPosition(Instant startedAt, String id) {

	/**
	 * The position of a call.
	 * @param call the call
	 * @return where it stands
	 */
	public static CallPosition of(LedgerCall call) {
		return new CallPosition(call.startedAt(), call.id());
	}

}
