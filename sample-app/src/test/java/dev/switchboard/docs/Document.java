package dev.switchboard.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown file of this project.
 *
 * @param path where it is, from the root of the project
 * @param lines its lines
 */
record Document(Path path, List<String> lines) {

	static final Path ROOT = root();

	private static final Pattern FENCE = Pattern.compile("```(\\w*)\\s*");

	private static final Pattern LINK = Pattern.compile("!?\\[[^]]*]\\(([^)\\s]+)\\)");

	/**
	 * The README, the changelog and everything under {@code docs}.
	 */
	static List<Document> all() {
		try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
			Stream<Path> top = Stream.of("README.md", "CHANGELOG.md").map(ROOT::resolve);
			return Stream.concat(top, docs.filter((file) -> file.toString().endsWith(".md")).sorted())
				.map(Document::read)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Document of(String path) {
		return read(ROOT.resolve(path));
	}

	private static Document read(Path file) {
		try {
			return new Document(ROOT.relativize(file), Files.readAllLines(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("README.md"))) {
			directory = directory.getParent();
		}
		return directory;
	}

	/**
	 * Its fenced blocks, in order.
	 */
	List<Block> blocks() {
		List<Block> blocks = new ArrayList<>();
		int start = -1;
		String language = "";
		for (int i = 0; i < this.lines.size(); i++) {
			Matcher fence = FENCE.matcher(this.lines.get(i));
			if (!fence.matches()) {
				continue;
			}
			if (start < 0) {
				start = i + 1;
				language = fence.group(1);
			}
			else {
				blocks.add(new Block(this.path, start + 1, language, this.lines.subList(start, i)));
				start = -1;
			}
		}
		return blocks;
	}

	List<Block> blocks(String language) {
		return blocks().stream().filter((block) -> block.language().equals(language)).toList();
	}

	/**
	 * The rows of the first table whose header begins so, cell by cell; without the
	 * header.
	 */
	List<List<String>> table(String header) {
		int first = 0;
		while (!this.lines.get(first).startsWith(header)) {
			first++;
		}
		List<List<String>> rows = new ArrayList<>();
		for (int i = first + 2; i < this.lines.size() && this.lines.get(i).startsWith("|"); i++) {
			String row = this.lines.get(i);
			rows.add(Arrays.stream(row.substring(1, row.length() - 1).split("\\|", -1)).map(String::strip).toList());
		}
		return rows;
	}

	/**
	 * Where it links to, outside of its fenced blocks.
	 */
	List<String> links() {
		return LINK.matcher(prose()).results().map((link) -> link.group(1)).toList();
	}

	/**
	 * The names under which its headings can be linked to.
	 */
	List<String> anchors() {
		return prose().lines()
			.filter((line) -> line.matches("#{1,6} .*"))
			.map((line) -> line.replaceFirst("#+ ", "")
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-'))
			.toList();
	}

	private String prose() {
		StringBuilder prose = new StringBuilder();
		boolean fenced = false;
		for (String line : this.lines) {
			if (FENCE.matcher(line).matches()) {
				fenced = !fenced;
			}
			else if (!fenced) {
				prose.append(line).append('\n');
			}
		}
		return prose.toString();
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

	/**
	 * A fenced block.
	 *
	 * @param document the file that it stands in
	 * @param line the number of its first line
	 * @param language the word behind the fence; empty if there is none
	 * @param lines its lines
	 */
	record Block(Path document, int line, String language, List<String> lines) {

		Block {
			lines = List.copyOf(lines);
		}

		String text() {
			return String.join("\n", this.lines) + "\n";
		}

		@Override
		public String toString() {
			return this.document + ":" + this.line;
		}

	}

}
