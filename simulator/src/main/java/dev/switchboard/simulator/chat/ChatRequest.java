package dev.switchboard.simulator.chat;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A chat request, read from whatever wire it came on.
 *
 * @param provider the name of the simulated provider that was asked
 * @param model the model that was asked for
 * @param wire the wire it came on
 * @param streamed whether a stream was asked for
 * @param messages the conversation, system instructions included
 * @param tools the tools on offer
 * @param toolChoice what the caller says about tools: {@code auto}, {@code none},
 * {@code required}, or the name of the tool that must be called
 * @param outputSchema the JSON schema that the answer must meet; null when none was asked
 * for
 * @param jsonWanted whether the answer must be JSON, with or without a schema
 * @param reasoningWanted whether the caller wants to see reasoning
 * @param maxTokens the limit of output tokens; null when none was given
 * @param body the request as it came
 */
public record ChatRequest(String provider, String model, SimulatedWire wire, boolean streamed,
		List<ChatMessage> messages, List<ToolDefinition> tools, String toolChoice, @Nullable JsonNode outputSchema,
		boolean jsonWanted, boolean reasoningWanted, @Nullable Integer maxTokens, JsonNode body) {

	/** The tool choice that leaves it to the model. */
	public static final String AUTO = "auto";

	/** The tool choice that forbids tools. */
	public static final String NONE = "none";

	/** The tool choice that demands any tool. */
	public static final String REQUIRED = "required";

	public ChatRequest {
		Objects.requireNonNull(provider, "provider");
		Objects.requireNonNull(model, "model");
		Objects.requireNonNull(wire, "wire");
		messages = List.copyOf(messages);
		tools = List.copyOf(tools);
		Objects.requireNonNull(toolChoice, "toolChoice");
		Objects.requireNonNull(body, "body");
	}

	/**
	 * The last message.
	 * @return the message; null in an empty conversation
	 */
	public @Nullable ChatMessage lastMessage() {
		return this.messages.isEmpty() ? null : this.messages.get(this.messages.size() - 1);
	}

	/**
	 * Who spoke last.
	 * @return the role; null in an empty conversation
	 */
	public @Nullable Role lastRole() {
		ChatMessage last = lastMessage();
		return (last == null) ? null : last.role();
	}

	/**
	 * What the user said last.
	 * @return the text; empty when no user spoke
	 */
	public String lastUserText() {
		for (int i = this.messages.size() - 1; i >= 0; i--) {
			ChatMessage message = this.messages.get(i);
			if (message.role() == Role.USER) {
				return message.text();
			}
		}
		return "";
	}

	/**
	 * The system instructions, joined by line ends.
	 * @return the text; empty when there are none
	 */
	public String systemText() {
		return String.join("\n",
				this.messages.stream()
					.filter((message) -> message.role() == Role.SYSTEM)
					.map(ChatMessage::text)
					.toList());
	}

	/**
	 * The results of the tools called in the turn before.
	 * @return the results at the end of the conversation, oldest first
	 */
	public List<ToolResult> toolResults() {
		int from = this.messages.size();
		while (from > 0 && this.messages.get(from - 1).role() == Role.TOOL) {
			from--;
		}
		return this.messages.subList(from, this.messages.size())
			.stream()
			.flatMap((message) -> message.toolResults().stream())
			.toList();
	}

}
