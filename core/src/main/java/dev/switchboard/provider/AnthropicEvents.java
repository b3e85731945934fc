package dev.switchboard.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.anthropic.models.messages.CitationCharLocation;
import com.anthropic.models.messages.CitationContentBlockLocation;
import com.anthropic.models.messages.CitationPageLocation;
import com.anthropic.models.messages.CitationsDelta;
import com.anthropic.models.messages.CitationsWebSearchResultLocation;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageDeltaUsage;
import com.anthropic.models.messages.RawContentBlockDelta;
import com.anthropic.models.messages.RawContentBlockStartEvent.ContentBlock;
import com.anthropic.models.messages.RawMessageDeltaEvent;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.messages.WebSearchToolResultBlock;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.anthropic.AnthropicWebSearchResult;
import org.springframework.ai.anthropic.Citation;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.RateLimit;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Makes the chunks of an Anthropic stream, the same ones as {@code AnthropicChatModel}
 * does: content as it comes, and in the last chunk the tool calls, usage and whatever was
 * collected on the way. Belongs to one stream.
 */
final class AnthropicEvents {

	private final RateLimit rateLimit;

	private String id = "";

	private String model = "";

	private long inputTokens;

	private @Nullable ToolUseBlock tool;

	private final StringBuilder toolInput = new StringBuilder();

	private final List<ToolCall> toolCalls = new ArrayList<>();

	private final List<Citation> citations = new ArrayList<>();

	private final List<AnthropicWebSearchResult> webSearchResults = new ArrayList<>();

	AnthropicEvents(RateLimit rateLimit) {
		this.rateLimit = rateLimit;
	}

	/**
	 * Takes an event in.
	 * @param event the next event
	 * @return a chunk; {@code null} if the event makes none
	 */
	@Nullable ChatResponse read(RawMessageStreamEvent event) {
		if (event.isMessageStart()) {
			Message message = event.asMessageStart().message();
			this.id = message.id();
			this.model = message.model().asString();
			this.inputTokens = message.usage().inputTokens();
			return null;
		}
		if (event.isContentBlockStart()) {
			return blockStart(event.asContentBlockStart().contentBlock());
		}
		if (event.isContentBlockDelta()) {
			return delta(event.asContentBlockDelta().delta());
		}
		if (event.isContentBlockStop()) {
			endTool();
			return null;
		}
		return event.isMessageDelta() ? end(event.asMessageDelta()) : null;
	}

	private @Nullable ChatResponse blockStart(ContentBlock block) {
		if (block.isToolUse()) {
			this.tool = block.asToolUse();
			this.toolInput.setLength(0);
		}
		else if (block.isRedactedThinking()) {
			return chunk(null, Map.of("data", block.asRedactedThinking().data()));
		}
		else if (block.isWebSearchToolResult()) {
			webSearchResults(block.asWebSearchToolResult());
		}
		return null;
	}

	private void webSearchResults(WebSearchToolResultBlock block) {
		if (block.content().isResultBlocks()) {
			block.content()
				.asResultBlocks()
				.forEach((result) -> this.webSearchResults
					.add(new AnthropicWebSearchResult(result.title(), result.url(), result.pageAge().orElse(null))));
		}
	}

	private @Nullable ChatResponse delta(RawContentBlockDelta delta) {
		if (delta.isText()) {
			return chunk(delta.asText().text(), Map.of());
		}
		if (delta.isInputJson()) {
			this.toolInput.append(delta.asInputJson().partialJson());
			return null;
		}
		if (delta.isThinking()) {
			return chunk(delta.asThinking().thinking(), Map.of("thinking", Boolean.TRUE));
		}
		if (delta.isSignature()) {
			return chunk(null, Map.of("signature", delta.asSignature().signature()));
		}
		if (delta.isCitations()) {
			Citation citation = citation(delta.asCitations().citation());
			if (citation != null) {
				this.citations.add(citation);
			}
		}
		return null;
	}

	private void endTool() {
		if (this.tool != null) {
			this.toolCalls.add(new ToolCall(this.tool.id(), "function", this.tool.name(), this.toolInput.toString()));
			this.tool = null;
		}
	}

	private ChatResponse end(RawMessageDeltaEvent event) {
		String reason = event.delta().stopReason().map(Object::toString).orElse("");
		AssistantMessage message = AssistantMessage.builder()
			.content("")
			.toolCalls(List.copyOf(this.toolCalls))
			.build();
		MessageDeltaUsage counted = event.usage();
		int input = Math.toIntExact(this.inputTokens);
		int output = Math.toIntExact(counted.outputTokens());
		DefaultUsage usage = new DefaultUsage(input, output, input + output, counted,
				counted.cacheReadInputTokens().orElse(null), counted.cacheCreationInputTokens().orElse(null));
		ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder()
			.id(this.id)
			.model(this.model)
			.rateLimit(this.rateLimit)
			.usage(usage);
		if (!this.citations.isEmpty()) {
			metadata.keyValue("citations", List.copyOf(this.citations))
				.keyValue("citationCount", this.citations.size());
		}
		if (!this.webSearchResults.isEmpty()) {
			metadata.keyValue("web-search-results", List.copyOf(this.webSearchResults));
		}
		Generation generation = new Generation(message, ChatGenerationMetadata.builder().finishReason(reason).build());
		return new ChatResponse(List.of(generation), metadata.build());
	}

	private static ChatResponse chunk(@Nullable String text, Map<String, Object> properties) {
		AssistantMessage.Builder message = AssistantMessage.builder().properties(new HashMap<>(properties));
		if (text != null) {
			message.content(text);
		}
		return new ChatResponse(List.of(new Generation(message.build())));
	}

	private static @Nullable Citation citation(CitationsDelta.Citation citation) {
		if (citation.isCharLocation()) {
			CitationCharLocation place = citation.asCharLocation();
			return Citation.ofCharLocation(place.citedText(), (int) place.documentIndex(),
					place.documentTitle().orElse(null), (int) place.startCharIndex(), (int) place.endCharIndex());
		}
		if (citation.isPageLocation()) {
			CitationPageLocation place = citation.asPageLocation();
			return Citation.ofPageLocation(place.citedText(), (int) place.documentIndex(),
					place.documentTitle().orElse(null), (int) place.startPageNumber(), (int) place.endPageNumber());
		}
		if (citation.isContentBlockLocation()) {
			CitationContentBlockLocation place = citation.asContentBlockLocation();
			return Citation.ofContentBlockLocation(place.citedText(), (int) place.documentIndex(),
					place.documentTitle().orElse(null), (int) place.startBlockIndex(), (int) place.endBlockIndex());
		}
		if (citation.isWebSearchResultLocation()) {
			CitationsWebSearchResultLocation place = citation.asWebSearchResultLocation();
			return Citation.ofWebSearchResultLocation(place.citedText(), place.url(), place.title().orElse(null));
		}
		return null;
	}

}
