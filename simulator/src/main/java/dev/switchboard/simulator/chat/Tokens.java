package dev.switchboard.simulator.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * How tokens are counted here: four characters make one, and a rest counts as a whole
 * one.
 */
public final class Tokens {

	/** Characters of a token. */
	public static final int CHARACTERS = 4;

	private Tokens() {
	}

	/**
	 * The tokens of a text.
	 * @param text the text
	 * @return zero for an empty text, else a quarter of its length, rounded up
	 */
	public static long count(String text) {
		return (text.length() + CHARACTERS - 1) / CHARACTERS;
	}

	/**
	 * The tokens of a request: the text of every message, its tool calls and results, and
	 * the definitions of the tools.
	 * @param request the request
	 * @return the tokens, at least one
	 */
	public static long ofInput(ChatRequest request) {
		long tokens = 0;
		for (ChatMessage message : request.messages()) {
			tokens += count(message.text());
			for (ToolCall call : message.toolCalls()) {
				tokens += count(call.name()) + count(call.arguments());
			}
			for (ToolResult result : message.toolResults()) {
				tokens += count(result.text());
			}
		}
		for (ToolDefinition tool : request.tools()) {
			tokens += count(tool.name()) + count(tool.schema().toString());
		}
		return Math.max(1, tokens);
	}

	/**
	 * The tokens that an answer takes on a request, as the answer says or else as
	 * counted.
	 * @param request the request
	 * @param answer the answer
	 * @return the usage
	 */
	public static Usage usage(ChatRequest request, Answer answer) {
		if (answer.usage() != null) {
			return answer.usage();
		}
		long reasoning = count(answer.reasoning());
		long output = reasoning + count(answer.text());
		for (ToolCall call : answer.toolCalls()) {
			output += count(call.name()) + count(call.arguments());
		}
		long input = ofInput(request);
		return new Usage(input, output, Math.min(input, answer.cachedInputTokens()), reasoning);
	}

	/**
	 * A text cut into pieces, as a stream carries it. A surrogate pair stays whole.
	 * @param text the text
	 * @param characters the length of a piece, one or more
	 * @return the pieces, none for an empty text
	 */
	public static List<String> pieces(String text, int characters) {
		List<String> pieces = new ArrayList<>(text.length() / characters + 1);
		int from = 0;
		while (from < text.length()) {
			int to = Math.min(text.length(), from + characters);
			if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
				to++;
			}
			pieces.add(text.substring(from, to));
			from = to;
		}
		return pieces;
	}

}
