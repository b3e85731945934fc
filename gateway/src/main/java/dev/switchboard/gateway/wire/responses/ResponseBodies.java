package dev.switchboard.gateway.wire.responses;

import java.util.List;
import java.util.Set;

import dev.switchboard.cost.TokenUsage;
import dev.switchboard.gateway.wire.AnswerEnd;
import dev.switchboard.gateway.wire.AnswerHead;
import dev.switchboard.gateway.wire.GatewayError;
import dev.switchboard.options.Answers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * The object {@code response}: as it begins, and as it ends.
 */
final class ResponseBodies {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/** What OpenAI repeats of a request; {@code null} where it was not said. */
	private static final List<String> REPEATED = List.of("instructions", "max_output_tokens", "max_tool_calls",
			"prompt_cache_key", "reasoning", "safety_identifier", "temperature", "top_p", "user");

	private static final Set<String> RATE_LIMITS = Set.of("rate_limited", "provider_rate_limited");

	private ResponseBodies() {
	}

	/**
	 * What an answer repeats of its request; the libraries miss some of it otherwise.
	 * @param request the request
	 * @return the fields
	 */
	static ObjectNode echo(ObjectNode request) {
		ObjectNode echo = MAPPER.createObjectNode();
		REPEATED.forEach((name) -> echo.set(name, said(request, name, null)));
		echo.set("metadata", said(request, "metadata", MAPPER.createObjectNode()));
		echo.set("parallel_tool_calls",
				said(request, "parallel_tool_calls", MAPPER.getNodeFactory().booleanNode(true)));
		echo.set("text", said(request, "text", MAPPER.readTree("{\"format\":{\"type\":\"text\"}}")));
		echo.set("tool_choice", said(request, "tool_choice", MAPPER.getNodeFactory().stringNode("auto")));
		echo.set("tools", said(request, "tools", MAPPER.createArrayNode()));
		echo.put("truncation", "disabled").put("store", false).put("background", false);
		return echo.putNull("previous_response_id");
	}

	private static @Nullable JsonNode said(ObjectNode request, String name, @Nullable JsonNode otherwise) {
		JsonNode node = request.get(name);
		return (node == null || node.isNull()) ? otherwise : node;
	}

	/** A response of which nothing is known yet but who answers. */
	static ObjectNode begun(AnswerHead head, ObjectNode echo) {
		ObjectNode response = MAPPER.createObjectNode()
			.put("id", "resp_" + head.id())
			.put("object", "response")
			.put("created_at", head.created().getEpochSecond())
			.put("status", "in_progress")
			.put("model", head.model())
			.putNull("error")
			.putNull("incomplete_details")
			.putNull("usage");
		response.putArray("output");
		return response.setAll(echo);
	}

	/**
	 * A response that has ended.
	 * @param begun what it began as
	 * @param output its items
	 * @param last the last chunk, or the whole answer
	 * @param refused whether the model declined in words of its own, which is an answer
	 * @return the response
	 */
	static ObjectNode ended(ObjectNode begun, ArrayNode output, ChatResponse last, boolean refused) {
		ObjectNode response = begun.deepCopy();
		response.set("output", output);
		String reason = incomplete(last, refused);
		response.put("status", (reason != null) ? "incomplete" : "completed");
		if (reason != null) {
			response.putObject("incomplete_details").put("reason", reason);
		}
		TokenUsage usage = Answers.usage(last);
		if (usage != null) {
			writeUsage(response.putObject("usage"), usage);
		}
		return response;
	}

	/**
	 * Why an answer is not whole.
	 * @param last its last chunk
	 * @param refused whether the model declined in words of its own
	 * @return the reason; {@code null} if it is whole
	 */
	static @Nullable String incomplete(ChatResponse last, boolean refused) {
		return switch (AnswerEnd.of(last, false)) {
			case LENGTH -> "max_output_tokens";
			case REFUSED -> refused ? null : "content_filter";
			case STOP, TOOL_CALLS -> null;
		};
	}

	/** A response that broke off; the beginning of it stays as it was told. */
	static ObjectNode failed(ObjectNode begun, ArrayNode output, GatewayError error) {
		ObjectNode response = begun.deepCopy();
		response.set("output", output);
		response.put("status", "failed")
			.putObject("error")
			.put("code", code(error))
			.put("message", error.message())
			.put("request_id", error.requestId());
		return response;
	}

	/** OpenAI's own word is the one after which Codex waits. */
	private static String code(GatewayError error) {
		return RATE_LIMITS.contains(error.code()) ? "rate_limit_exceeded" : error.code();
	}

	private static void writeUsage(ObjectNode node, TokenUsage usage) {
		node.put("input_tokens", usage.inputTokens());
		node.putObject("input_tokens_details").put("cached_tokens", usage.cachedInputTokens());
		node.put("output_tokens", usage.outputTokens());
		node.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
		node.put("total_tokens", usage.totalTokens());
	}

}
