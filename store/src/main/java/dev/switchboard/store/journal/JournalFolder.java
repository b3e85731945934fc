package dev.switchboard.store.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A numbered folder of segments that belongs to one process, as long as that holds its
 * lock. The operating system ends the lock with the process, however that ends. Folders
 * are never removed: who waits for the lock of a removed file would get it.
 */
final class JournalFolder implements AutoCloseable {

	private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

	private static final String SUFFIX = ".journal";

	/**
	 * The folders that this process has. A lock belongs to the process as a whole, and on
	 * many systems opening and closing its file once more, only to see whether it is
	 * locked, would end it.
	 */
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	private final Path path;

	private final FileChannel channel;

	private JournalFolder(Path path, FileChannel channel) {
		this.path = path;
		this.channel = channel;
	}

	/** The first folder that no other process has. */
	static JournalFolder own(Path root) throws IOException {
		Files.createDirectories(root);
		for (int number = 1;; number++) {
			Path path = root.resolve(Integer.toString(number));
			try {
				Files.createDirectory(path);
			}
			catch (FileAlreadyExistsException ex) {
				// Another process has it, or had it.
			}
			JournalFolder folder = lock(path);
			if (folder != null) {
				return folder;
			}
		}
	}

	/** The folders with segments whose processes are no more, locked. */
	static List<JournalFolder> leftBehind(Path root) throws IOException {
		List<Path> paths;
		try (Stream<Path> found = Files.list(root)) {
			paths = found.filter((path) -> NUMBER.matcher(path.getFileName().toString()).matches())
				.filter(Files::isDirectory)
				.sorted()
				.toList();
		}
		List<JournalFolder> folders = new ArrayList<>();
		for (Path path : paths) {
			if (files(path).isEmpty()) {
				continue;
			}
			JournalFolder folder = lock(path);
			if (folder != null && folder.segments().isEmpty()) {
				folder.close();
			}
			else if (folder != null) {
				folders.add(folder);
			}
		}
		return folders;
	}

	private static @Nullable JournalFolder lock(Path folder) throws IOException {
		Path path = folder.toRealPath();
		if (!HELD.add(path)) {
			return null;
		}
		FileChannel channel = null;
		boolean held = false;
		try {
			channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			held = channel.tryLock() != null;
			return held ? new JournalFolder(path, channel) : null;
		}
		finally {
			if (!held) {
				HELD.remove(path);
				if (channel != null) {
					channel.close();
				}
			}
		}
	}

	/** Its segments, the oldest first. */
	List<Segment> segments() throws IOException {
		List<Segment> segments = new ArrayList<>();
		for (Path file : files(this.path)) {
			segments.add(new Segment(this, file, Files.size(file)));
		}
		return segments;
	}

	private static List<Path> files(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
		}
	}

	/**
	 * The file of a segment; by their names, files stand in the order of their numbers.
	 */
	Path file(long number) {
		return this.path.resolve(String.format("%019d", number) + SUFFIX);
	}

	static long number(Segment segment) {
		String name = segment.file().getFileName().toString();
		return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
	}

	@Override
	public void close() throws IOException {
		if (!this.channel.isOpen()) {
			return;
		}
		try {
			this.channel.close();
		}
		finally {
			HELD.remove(this.path);
		}
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
