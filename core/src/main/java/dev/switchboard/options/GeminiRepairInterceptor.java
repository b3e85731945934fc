package dev.switchboard.options;

import java.io.IOException;

import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes what Gemini answers digestible for Spring AI 2.0.0 and Google's library, which
 * take every chunk of a stream for the last one, fail at an answer that was blocked and
 * at a malformed event, and hold each chunk back until the next has come. A chunk that is
 * not the last then says {@code FINISH_REASON_UNSPECIFIED}, a blocked answer is one
 * without text that says why, malformed events are dropped, and after the first event
 * comes one without anything in it.
 * <p>
 * Works on {@code generateContent} and {@code streamGenerateContent} alone. Loaded only
 * where a provider's jar brings OkHttp.
 */
public final class GeminiRepairInterceptor implements Interceptor {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final String DATA = "data:";

	private static final String NOTHING = "data: {\"candidates\":[],\"modelVersion\":\"\"}\n";

	@Override
	public Response intercept(Chain chain) throws IOException {
		Response response = chain.proceed(chain.request());
		ResponseBody body = response.body();
		if (!response.isSuccessful() || body == null) {
			return response;
		}
		String path = chain.request().url().encodedPath();
		if (path.endsWith(":streamGenerateContent")) {
			return response.newBuilder().body(new Repaired(body, new Events(body.source()))).build();
		}
		if (path.endsWith(":generateContent")) {
			String json = body.string();
			String repaired = repair(json);
			return response.newBuilder()
				.body(ResponseBody.create((repaired != null) ? repaired : json, body.contentType()))
				.build();
		}
		return response;
	}

	/**
	 * Repairs an answer or a chunk.
	 * @param json the answer
	 * @return the answer to pass on, the same if there is nothing to repair; {@code null}
	 * if it is not JSON
	 */
	static @Nullable String repair(String json) {
		try {
			return (MAPPER.readTree(json) instanceof ObjectNode answer && repair(answer))
					? MAPPER.writeValueAsString(answer) : json;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static boolean repair(ObjectNode answer) {
		if (!answer.has("candidates") && !answer.has("promptFeedback") && !answer.has("usageMetadata")) {
			return false;
		}
		boolean changed = false;
		String blocked = answer.path("promptFeedback").path("blockReason").asString("");
		if (!blocked.isEmpty() && answer.path("candidates").isEmpty()) {
			answer.putArray("candidates").addObject().put("index", 0).put("finishReason", blocked);
			changed = true;
		}
		if (!answer.has("modelVersion")) {
			answer.put("modelVersion", "");
			changed = true;
		}
		for (JsonNode node : answer.path("candidates")) {
			if (node instanceof ObjectNode candidate) {
				changed |= repairCandidate(candidate);
			}
		}
		return changed;
	}

	private static boolean repairCandidate(ObjectNode candidate) {
		boolean changed = false;
		if (!candidate.has("finishReason")) {
			candidate.put("finishReason", "FINISH_REASON_UNSPECIFIED");
			changed = true;
		}
		if (!(candidate.path("content").path("parts") instanceof ArrayNode)) {
			candidate.putObject("content").put("role", "model").putArray("parts");
			changed = true;
		}
		return changed;
	}

	/** Goes on with each event as soon as it is whole. */
	private static final class Events extends ForwardingSource {

		private final BufferedSource source;

		private final Buffer ready = new Buffer();

		private boolean first = true;

		Events(BufferedSource source) {
			super(source);
			this.source = source;
		}

		@Override
		public long read(Buffer sink, long byteCount) throws IOException {
			while (this.ready.exhausted()) {
				String line = this.source.readUtf8Line();
				if (line == null) {
					return -1;
				}
				if (line.startsWith(DATA)) {
					pass(repair(line.substring(DATA.length()).strip()));
				}
				else {
					this.ready.writeUtf8(line).writeUtf8("\n");
				}
			}
			return this.ready.read(sink, byteCount);
		}

		private void pass(@Nullable String event) {
			if (event == null) {
				return;
			}
			this.ready.writeUtf8(DATA).writeUtf8(" ").writeUtf8(event).writeUtf8("\n");
			if (this.first) {
				this.first = false;
				// The library looks one event ahead, and Reactor another one.
				this.ready.writeUtf8("\n").writeUtf8(NOTHING).writeUtf8("\n").writeUtf8(NOTHING);
			}
		}

	}

	private static final class Repaired extends ResponseBody {

		private final ResponseBody original;

		private final BufferedSource source;

		Repaired(ResponseBody original, Source repaired) {
			this.original = original;
			this.source = Okio.buffer(repaired);
		}

		@Override
		public @Nullable MediaType contentType() {
			return this.original.contentType();
		}

		@Override
		public long contentLength() {
			return -1;
		}

		@Override
		public BufferedSource source() {
			return this.source;
		}

	}

}
