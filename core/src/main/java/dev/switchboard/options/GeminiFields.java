package dev.switchboard.options;

import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/**
 * Fields of a request to Gemini that Spring AI's class has no options for, such as the
 * tool choice and the seed.
 * <p>
 * That class lets no header through either. The fields travel in the tool context of the
 * options, which is never sent. Whoever asks the model does so through {@link #during},
 * which ties them to the thread, and {@link GeminiFieldsInterceptor} puts them into the
 * next request that this thread sends.
 */
public final class GeminiFields {

	/** Where they are in the tool context: a JSON object, as text. */
	static final String TOOL_CONTEXT = "switchboard.geminiFields";

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final ThreadLocal<@Nullable String> NEXT = new ThreadLocal<>();

	private GeminiFields() {
	}

	/**
	 * Asks a model with the fields that its options carry.
	 * @param options the options; {@code null} for none
	 * @param action what sends the request, on the calling thread
	 * @param <T> the type of its result
	 * @return its result
	 */
	public static <T> T during(@Nullable ChatOptions options, Supplier<T> action) {
		String before = NEXT.get();
		set(of(options));
		try {
			return action.get();
		}
		finally {
			set(before);
		}
	}

	private static @Nullable String of(@Nullable ChatOptions options) {
		Map<String, Object> context = (options instanceof ToolCallingChatOptions tools) ? tools.getToolContext() : null;
		return (context != null && context.get(TOOL_CONTEXT) instanceof String fields) ? fields : null;
	}

	private static void set(@Nullable String fields) {
		if (fields != null) {
			NEXT.set(fields);
		}
		else {
			NEXT.remove();
		}
	}

	/** The fields for the request that the calling thread is about to send; only once. */
	static @Nullable String take() {
		String fields = NEXT.get();
		NEXT.remove();
		return fields;
	}

	/**
	 * Puts fields into a request, beside those that are there.
	 * @param body the request's body as Google's library wrote it
	 * @param fields the fields
	 * @return the body to send
	 * @throws IllegalArgumentException if the body is not JSON
	 */
	static byte[] merge(byte[] body, String fields) {
		try {
			ObjectNode request = (ObjectNode) MAPPER.readTree(body);
			merge(request, MAPPER.readTree(fields));
			return MAPPER.writeValueAsBytes(request);
		}
		catch (JacksonException | ClassCastException ex) {
			throw new IllegalArgumentException("A request to Gemini must be a JSON object", ex);
		}
	}

	private static void merge(ObjectNode into, JsonNode fields) {
		fields.properties().forEach((field) -> {
			if (field.getValue() instanceof ObjectNode inner && into.get(field.getKey()) instanceof ObjectNode known) {
				merge(known, inner);
			}
			else {
				into.set(field.getKey(), field.getValue());
			}
		});
	}

}
