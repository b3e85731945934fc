package dev.switchboard.store.ledger;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.switchboard.store.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * Writes calls out, however many they are: a page of them is all that is in memory.
 */
public final class LedgerExport {

	private static final int PAGE = 500;

	private final CallRows calls;

	private final CallCodec codec = new CallCodec();

	/**
	 * Exports of a ledger.
	 * @param database where it is kept
	 */
	public LedgerExport(Database database) {
		this.calls = new CallRows(database);
	}

	/**
	 * Writes a line of JSON for each call, with its attempts and tags, as
	 * {@link LedgerCall}; money is in nano-dollars.
	 * @param filter which calls, in the order in which they began
	 * @param out where to; flushed, not closed
	 * @throws IOException if it cannot be written there
	 */
	public void jsonLines(CallFilter filter, OutputStream out) throws IOException {
		BufferedOutputStream buffered = new BufferedOutputStream(out);
		each(filter, (call) -> {
			buffered.write(this.codec.write(call));
			buffered.write('\n');
		});
		buffered.flush();
	}

	/**
	 * Writes a line of CSV for each call, without its attempts, below a line with the
	 * names of the columns; by RFC 4180, in UTF-8. Money is in dollars, and nothing
	 * stands where it is unknown. A text that a spreadsheet would take for a formula
	 * begins with an apostrophe.
	 * @param filter which calls, in the order in which they began
	 * @param out where to; flushed, not closed
	 * @throws IOException if it cannot be written there
	 */
	public void csv(CallFilter filter, OutputStream out) throws IOException {
		BufferedOutputStream buffered = new BufferedOutputStream(out);
		buffered.write(CsvLine.HEADER.getBytes(StandardCharsets.UTF_8));
		each(filter, (call) -> buffered.write(CsvLine.of(call).getBytes(StandardCharsets.UTF_8)));
		buffered.flush();
	}

	private void each(CallFilter filter, CallConsumer consumer) throws IOException {
		@Nullable CallPosition after = null;
		List<LedgerCall> page;
		do {
			page = this.calls.page(filter, after, PAGE);
			for (LedgerCall call : page) {
				consumer.accept(call);
				after = CallPosition.of(call);
			}
		}
		while (page.size() == PAGE);
	}

	@FunctionalInterface
	private interface CallConsumer {

		void accept(LedgerCall call) throws IOException;

	}

}
