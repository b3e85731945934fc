package dev.switchboard.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.provider.AttemptScope;
import dev.switchboard.provider.ProviderEndpoint;
import dev.switchboard.provider.ProviderErrorException;
import dev.switchboard.provider.RawAnswer;
import dev.switchboard.provider.RawRequest;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A target that is asked with a request as it came on a wire, and whose answers carry the
 * bytes that they were read from. It answers that one request, whatever the prompt.
 */
public final class RelayChatModel implements ChatModel {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final long MAX_ERROR_BYTES = 1024 * 1024;

	private static final int STEP = 8 * 1024;

	private final RelayRequest request;

	private final Target target;

	private final ProviderEndpoint endpoint;

	private final Scheduler streamThreads;

	/**
	 * A model for one request.
	 * @param request the request
	 * @param target who is asked
	 * @param endpoint the target's provider
	 * @param streamThreads where streams are read
	 */
	public RelayChatModel(RelayRequest request, Target target, ProviderEndpoint endpoint, Scheduler streamThreads) {
		this.request = request;
		this.target = target;
		this.endpoint = endpoint;
		this.streamThreads = streamThreads;
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		try (RawAnswer answer = send()) {
			byte[] bytes = read(answer.body(), Long.MAX_VALUE);
			JsonNode json = parse(bytes);
			WireReader reader = this.request.endpoint().reader();
			if (reader.error(json) != null) {
				throw error(answer, bytes);
			}
			Piece piece = new Piece();
			if (!reader.whole(json, piece)) {
				throw new NoAnswerException("The provider's answer is not one of its wire");
			}
			return piece.toResponse(bytes);
		}
		catch (IOException ex) {
			throw new RelayFailedException(ex);
		}
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.defer(() -> {
			AttemptScope scope = AttemptScope.detached();
			return Flux.<ChatResponse, Holder>generate(Holder::new, (holder, sink) -> {
				try {
					if (holder.stream == null) {
						holder.stream = open(scope);
					}
					ChatResponse next = holder.stream.next();
					if (next != null) {
						sink.next(next);
					}
					else {
						sink.complete();
					}
				}
				catch (IOException ex) {
					sink.error(new RelayFailedException(ex));
				}
				return holder;
			}, Holder::close).subscribeOn(this.streamThreads).doOnCancel(scope::cancel);
		});
	}

	private RelayStream open(AttemptScope scope) throws IOException {
		RawAnswer[] answer = new RawAnswer[1];
		IOException[] failure = new IOException[1];
		scope.run(() -> {
			try {
				answer[0] = send();
			}
			catch (IOException ex) {
				failure[0] = ex;
			}
		});
		if (failure[0] != null) {
			throw failure[0];
		}
		return new RelayStream(answer[0], this.request.endpoint().reader(), this.request.wantsUsage());
	}

	private RawAnswer send() throws IOException {
		List<Map.Entry<String, String>> headers = new ArrayList<>(this.request.headers());
		RawAnswer answer = this.endpoint.send(RawRequest.post(this.request.endpoint().path(this.endpoint.settings()),
				headers, this.request.body(this.target)));
		if (answer.status() >= 300) {
			try (answer) {
				throw error(answer, read(answer.body(), MAX_ERROR_BYTES));
			}
		}
		return answer;
	}

	private ProviderErrorException error(RawAnswer answer, byte[] body) {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		answer.headers().forEach((header) -> headers.put(header.getKey(), header.getValue()));
		return new ProviderErrorException(answer.status(), headers, new String(body, StandardCharsets.UTF_8),
				this.endpoint.settings().apiKey());
	}

	private static JsonNode parse(byte[] bytes) {
		try {
			JsonNode json = MAPPER.readTree(bytes);
			if (json.isObject()) {
				return json;
			}
		}
		catch (JacksonException ex) {
			// Its message may quote the answer.
		}
		throw new NoAnswerException("The provider's answer is not the JSON that it should be");
	}

	private static byte[] read(InputStream in, long limit) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(STEP);
		byte[] buffer = new byte[STEP];
		int read;
		while (bytes.size() < limit && (read = in.read(buffer)) != -1) {
			bytes.write(buffer, 0, read);
		}
		return bytes.toByteArray();
	}

	@Override
	public ChatOptions getOptions() {
		return RouteChatOptions.empty();
	}

	@Override
	public String toString() {
		return "RelayChatModel[" + this.target + "]";
	}

	/** A stream that is opened when its first chunk is asked for. */
	private static final class Holder {

		private @Nullable RelayStream stream;

		void close() {
			if (this.stream != null) {
				this.stream.close();
			}
		}

	}

	/** Carries what the connection or the provider said through Spring AI's interface. */
	private static final class RelayFailedException extends RuntimeException {

		RelayFailedException(IOException cause) {
			super(cause.getMessage(), cause, false, false);
		}

	}

}
