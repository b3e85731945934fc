package dev.switchboard.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import dev.switchboard.policy.Failure;
import dev.switchboard.route.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whom we take for a provider. What is trusted is decided once in a JVM, so that each
 * client is one of its own.
 */
class RawConnectionsTlsTests {

	private static final String PASSWORD = "changeit";

	private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";

	@TempDir
	private static Path directory;

	private static Path store;

	private static SSLServerSocket server;

	@BeforeAll
	static void start() throws Exception {
		store = directory.resolve("server.p12");
		run(List.of(tool("keytool"), "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost",
				"-ext", "SAN=dns:localhost", "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(),
				"-storepass", PASSWORD));
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(keys, PASSWORD.toCharArray());
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(managers.getKeyManagers(), null, null);
		server = (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
		Thread thread = new Thread(RawConnectionsTlsTests::serve, "tls-provider");
		thread.setDaemon(true);
		thread.start();
	}

	@AfterAll
	static void stop() throws IOException {
		server.close();
	}

	private static void serve() {
		while (!server.isClosed()) {
			try (var socket = server.accept()) {
				InputStream in = socket.getInputStream();
				StringBuilder head = new StringBuilder();
				int next;
				while (head.indexOf("\r\n\r\n") < 0 && (next = in.read()) != -1) {
					head.append((char) next);
				}
				socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
			}
			catch (IOException ex) {
				// This client does not trust us; the next one may.
			}
		}
	}

	@Test
	void aTrustedCertificateOfTheHostIsTaken() throws Exception {
		assertThat(ask("localhost", true)).isEqualTo("200 hello");
	}

	@Test
	void aTrustedCertificateOfAnotherHostIsRefused() throws Exception {
		assertThat(ask("127.0.0.1", true)).startsWith("connection-failed").containsIgnoringCase("subject alternative");
	}

	@Test
	void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
		assertThat(ask("localhost", false)).startsWith("connection-failed").contains("PKIX");
	}

	private static String ask(String host, boolean trusted) throws Exception {
		List<String> command = new ArrayList<>(List.of(tool("java"), "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
		if (trusted) {
			command.add("-Djavax.net.ssl.trustStore=" + store);
			command.add("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
		}
		command.addAll(List.of(Client.class.getName(), "https://" + host + ":" + server.getLocalPort()));
		return run(command);
	}

	private static String tool(String name) {
		return Path.of(System.getProperty("java.home"), "bin", name).toString();
	}

	private static String run(List<String> command) throws Exception {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(said).isZero();
		return said;
	}

	/** Asks once, and says how it went. */
	static final class Client {

		private Client() {
		}

		public static void main(String[] arguments) {
			ProviderSettings settings = ProviderSettings.of("openai", Wire.OPENAI, arguments[0], Secret.of("sk-1"));
			try (RawConnections connections = new RawConnections(settings, Map.of(), System::nanoTime);
					RawAnswer answer = connections.send(RawRequest.post("/x", List.of(), new byte[0]))) {
				System.out.println(
						answer.status() + " " + new String(answer.body().readAllBytes(), StandardCharsets.US_ASCII));
			}
			catch (IOException ex) {
				Failure failure = FailureClassifier.classify(ex);
				System.out.println(failure.kind().property() + ": " + failure.message());
			}
		}

	}

}
