package dev.switchboard.simulator.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.chat.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The endpoints beside chat: models, embeddings, counts of tokens.
 */
public final class Utilities {

	private static final long CREATED = 1_767_225_600L;

	private static final int DIMENSIONS = 16;

	private Utilities() {
	}

	/**
	 * What such an endpoint answers.
	 * @param target the endpoint
	 * @param chat the chat request, where tokens are to be counted
	 * @param body the body
	 * @param models the models to list
	 * @return the JSON body; null when there is no such endpoint
	 */
	public static @Nullable Object answer(RequestTarget target, @Nullable ChatRequest chat, JsonNode body,
			List<String> models) {
		SimulatedWire wire = target.dialect().wire();
		return switch (target.endpoint()) {
			case MODELS -> models(wire, models);
			case MODEL -> model(wire, target.model());
			case EMBEDDINGS -> (wire == SimulatedWire.GEMINI) ? geminiEmbeddings(body) : embeddings(body);
			case COUNT_TOKENS -> (chat == null) ? null : count(wire, Tokens.ofInput(chat));
			case CHAT, UNKNOWN -> null;
		};
	}

	private static Object count(SimulatedWire wire, long tokens) {
		return (wire == SimulatedWire.GEMINI)
				? Json.object("totalTokens", tokens, "promptTokensDetails",
						List.of(Json.object("modality", "TEXT", "tokenCount", tokens)))
				: Json.object("input_tokens", tokens);
	}

	private static Object models(SimulatedWire wire, List<String> models) {
		List<Map<String, @Nullable Object>> list = models.stream().map((model) -> model(wire, model)).toList();
		return switch (wire) {
			case GEMINI -> Json.object("models", list);
			case ANTHROPIC ->
				Json.object("data", list, "has_more", false, "first_id", models.isEmpty() ? null : models.get(0),
						"last_id", models.isEmpty() ? null : models.get(models.size() - 1));
			case OPENAI, OPENAI_RESPONSES -> Json.object("object", "list", "data", list);
		};
	}

	private static Map<String, @Nullable Object> model(SimulatedWire wire, String model) {
		return switch (wire) {
			case GEMINI -> Json.object("name", "models/" + model, "version", "001", "displayName", model,
					"inputTokenLimit", 1_048_576, "outputTokenLimit", 65_536, "supportedGenerationMethods",
					List.of("generateContent", "countTokens"));
			case ANTHROPIC ->
				Json.object("type", "model", "id", model, "display_name", model, "created_at", "2026-01-01T00:00:00Z");
			case OPENAI, OPENAI_RESPONSES ->
				Json.object("id", model, "object", "model", "created", CREATED, "owned_by", "simulator");
		};
	}

	private static Object embeddings(JsonNode body) {
		List<String> texts = inputs(body.path("input"));
		int dimensions = body.path("dimensions").asInt(DIMENSIONS);
		boolean base64 = "base64".equals(Json.text(body, "encoding_format"));
		List<Object> data = new ArrayList<>();
		long tokens = 0;
		for (int i = 0; i < texts.size(); i++) {
			float[] vector = vector(texts.get(i), dimensions);
			tokens += Tokens.count(texts.get(i));
			data.add(Json.object("object", "embedding", "index", i, "embedding", base64 ? base64(vector) : vector));
		}
		return Json.object("object", "list", "data", data, "model", Json.text(body, "model"), "usage",
				Json.object("prompt_tokens", tokens, "total_tokens", tokens));
	}

	/** Texts, or tokens in the place of a text, alone or in a list. */
	private static List<String> inputs(JsonNode input) {
		if (!input.isArray() || (!input.isEmpty() && input.get(0).isNumber())) {
			return List.of(input.isString() ? input.asString("") : input.toString());
		}
		List<String> texts = new ArrayList<>();
		input.forEach((each) -> texts.add(each.isString() ? each.asString("") : each.toString()));
		return texts;
	}

	private static Object geminiEmbeddings(JsonNode body) {
		if (body.path("requests").isArray()) {
			List<Object> embeddings = new ArrayList<>();
			body.path("requests").forEach((request) -> embeddings.add(geminiEmbedding(request)));
			return Json.object("embeddings", embeddings);
		}
		return Json.object("embedding", geminiEmbedding(body));
	}

	private static Object geminiEmbedding(JsonNode request) {
		String text = OpenAiChatReader.text(request.path("content").path("parts"));
		return Json.object("values", vector(text, request.path("outputDimensionality").asInt(DIMENSIONS)));
	}

	/** A unit vector that depends on the text alone. */
	private static float[] vector(String text, int dimensions) {
		float[] vector = new float[dimensions];
		int state = text.hashCode();
		double sum = 0;
		for (int i = 0; i < dimensions; i++) {
			state = state * 1_664_525 + 1_013_904_223;
			vector[i] = (state >> 8) / (float) (1 << 23);
			sum += vector[i] * vector[i];
		}
		float length = (float) Math.sqrt(Math.max(sum, 1e-12));
		for (int i = 0; i < dimensions; i++) {
			vector[i] /= length;
		}
		return vector;
	}

	private static String base64(float[] vector) {
		ByteBuffer buffer = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		for (float value : vector) {
			buffer.putFloat(value);
		}
		return Base64.getEncoder().encodeToString(buffer.array());
	}

}
