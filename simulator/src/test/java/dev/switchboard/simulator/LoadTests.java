package dev.switchboard.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.switchboard.simulator.RecordedRequest.Outcome;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.fault.Fault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many connections, many requests, slow readers.
 */
class LoadTests {

	private static final String REQUEST = request(
			"{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

	@Test
	void silentConnectionsTakeNoThreads() throws Exception {
		try (Simulator simulator = Simulator.start()) {
			SimulatedProvider provider = simulator.provider("acme").fails(Fault.silence());
			List<Socket> sockets = new ArrayList<>();
			for (int i = 0; i < 1000; i++) {
				sockets.add(send(simulator, REQUEST));
			}
			Awaitility.await().until(() -> provider.requestCount() == 1000);
			assertThat(simulatorThreads()).hasSizeLessThanOrEqualTo(2);
			assertThat(provider.requests()).hasSize(1000).allMatch((request) -> request.outcome() == Outcome.OPEN);
			for (Socket socket : sockets) {
				socket.close();
			}
			assertThat(provider.requests())
				.allMatch((request) -> request.awaitOutcome(Duration.ofSeconds(10)) == Outcome.ABORTED);
		}
	}

	private static List<String> simulatorThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("simulator-") && !name.startsWith("simulator-answers"))
			.toList();
	}

	@Test
	void parallelRequestsGetEachItsOwnAnswer() {
		try (Simulator simulator = Simulator.start()) {
			SimulatedProvider provider = simulator.provider("acme");
			WireClient client = new WireClient(provider, SimulatedWire.OPENAI);
			List<CompletableFuture<String>> answers = IntStream.range(0, 1000)
				.mapToObj((i) -> client.http()
					.sendAsync(client.request("number " + i, false), HttpResponse.BodyHandlers.ofString())
					.thenApply((response) -> client.text(response.body())))
				.toList();
			for (int i = 0; i < answers.size(); i++) {
				assertThat(answers.get(i).join()).isEqualTo("acme/m says: number " + i);
			}
			assertThat(provider.requestCount()).isEqualTo(1000);
			assertThat(provider.requests()).extracting(RecordedRequest::number)
				.isSorted()
				.doesNotHaveDuplicates()
				.hasSize(1000);
		}
	}

	@Test
	void aFaultForSomeBefallsExactlySoMany() {
		try (Simulator simulator = Simulator.start()) {
			SimulatedProvider provider = simulator.provider("acme").fails(Fault.status(500).times(300));
			WireClient client = new WireClient(provider, SimulatedWire.OPENAI);
			List<CompletableFuture<Integer>> statuses = IntStream.range(0, 1000)
				.mapToObj((i) -> client.http()
					.sendAsync(client.request("hi", false), HttpResponse.BodyHandlers.discarding())
					.thenApply(HttpResponse::statusCode))
				.toList();
			assertThat(statuses.stream().filter((status) -> status.join() == 500)).hasSize(300);
		}
	}

	@Test
	void theLogKeepsTheYoungest() throws Exception {
		try (Simulator simulator = Simulator.builder().logEntries(3).start()) {
			SimulatedProvider provider = simulator.provider("acme");
			WireClient client = new WireClient(provider, SimulatedWire.OPENAI);
			for (int i = 0; i < 5; i++) {
				client.ask("hi");
			}
			assertThat(provider.requests()).extracting(RecordedRequest::number).containsExactly(3L, 4L, 5L);
			assertThat(provider.requestCount()).isEqualTo(5);
		}
	}

	@Test
	void theLogIsBoundedInBytes() throws Exception {
		try (Simulator simulator = Simulator.builder().logBytes(3000).start()) {
			SimulatedProvider provider = simulator.provider("acme");
			WireClient client = new WireClient(provider, SimulatedWire.OPENAI);
			for (int i = 0; i < 5; i++) {
				client.ask("x".repeat(1000));
			}
			assertThat(provider.requests()).extracting(RecordedRequest::number).containsExactly(4L, 5L);
			client.ask("x".repeat(5000));
			assertThat(provider.requests()).extracting(RecordedRequest::number).containsExactly(6L);
		}
	}

	@Test
	void aSlowReaderHoldsTheStreamBack() throws Exception {
		try (Simulator simulator = Simulator.start()) {
			SimulatedProvider provider = simulator.provider("acme")
				.answers(Answer.text("0123456789".repeat(2_000_000)).inChunksOf(10_000));
			try (Socket socket = send(simulator, request(
					"{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))) {
				Awaitility.await().until(() -> provider.requestCount() == 1 && socket.getInputStream().available() > 0);
				RecordedRequest request = provider.requests().get(0);
				assertThat(request.awaitOutcome(Duration.ofMillis(300))).isEqualTo(Outcome.OPEN);
				assertThat(readUntil(socket.getInputStream(), "[DONE]")).isGreaterThan(20_000_000);
				assertThat(request.awaitOutcome(Duration.ofSeconds(30))).isEqualTo(Outcome.COMPLETED);
			}
		}
	}

	@Test
	void aScriptedAnswerMayBlock() throws Exception {
		try (Simulator simulator = Simulator.builder().threads(1).start()) {
			CompletableFuture<String> gate = new CompletableFuture<>();
			simulator.provider("slow").answers((request) -> Answer.text(gate.join()));
			WireClient slow = new WireClient(simulator.provider("slow"), SimulatedWire.OPENAI);
			List<CompletableFuture<String>> waiting = IntStream.range(0, 20)
				.mapToObj((i) -> slow.http()
					.sendAsync(slow.request("hi", false), HttpResponse.BodyHandlers.ofString())
					.thenApply((response) -> slow.text(response.body())))
				.toList();
			Awaitility.await().until(() -> simulator.provider("slow").requestCount() == 20);
			WireClient fast = new WireClient(simulator.provider("fast"), SimulatedWire.OPENAI);
			assertThat(fast.ask("hi").statusCode()).isEqualTo(200);
			gate.complete("at last");
			assertThat(waiting).allMatch((answer) -> answer.join().equals("at last"));
		}
	}

	@Test
	void closingDropsEverything() throws Exception {
		Simulator simulator = Simulator.start();
		SimulatedProvider provider = simulator.provider("acme").fails(Fault.silence());
		try (Socket socket = send(simulator, REQUEST)) {
			Awaitility.await().until(() -> provider.requestCount() == 1);
			simulator.close();
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
		// A thread that has done its last task is alive for a moment longer.
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(simulatorThreads()).isEmpty());
	}

	private static long readUntil(InputStream stream, String end) throws IOException {
		byte[] buffer = new byte[64 * 1024];
		String tail = "";
		long total = 0;
		while (!tail.contains(end)) {
			int read = stream.read(buffer);
			assertThat(read).isPositive();
			total += read;
			String text = tail + new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
			tail = text.substring(Math.max(0, text.length() - 100));
		}
		return total;
	}

	private static Socket send(Simulator simulator, String request) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
		socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
		return socket;
	}

	private static String request(String body) {
		return "POST /acme/v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
				+ "content-length: " + body.length() + "\r\n\r\n" + body;
	}

}
