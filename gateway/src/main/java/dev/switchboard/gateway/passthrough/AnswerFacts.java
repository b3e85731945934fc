package dev.switchboard.gateway.passthrough;

import dev.switchboard.cost.TokenUsage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an answer told of itself. The wires are told apart by the names of their fields,
 * as many a provider speaks more than one of them.
 */
public final class AnswerFacts {

	private long input;

	private long cached;

	private long written;

	private long output;

	private long reasoning;

	/** Anthropic's input tokens are those neither read from the cache nor written. */
	private boolean cachedApart;

	private @Nullable String model;

	private @Nullable String finishReason;

	AnswerFacts() {
	}

	/**
	 * The tokens.
	 * @return as they were told last; {@code null} if they weren't
	 */
	public @Nullable TokenUsage usage() {
		long all = this.cachedApart ? this.input + this.cached + this.written : this.input;
		return (all == 0 && this.output == 0) ? null
				: new TokenUsage(all, this.cached, this.written, this.output, Math.min(this.output, this.reasoning));
	}

	/**
	 * The model.
	 * @return as the answer names it; {@code null} if it names none
	 */
	public @Nullable String model() {
		return this.model;
	}

	/**
	 * Why the answer ended.
	 * @return the provider's word; {@code null} if there was none
	 */
	public @Nullable String finishReason() {
		return this.finishReason;
	}

	/** Takes what an answer, or an event of one, tells. */
	void take(JsonNode node) {
		if (node.isArray()) {
			node.forEach(this::take);
			return;
		}
		// What OpenAI's responses and Anthropic's messages wrap into their events.
		JsonNode wrapped = node.has("response") ? node.get("response") : node.get("message");
		if (wrapped != null && wrapped.isObject()) {
			takeAnswer(wrapped);
		}
		takeAnswer(node);
	}

	private void takeAnswer(JsonNode node) {
		this.model = text(node.get("model"), text(node.get("modelVersion"), this.model));
		JsonNode usage = node.get("usage");
		if (usage != null && usage.isObject()) {
			takeUsage(usage);
		}
		JsonNode gemini = node.get("usageMetadata");
		if (gemini != null && gemini.isObject()) {
			this.input = number(gemini, "promptTokenCount", 0) + number(gemini, "toolUsePromptTokenCount", 0);
			this.cached = number(gemini, "cachedContentTokenCount", 0);
			this.reasoning = number(gemini, "thoughtsTokenCount", 0);
			this.output = number(gemini, "candidatesTokenCount", 0) + this.reasoning;
		}
		takeEnd(node);
	}

	private void takeUsage(JsonNode usage) {
		this.input = number(usage, "prompt_tokens", number(usage, "input_tokens", this.input));
		this.output = number(usage, "completion_tokens", number(usage, "output_tokens", this.output));
		for (String details : new String[] { "prompt_tokens_details", "input_tokens_details" }) {
			this.cached = number(usage.path(details), "cached_tokens", this.cached);
		}
		for (String details : new String[] { "completion_tokens_details", "output_tokens_details" }) {
			// Anthropic's word, and OpenAI's.
			long thinking = number(usage.path(details), "thinking_tokens", this.reasoning);
			this.reasoning = number(usage.path(details), "reasoning_tokens", thinking);
		}
		if (usage.has("cache_read_input_tokens") || usage.has("cache_creation_input_tokens")) {
			this.cachedApart = true;
			this.cached = number(usage, "cache_read_input_tokens", this.cached);
			this.written = number(usage, "cache_creation_input_tokens", this.written);
		}
	}

	private void takeEnd(JsonNode node) {
		takeEach(node.get("choices"), "finish_reason");
		takeEach(node.get("candidates"), "finishReason");
		this.finishReason = text(node.get("stop_reason"), this.finishReason);
		JsonNode delta = node.get("delta");
		if (delta != null && delta.isObject()) {
			this.finishReason = text(delta.get("stop_reason"), this.finishReason);
		}
		// OpenAI's responses end 'completed', or 'incomplete' for a reason.
		JsonNode incomplete = node.get("incomplete_details");
		String status = text(node.get("status"), null);
		if (incomplete != null && incomplete.isObject()) {
			this.finishReason = text(incomplete.get("reason"), status);
		}
		else if ("completed".equals(status)) {
			this.finishReason = status;
		}
	}

	private void takeEach(@Nullable JsonNode parts, String reason) {
		if (parts != null && parts.isArray()) {
			for (JsonNode part : parts) {
				this.finishReason = text(part.get(reason), this.finishReason);
			}
		}
	}

	private static long number(JsonNode object, String name, long otherwise) {
		JsonNode node = object.get(name);
		return (node != null && node.isNumber()) ? Math.max(0, node.asLong(0)) : otherwise;
	}

	private static @Nullable String text(@Nullable JsonNode node, @Nullable String otherwise) {
		return (node != null && node.isString() && !node.asString().isBlank()) ? node.asString() : otherwise;
	}

}
