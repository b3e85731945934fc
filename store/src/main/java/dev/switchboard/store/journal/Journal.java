package dev.switchboard.store.journal;

import java.util.List;

/**
 * A bounded queue of entries that wait to be kept elsewhere. Any number of threads may
 * append; only one may take.
 */
public interface Journal extends AutoCloseable {

	/** The longest entry, in bytes. */
	int MAX_ENTRY_BYTES = 1024 * 1024;

	/**
	 * Appends an entry.
	 * @param entry the entry, which is not copied; 1 to {@link #MAX_ENTRY_BYTES} bytes
	 * @return whether it was taken; not if the journal is full, or {@link #seal() sealed}
	 * @throws java.io.UncheckedIOException if it could not be written
	 */
	boolean append(byte[] entry);

	/**
	 * The oldest entries, which stay where they are until {@link #done}: until then this
	 * gives the same ones again.
	 * @param most how many, at most
	 * @return the entries in the order in which they came; empty if none waits
	 * @throws java.io.UncheckedIOException if they could not be read
	 */
	List<byte[]> next(int most);

	/**
	 * The entries last given by {@link #next} are kept elsewhere.
	 * @param durably makes sure that they are; called before anything is removed that the
	 * death of the process would otherwise have left behind. If it throws, nothing is
	 * removed and the entries are given again
	 */
	void done(Runnable durably);

	/**
	 * Looks for entries that a process which is no more left behind; they wait from now
	 * on here.
	 */
	default void adopt() {
	}

	/**
	 * Takes no further entries. Those that wait can still be taken.
	 */
	void seal();

	/**
	 * How many entries wait.
	 * @return their number
	 */
	long waiting();

	/**
	 * How much room is taken.
	 * @return the number of bytes
	 */
	long bytes();

	/**
	 * How much room there is altogether.
	 * @return the number of bytes
	 */
	long maxBytes();

	/**
	 * How often something was found that is no entry, and was passed over.
	 * @return the number of such places
	 */
	default long corrupt() {
		return 0;
	}

	/**
	 * Whether what waits outlives the process.
	 * @return whether the next process finds it
	 */
	boolean survives();

	/**
	 * Ends the journal. What waits in files stays there.
	 */
	@Override
	void close();

}
