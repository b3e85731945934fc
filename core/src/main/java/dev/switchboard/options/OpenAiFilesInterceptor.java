package dev.switchboard.options;

import java.io.IOException;

import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.ByteString;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends documents to OpenAI's models as files. Spring AI 2.0.0 has pictures and sounds
 * for that wire, and sends a document's bytes as if they were text to be read. Loaded
 * only where a provider's jar brings OkHttp.
 */
public final class OpenAiFilesInterceptor implements Interceptor {

	private static final String DOCUMENT = "data:application/pdf;base64,";

	private static final ByteString SIGN = ByteString.encodeUtf8("\"" + DOCUMENT);

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	@Override
	public Response intercept(Chain chain) throws IOException {
		Request request = chain.request();
		RequestBody body = request.body();
		if (body == null || body.contentLength() < DOCUMENT.length()) {
			return chain.proceed(request);
		}
		Buffer buffer = new Buffer();
		body.writeTo(buffer);
		if (buffer.indexOf(SIGN) < 0) {
			return chain.proceed(request);
		}
		byte[] changed = withFiles(buffer.readByteArray());
		return chain.proceed(
				request.newBuilder().method(request.method(), RequestBody.create(changed, body.contentType())).build());
	}

	private static byte[] withFiles(byte[] json) {
		JsonNode request = MAPPER.readTree(json);
		for (JsonNode message : request.path("messages")) {
			for (JsonNode part : message.path("content")) {
				if (part instanceof ObjectNode text && text.path("text").asString("").startsWith(DOCUMENT)) {
					JsonNode data = text.remove("text");
					text.put("type", "file").putObject("file").put("filename", "document.pdf").set("file_data", data);
				}
			}
		}
		return MAPPER.writeValueAsBytes(request);
	}

}
