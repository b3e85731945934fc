package dev.switchboard.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class LinksTests {

	static List<Document> documents() {
		return Document.all();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void everyRelativeLinkLeadsSomewhere(Document document) {
		List<String> dead = document.links().stream().filter((link) -> !isAlive(document, link)).toList();

		assertThat(dead).as("dead links in " + document).isEmpty();
	}

	private static boolean isAlive(Document document, String link) {
		if (link.startsWith("https://")) {
			return true;
		}
		Path target = target(document, link);
		if (!Files.isRegularFile(target)) {
			return false;
		}
		int hash = link.indexOf('#');
		return hash < 0 || Document.of(Document.ROOT.relativize(target).toString())
			.anchors()
			.contains(link.substring(hash + 1));
	}

	private static Path target(Document document, String link) {
		String path = link.contains("#") ? link.substring(0, link.indexOf('#')) : link;
		Path file = Document.ROOT.resolve(document.path());
		return path.isEmpty() ? file : file.getParent().resolve(path).normalize();
	}

}
