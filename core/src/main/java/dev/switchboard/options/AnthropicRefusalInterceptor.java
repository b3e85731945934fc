package dev.switchboard.options;

import java.io.IOException;

import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives an answer of Anthropic's that has no content an empty text. Such is the answer to
 * a prompt that Anthropic blocks; it says {@code refusal} for its end. Spring AI 2.0.0
 * makes a message of each content, and so none of this answer, whose end is then lost.
 */
public final class AnthropicRefusalInterceptor implements Interceptor {

	/** One without content has a few hundred bytes. */
	private static final long MOST_WITHOUT_CONTENT = 4096;

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final ByteString CONTENT = ByteString.encodeUtf8("\"content\"");

	@Override
	public Response intercept(Chain chain) throws IOException {
		Response response = chain.proceed(chain.request());
		ResponseBody body = response.body();
		if (response.code() != 200 || body == null || !isJson(body.contentType())
				|| body.source().request(MOST_WITHOUT_CONTENT)) {
			return response;
		}
		ByteString json = body.source().getBuffer().snapshot();
		if (json.indexOf(CONTENT) < 0) {
			return response;
		}
		byte[] changed = withText(json.toByteArray());
		return (changed != null) ? response.newBuilder().body(ResponseBody.create(changed, body.contentType())).build()
				: response;
	}

	private static boolean isJson(@Nullable MediaType type) {
		return type != null && type.subtype().equals("json");
	}

	private static byte @Nullable [] withText(byte[] json) {
		try {
			JsonNode answer = MAPPER.readTree(json);
			if (answer instanceof ObjectNode message && message.path("stop_reason").isString()
					&& message.path("content") instanceof ArrayNode content && content.isEmpty()) {
				content.addObject().put("type", "text").put("text", "");
				return MAPPER.writeValueAsBytes(message);
			}
		}
		catch (JacksonException ex) {
			// Whoever reads the answer says what is wrong with it.
		}
		return null;
	}

}
