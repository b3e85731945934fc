package dev.switchboard.docs;

import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import dev.switchboard.docs.Document.Block;

/**
 * Compiles the Java examples of a document. One that begins with its imports is taken as
 * it is, so that it can be copied as it is. Others get the imports that an editor would
 * add; statements become the body of a method that has what a reader would have at hand.
 */
final class Examples {

	private static final Pattern TYPE = Pattern
		.compile("^(public |final |abstract )*(class|interface|record|enum) (\\w+)", Pattern.MULTILINE);

	private static final String IMPORTS = """
			import java.io.OutputStream;
			import java.time.*;
			import java.util.*;
			import dev.switchboard.ChatRoutes;
			import dev.switchboard.Route;
			import dev.switchboard.cache.*;
			import dev.switchboard.call.*;
			import dev.switchboard.call.CacheControl;
			import dev.switchboard.gateway.access.*;
			import dev.switchboard.options.*;
			import dev.switchboard.route.RouteName;
			import dev.switchboard.simulator.*;
			import dev.switchboard.simulator.chat.*;
			import dev.switchboard.simulator.fault.*;
			import dev.switchboard.simulator.test.*;
			import dev.switchboard.store.ledger.*;
			import org.junit.jupiter.api.*;
			import org.junit.jupiter.api.extension.*;
			import org.slf4j.*;
			import org.springframework.ai.chat.client.*;
			import org.springframework.ai.chat.model.*;
			import org.springframework.ai.chat.prompt.*;
			import org.springframework.ai.openai.*;
			import org.springframework.beans.factory.annotation.*;
			import org.springframework.boot.test.context.*;
			import org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions;
			import org.springframework.cloud.gateway.server.mvc.handler.*;
			import org.springframework.context.annotation.Bean;
			import org.springframework.context.annotation.Configuration;
			import org.springframework.http.*;
			import org.springframework.http.ResponseEntity;
			import org.springframework.security.config.Customizer;
			import org.springframework.security.config.annotation.web.builders.HttpSecurity;
			import org.springframework.security.web.SecurityFilterChain;
			import org.springframework.stereotype.*;
			import org.springframework.test.context.*;
			import org.springframework.web.bind.annotation.*;
			import org.springframework.web.cors.*;
			import org.springframework.web.servlet.function.*;
			import reactor.core.publisher.*;
			import static org.assertj.core.api.Assertions.*;
			""";

	private static final String AT_HAND = """
			ChatClient client;
			ResponseCache cache;
			Simulator simulator;
			StringBuilder page;
			String question;
			Logger log;
			LedgerReports reports;
			LedgerExport export;
			OutputStream out;
			""";

	/** What every Spring Boot application has. */
	private static final String APPLICATION = """
			@org.springframework.boot.SpringBootConfiguration
			@org.springframework.boot.autoconfigure.EnableAutoConfiguration
			class Application {
			}
			""";

	private Examples() {
	}

	/**
	 * Compiles all examples of a document together.
	 * @param document the document
	 * @param classes where to put the classes
	 * @return the classes
	 * @throws AssertionError if one doesn't compile; says which
	 */
	static Compiled compile(Document document, Path classes) {
		String packageName = packageName(document);
		List<Source> sources = new ArrayList<>();
		List<String> types = new ArrayList<>();
		for (Block block : document.blocks("java")) {
			var type = TYPE.matcher(block.text());
			String name = type.find() ? type.group(3) : "Example" + block.line();
			boolean statements = name.startsWith("Example");
			types.add(packageName + "." + name);
			sources.add(new Source(block, name, source(packageName, name, block.text(), statements)));
		}
		sources.add(new Source(null, "Application", "package " + packageName + ";\n" + APPLICATION));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		List<String> options = List.of("--release", "17", "-parameters", "-proc:none", "-Xlint:deprecation", "-Werror",
				"-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
		if (!compiler.getTask(null, null, diagnostics, options, null, sources).call()) {
			throw new AssertionError("Examples do not compile:\n" + describe(diagnostics.getDiagnostics()));
		}
		return new Compiled(classes, types);
	}

	private static String packageName(Document document) {
		String name = document.path().getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("\\W", "");
		return "dev.switchboard.docs.examples." + name;
	}

	private static String source(String packageName, String name, String text, boolean statements) {
		String head = "package " + packageName + ";\n";
		if (text.startsWith("import ")) {
			return head + text;
		}
		if (!statements) {
			return head + IMPORTS + text;
		}
		// An example may return or not; what follows it must be reachable either way.
		return head + IMPORTS + "class " + name + " {\n" + AT_HAND + "Object run() throws Exception { if (true) {\n"
				+ text + "} return null; } }\n";
	}

	private static String describe(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
		StringBuilder text = new StringBuilder();
		for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics) {
			if (diagnostic.getSource() instanceof Source source) {
				text.append(Objects.requireNonNullElse(source.block, source.getName())).append(" ");
			}
			text.append(diagnostic.getMessage(Locale.ROOT)).append('\n');
		}
		return text.toString();
	}

	/**
	 * Compiled examples.
	 *
	 * @param directory where the classes are
	 * @param types the names of the examples' classes, in order
	 */
	record Compiled(Path directory, List<String> types) {

		URLClassLoader newClassLoader() {
			try {
				return new URLClassLoader(new URL[] { this.directory.toUri().toURL() },
						Examples.class.getClassLoader());
			}
			catch (MalformedURLException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	private static final class Source extends SimpleJavaFileObject {

		private final Block block;

		private final String text;

		Source(Block block, String type, String text) {
			super(URI.create("string:///" + type + Kind.SOURCE.extension), Kind.SOURCE);
			this.block = block;
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
