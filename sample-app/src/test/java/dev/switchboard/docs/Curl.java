package dev.switchboard.docs;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.switchboard.docs.Document.Block;

/**
 * A call of {@code curl} as a guide shows it, to the demo on its own port. What it is to
 * end in may stand behind it as a comment that begins with the status.
 *
 * @param block where it stands
 * @param words its words, as a shell would hand them over
 * @param status what it is to end in
 */
record Curl(Block block, List<String> words, int status) {

	private static final String HERE = "http://localhost:8080";

	private static final Pattern STATUS = Pattern.compile("# (\\d{3})\\b.*$");

	/** A word of plain, single-quoted and double-quoted pieces; or the end of a line. */
	private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|\\\\\n|[^\\s'\"])+|\n");

	/**
	 * All those in a document that call the demo and nothing else.
	 */
	static List<Curl> in(Document document) {
		return document.blocks("bash").stream().flatMap((block) -> in(block).stream()).toList();
	}

	static List<Curl> in(Block block) {
		List<Curl> curls = new ArrayList<>();
		List<String> words = new ArrayList<>();
		Matcher word = WORD.matcher(block.text().replaceAll("\\\\\n\\s*", " "));
		StringBuilder comment = new StringBuilder();
		while (word.find()) {
			String text = word.group();
			if (text.equals("\n")) {
				add(block, words, comment.toString(), curls);
				words.clear();
				comment.setLength(0);
			}
			else if (text.equals("#") || !comment.isEmpty()) {
				comment.append(text).append(' ');
			}
			else {
				words.add(text.replaceAll("'([^']*)'|\"([^\"]*)\"", "$1$2"));
			}
		}
		return curls;
	}

	private static void add(Block block, List<String> words, String comment, List<Curl> curls) {
		boolean calls = !words.isEmpty() && words.get(0).equals("curl")
				&& words.stream().anyMatch((word) -> word.startsWith(HERE));
		if (calls && words.stream().noneMatch((word) -> word.startsWith("@") || word.equals("|"))) {
			Matcher status = STATUS.matcher(comment);
			curls.add(new Curl(block, List.copyOf(words), status.find() ? Integer.parseInt(status.group(1)) : 200));
		}
	}

	/**
	 * The request that it sends.
	 * @param port the port of the demo
	 */
	HttpRequest request(int port) {
		String method = null;
		String body = null;
		HttpRequest.Builder request = HttpRequest.newBuilder();
		for (int i = 1; i < this.words.size(); i++) {
			switch (this.words.get(i)) {
				case "-d" -> body = this.words.get(++i);
				case "-X" -> method = this.words.get(++i);
				case "-H" -> {
					String[] header = this.words.get(++i).split(": *", 2);
					request.header(header[0], header[1]);
				}
				case "-o", "-m" -> i++;
				case "-s", "-i", "-N", "-sN" -> {
				}
				default -> request.uri(URI.create(this.words.get(i).replace(HERE, "http://localhost:" + port)));
			}
		}
		method = (method != null) ? method : (body != null) ? "POST" : "GET";
		return request.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody()).build();
	}

	@Override
	public String toString() {
		return this.block + " " + String.join(" ", this.words);
	}

}
