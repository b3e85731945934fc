package dev.switchboard.provider;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

@Isolated("it counts the threads of the whole virtual machine")
class TargetClientsTests {

	private static final Prompt HI = new Prompt("hi");

	@RegisterExtension
	static final Providers providers = new Providers();

	@ParameterizedTest
	@EnumSource
	void aTargetIsCalledByItsExactNameWithTheProvidersKey(Wire wire) {
		providers.of(wire).answers("Hello");
		TargetClient client = providers.clients().get(Target.of(Providers.name(wire) + "/vendor/Model-2026.11:free"));
		assertThat(client.wire()).isEqualTo(wire);
		assertThat(client.cancellable()).isTrue();
		assertThat(client.model().getOptions().getModel()).isEqualTo("vendor/Model-2026.11:free");
		if (wire != Wire.GEMINI) {
			// On that wire the name is part of the path.
			assertThat(client.model().call(HI).getResult().getOutput().getText()).isEqualTo("Hello");
			assertThat(request(wire).model()).isEqualTo("vendor/Model-2026.11:free");
		}
		assertThat(providers.client(wire).model().call(HI).getResult().getOutput().getText()).isEqualTo("Hello");
		RecordedRequest sent = providers.of(wire).requests().get(providers.of(wire).requests().size() - 1);
		assertThat(sent.model()).isEqualTo("model-1");
		String header = switch (wire) {
			case OPENAI -> "Authorization";
			case ANTHROPIC -> "x-api-key";
			case GEMINI -> "x-goog-api-key";
		};
		assertThat(sent.header(header)).isEqualTo((wire == Wire.OPENAI) ? "Bearer " + Providers.KEY : Providers.KEY);
		assertThat(sent.header("User-Agent")).isEqualTo("switchboard-spring-ai");
	}

	@ParameterizedTest
	@EnumSource
	void aProviderWithoutKeyGetsNoCredentialAndTheHeadersThatWereSet(Wire wire) {
		ProviderSettings settings = new ProviderSettings("own", wire, URI.create(providers.url(wire)), null,
				Map.of("X-Team", "search", "User-Agent", "team-search"), Duration.ofSeconds(2));
		try (TargetClients clients = TargetClients.builder().provider(settings).build()) {
			ChatModel model = clients.get(Target.of("own/model-1")).model();
			model.call(HI);
			model.stream(HI).blockLast(Duration.ofSeconds(20));
		}
		assertThat(providers.of(wire).requests()).hasSize(2).allSatisfy((sent) -> {
			for (String credential : List.of("Authorization", "x-api-key", "api-key", "x-goog-api-key")) {
				assertThat(sent.header(credential)).as(credential).isNull();
			}
			assertThat(sent.header("X-Team")).isEqualTo("search");
			assertThat(sent.header("User-Agent")).isEqualTo("team-search");
		});
	}

	@Test
	void aCredentialAmongTheHeadersWins() {
		ProviderSettings settings = new ProviderSettings("own", Wire.OPENAI, URI.create(providers.url(Wire.OPENAI)),
				Secret.of("sk-ours"), Map.of("authorization", "Basic dXNlcjpzZWNyZXQ="), Duration.ofSeconds(2));
		try (TargetClients clients = TargetClients.builder().provider(settings).build()) {
			clients.get(Target.of("own/model-1")).model().call(HI);
		}
		assertThat(request(Wire.OPENAI).headers().get("authorization")).containsExactly("Basic dXNlcjpzZWNyZXQ=");
	}

	@Test
	void aStreamAsksForItsUsageUnlessTheTargetSaysThatItsProviderRefuses() {
		TargetClient asking = providers.client(Wire.OPENAI);
		asking.model().stream(HI).blockLast(Duration.ofSeconds(20));
		assertThat(request(Wire.OPENAI).json().path("stream_options").path("include_usage").asBoolean(false)).isTrue();
		providers.reset();
		TargetClient refusing = providers.client(Wire.OPENAI, Map.of("stream-usage", false));
		refusing.model().stream(HI).blockLast(Duration.ofSeconds(20));
		assertThat(request(Wire.OPENAI).json().has("stream_options")).isFalse();
		assertThat(request(Wire.OPENAI).json().path("stream").asBoolean(false)).isTrue();
	}

	@Test
	void theVersionInAUrlOfTheOtherWiresIsNotDoubled() {
		try (TargetClients clients = TargetClients.builder()
			.provider(ProviderSettings.of("a", Wire.ANTHROPIC, providers.url(Wire.ANTHROPIC) + "/v1", null))
			.provider(ProviderSettings.of("g", Wire.GEMINI, providers.url(Wire.GEMINI) + "/v1beta/", null))
			.build()) {
			assertThat(clients.get(Target.of("a/model-1")).model().call(HI).getResult()).isNotNull();
			assertThat(clients.get(Target.of("g/model-1")).model().call(HI).getResult()).isNotNull();
		}
	}

	@Test
	void equalTargetsShareOneClient() {
		Target target = new Target(Target.of("openai/model-1").model(), null, Map.of("temperature", 0.5));
		assertThat(providers.clients().get(target)).isSameAs(providers.client(Wire.OPENAI, Map.of("temperature", 0.5)))
			.isNotSameAs(providers.client(Wire.OPENAI));
	}

	@Test
	void anUnknownProviderIsToldWithThoseThatThereAre() {
		assertThat(providers.clients().isConfigured("openai")).isTrue();
		assertThat(providers.clients().isConfigured("opnai")).isFalse();
		assertThatExceptionOfType(UnknownProviderException.class)
			.isThrownBy(() -> providers.clients().get(Target.of("opnai/model-1")))
			.withMessage("There is no provider 'opnai', the providers configured are [anthropic, gemini, openai]");
	}

	@Test
	void aNameIsTakenOnce() {
		TargetClients.Builder builder = TargetClients.builder()
			.provider(ProviderSettings.of("own", Wire.OPENAI, "http://localhost:1/v1", null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> builder.model("own", providers.client(Wire.OPENAI).model()))
			.withMessage("There is a provider 'own' already");
	}

	@Test
	void aModelThatWasHandedInIsCalledWithTheTargetsModelAndOptions() {
		ChatModel handedIn = providers.client(Wire.OPENAI).model();
		try (TargetClients clients = TargetClients.builder().model("corporate", handedIn).build()) {
			TargetClient client = clients
				.get(new Target(Target.of("corporate/other").model(), null, Map.of("temperature", "0.25")));
			assertThat(client.wire()).isNull();
			assertThat(client.cancellable()).isFalse();
			assertThat(clients.problems(new Target(client.target().model(), null, Map.of("temprature", 1)))).hasSize(1);
			ChatOptions options = client.model().getOptions();
			assertThat(options.getModel()).isEqualTo("other");
			client.model().call(HI);
			client.model().stream(new Prompt("hi", options)).blockLast(Duration.ofSeconds(20));
		}
		assertThat(providers.of(Wire.OPENAI).requests()).hasSize(2).allSatisfy((sent) -> {
			assertThat(sent.model()).isEqualTo("other");
			assertThat(sent.json().path("temperature").asDouble()).isEqualTo(0.25);
		});
	}

	@ParameterizedTest
	@EnumSource
	void aRedirectIsNotFollowed(Wire wire) throws IOException {
		List<String> paths = new CopyOnWriteArrayList<>();
		HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		server.createContext("/", (exchange) -> {
			paths.add(exchange.getRequestURI().getPath());
			exchange.getResponseHeaders().add("Location", "/elsewhere");
			exchange.sendResponseHeaders(307, -1);
			exchange.close();
		});
		server.start();
		ProviderSettings settings = ProviderSettings.of("moved", wire,
				"http://127.0.0.1:" + server.getAddress().getPort(), Secret.of(Providers.KEY));
		try (TargetClients clients = TargetClients.builder().provider(settings).build()) {
			Throwable thrown = catchThrowable(() -> clients.get(Target.of("moved/model-1")).model().call(HI));
			assertThat(FailureClassifier.classify(thrown)).satisfies((failure) -> {
				assertThat(failure.kind()).isEqualTo(FailureKind.UNUSABLE_ANSWER);
				assertThat(failure.status()).isEqualTo(307);
			});
			assertThat(paths).hasSize(1);
		}
		finally {
			server.stop(0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAnAggregatorSaysAllIsWellAndMeansItNotThenItIsAnError(Wire wire) throws IOException {
		byte[] body = "{\"error\":{\"message\":\"Upstream is busy\",\"code\":429}}".getBytes(StandardCharsets.UTF_8);
		HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		server.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, body.length);
			try (OutputStream out = exchange.getResponseBody()) {
				out.write(body);
			}
		});
		server.start();
		ProviderSettings settings = ProviderSettings.of("aggregator", wire,
				"http://127.0.0.1:" + server.getAddress().getPort(), null);
		try (TargetClients clients = TargetClients.builder().provider(settings).build()) {
			ChatModel model = clients.get(Target.of("aggregator/model-1")).model();
			for (Throwable thrown : List.of(catchThrowable(() -> model.call(HI)),
					catchThrowable(() -> model.stream(HI).blockLast(Duration.ofSeconds(20))))) {
				assertThat(FailureClassifier.classify(thrown)).satisfies((failure) -> {
					assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
					assertThat(failure.message()).isEqualTo("Upstream is busy");
				});
			}
		}
		finally {
			server.stop(0);
		}
	}

	/**
	 * {@code localhost} has two addresses where there is IPv6, and a client might send
	 * the request again to the second.
	 */
	@ParameterizedTest
	@EnumSource
	void aRequestThatWasSentIsNotSentAgain(Wire wire) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		List<ServerSocket> servers = new ArrayList<>();
		List<Integer> accepted = new CopyOnWriteArrayList<>();
		try {
			int port = 0;
			for (InetAddress address : InetAddress.getAllByName("localhost")) {
				ServerSocket server = new ServerSocket(port, 50, address);
				port = server.getLocalPort();
				servers.add(server);
				threads.execute(() -> dropEveryRequest(server, accepted));
			}
			ProviderSettings settings = ProviderSettings.of("dropping", wire, "http://localhost:" + port, null);
			try (TargetClients clients = TargetClients.builder().provider(settings).build()) {
				ChatModel model = clients.get(Target.of("dropping/model-1")).model();
				Throwable thrown = catchThrowable(() -> model.call(HI));
				assertThat(FailureClassifier.classify(thrown).kind()).isEqualTo(FailureKind.CONNECTION_FAILED);
				assertThat(accepted).hasSize(1);
			}
		}
		finally {
			for (ServerSocket server : servers) {
				server.close();
			}
			threads.shutdownNow();
		}
	}

	private static void dropEveryRequest(ServerSocket server, List<Integer> accepted) {
		try {
			while (true) {
				try (Socket socket = server.accept()) {
					// The whole head has been sent once its first bytes are here.
					accepted.add(socket.getInputStream().read(new byte[8192]));
				}
			}
		}
		catch (IOException ex) {
			// Closed: the test is over.
		}
	}

	@ParameterizedTest
	@EnumSource
	void manyStreamsRunAtTheSameTime(Wire wire) {
		int streams = 150;
		providers.of(wire).answers("x".repeat(400)).fails(Fault.stallAfterTokens(1));
		List<String> begun = new CopyOnWriteArrayList<>();
		List<Disposable> all = new ArrayList<>();
		for (int i = 0; i < streams; i++) {
			all.add(providers.client(wire)
				.model()
				.stream(HI)
				.filter(TargetClientsTests::hasText)
				.take(2)
				.subscribe((chunk) -> begun.add(chunk.getResult().getOutput().getText())));
		}
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(begun).hasSize(streams));
		all.forEach(Disposable::dispose);
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(providers.of(wire).requests()).filteredOn(RecordedRequest::aborted)
				.hasSize(streams));
	}

	private static boolean hasText(ChatResponse chunk) {
		return !chunk.getResults().isEmpty() && "xxxx".equals(chunk.getResult().getOutput().getText());
	}

	@ParameterizedTest
	@EnumSource
	void closingEndsWhatIsInFlightAndLeavesNoThread(Wire wire) throws Exception {
		providers.client(wire).model().call(HI);
		Set<Thread> before = threads();
		ExecutorService callers = Executors.newCachedThreadPool((task) -> new Thread(task, "caller"));
		TargetClients clients = TargetClients.builder()
			.provider(ProviderSettings.of("own", wire, providers.url(wire), null))
			.build();
		ChatModel model = clients.get(Target.of("own/model-1")).model();
		model.call(HI);
		model.stream(HI).blockLast(Duration.ofSeconds(20));
		providers.of(wire).reset().fails(Fault.silence());
		Future<Throwable> call = callers.submit(() -> catchThrowable(() -> model.call(HI)));
		Future<Throwable> stream = callers.submit(() -> catchThrowable(() -> model.stream(HI).blockLast()));
		await().until(() -> providers.of(wire).requestCount() == 2);
		clients.close();
		assertThat(FailureClassifier.classify(call.get(10, TimeUnit.SECONDS)).kind()).isEqualTo(FailureKind.CANCELLED);
		assertThat(FailureClassifier.classify(stream.get(10, TimeUnit.SECONDS)).kind())
			.isEqualTo(FailureKind.CANCELLED);
		callers.shutdownNow();
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
		assertThatIllegalStateException().isThrownBy(() -> clients.get(Target.of("own/model-1")));
		clients.close();
	}

	/**
	 * The threads that belong to clients. Those of OkHttp's and Okio's that the whole
	 * virtual machine shares end by themselves after a minute.
	 */
	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> Stream
				.of("simulator", "OkHttp TaskRunner", "Okio Watchdog", "ForkJoinPool", "awaitility")
				.noneMatch(thread.getName()::startsWith))
			.collect(Collectors.toSet());
	}

	private static RecordedRequest request(Wire wire) {
		return providers.of(wire).requests().get(0);
	}

}
