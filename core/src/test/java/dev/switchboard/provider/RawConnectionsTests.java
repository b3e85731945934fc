package dev.switchboard.provider;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import dev.switchboard.route.Wire;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RawConnectionsTests {

	private Providers providers;

	private RawConnections connections;

	@BeforeEach
	void start() {
		this.providers = new Providers();
		this.connections = new RawConnections(
				ProviderSettings.of("openai", Wire.OPENAI, this.providers.url(Wire.OPENAI), Secret.of(Providers.KEY)),
				Map.of("Authorization", "Bearer " + Providers.KEY), System::nanoTime);
	}

	@AfterEach
	void stop() {
		this.connections.close();
		this.providers.close();
	}

	@Test
	void whenAStreamHasSaidEverythingThenTheNextOneHasItsConnection() throws IOException {
		for (int i = 0; i < 3; i++) {
			RawAnswer answer = stream();
			assertThat(readToMarker(answer)).endsWith("data: [DONE]\n\n");
			answer.finish();
			assertThat(this.connections.openConnections()).isEqualTo(1);
		}
	}

	@Test
	void whenAStreamIsClosedEarlyThenItsConnectionIsNotUsedAgain() throws IOException {
		try (RawAnswer answer = stream()) {
			assertThat(answer.body().read()).isNotEqualTo(-1);
		}
		assertThat(this.connections.openConnections()).isZero();
	}

	@Test
	void whenTheEndOfAFinishedStreamDoesNotComeThenItIsNotWaitedFor() throws IOException {
		this.providers.of(Wire.OPENAI).fails(Fault.stallAfterTokens(1));
		RawAnswer answer = stream();
		assertThat(answer.body().read()).isNotEqualTo(-1);
		answer.finish();
		assertThat(this.connections.openConnections()).isZero();
	}

	@Test
	void whenChunksArriveTogetherThenTheNextIsKnownToBeThere() throws IOException {
		String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
		try (OneAnswer provider = new OneAnswer(head + "3\r\nabc\r\na\r\ndefghijklm\r\n", "4\r\nnopq\r\n0\r\n\r\n");
				RawConnections lone = provider.connections();
				RawAnswer answer = lone.send(RawRequest.post("/x", List.of(), new byte[0]))) {
			assertThat(answer.body().readNBytes(3)).asString().isEqualTo("abc");
			assertThat(answer.body().available()).as("the second chunk, which has arrived").isPositive();
			assertThat(answer.body().readNBytes(10)).asString().isEqualTo("defghijklm");
			assertThat(answer.body().available()).as("the third, which has not").isZero();
			provider.goOn();
			assertThat(answer.body().readAllBytes()).asString().isEqualTo("nopq");
		}
	}

	private RawAnswer stream() throws IOException {
		byte[] json = "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
			.getBytes(StandardCharsets.UTF_8);
		return this.connections.send(RawRequest.post("/chat/completions", List.of(), json));
	}

	private static String readToMarker(RawAnswer answer) throws IOException {
		StringBuilder text = new StringBuilder();
		int next;
		while (!text.toString().endsWith("[DONE]\n\n") && (next = answer.body().read()) != -1) {
			text.append((char) next);
		}
		return text.toString();
	}

	/**
	 * Answers one request in two parts, each written at once, whatever it is.
	 */
	private static final class OneAnswer implements AutoCloseable {

		private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

		private final CountDownLatch goOn = new CountDownLatch(1);

		private final Thread thread;

		OneAnswer(String first, String second) throws IOException {
			this.thread = new Thread(() -> {
				try (Socket socket = this.server.accept()) {
					readHead(socket);
					socket.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
					this.goOn.await();
					socket.getOutputStream().write(second.getBytes(StandardCharsets.US_ASCII));
				}
				catch (IOException | InterruptedException ex) {
					// The test is over.
				}
			});
			this.thread.start();
		}

		private static void readHead(Socket socket) throws IOException {
			StringBuilder head = new StringBuilder();
			while (!head.toString().endsWith("\r\n\r\n")) {
				head.append((char) socket.getInputStream().read());
			}
		}

		RawConnections connections() {
			String url = "http://127.0.0.1:" + this.server.getLocalPort();
			return new RawConnections(ProviderSettings.of("one", Wire.OPENAI, url, Secret.of(Providers.KEY)), Map.of(),
					System::nanoTime);
		}

		void goOn() {
			this.goOn.countDown();
		}

		@Override
		public void close() throws IOException {
			this.thread.interrupt();
			this.server.close();
		}

	}

}
