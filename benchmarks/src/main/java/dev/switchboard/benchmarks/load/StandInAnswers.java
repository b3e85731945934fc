package dev.switchboard.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the stand-in answers on one wire.
 *
 * @param shortAnswer a whole answer of about 1 KB
 * @param longAnswer a whole answer of about 32 KB
 * @param events the events of a stream with {@value #TOKENS} pieces of text
 */
record StandInAnswers(byte[] shortAnswer, byte[] longAnswer, List<byte[]> events) {

	/** A word that stands in every piece of text, and nowhere else. */
	static final String WORD = "zebra";

	/** Pieces of text in a stream. */
	static final int TOKENS = 20;

	private static final int SHORT = 130;

	private static final int LONG = 5_400;

	static StandInAnswers openAi() {
		String head = "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1767225600,"
				+ "\"model\":\"bench-2026\",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_bench\",";
		List<byte[]> events = new ArrayList<>();
		events.add(openAiEvent(head, "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"));
		for (int i = 0; i < TOKENS; i++) {
			events.add(openAiEvent(head, "{\"content\":\"" + WORD + " \"}", "null"));
		}
		events.add(openAiEvent(head, "{}", "\"stop\""));
		events.add(bytes("data: " + head + "\"choices\":[],\"usage\":" + openAiUsage(TOKENS) + "}\n\n"));
		events.add(bytes("data: [DONE]\n\n"));
		return new StandInAnswers(openAiWhole(SHORT), openAiWhole(LONG), events);
	}

	static StandInAnswers anthropic() {
		List<byte[]> events = new ArrayList<>();
		events.add(anthropicEvent("message_start",
				"\"message\":" + anthropicMessage("", "null", "{\"input_tokens\":200,\"output_tokens\":1}")));
		events.add(anthropicEvent("content_block_start",
				"\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
		for (int i = 0; i < TOKENS; i++) {
			events.add(anthropicEvent("content_block_delta",
					"\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + WORD + " \"}"));
		}
		events.add(anthropicEvent("content_block_stop", "\"index\":0"));
		events.add(anthropicEvent("message_delta",
				"\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":20}"));
		events.add(anthropicEvent("message_stop", null));
		return new StandInAnswers(anthropicWhole(SHORT), anthropicWhole(LONG), events);
	}

	private static byte[] openAiWhole(int words) {
		return bytes("{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1767225600,"
				+ "\"model\":\"bench-2026\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
				+ text(words) + "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":"
				+ openAiUsage(words) + ",\"service_tier\":\"default\"}");
	}

	private static byte[] openAiEvent(String head, String delta, String finish) {
		return bytes("data: " + head + "\"choices\":[{\"index\":0,\"delta\":" + delta
				+ ",\"logprobs\":null,\"finish_reason\":" + finish + "}]}\n\n");
	}

	private static String openAiUsage(int words) {
		return "{\"prompt_tokens\":200,\"completion_tokens\":" + words + ",\"total_tokens\":" + (200 + words)
				+ ",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
				+ "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0}}";
	}

	private static byte[] anthropicWhole(int words) {
		return bytes(anthropicMessage("{\"type\":\"text\",\"text\":\"" + text(words) + "\"}", "\"end_turn\"",
				"{\"input_tokens\":200,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,"
						+ "\"output_tokens\":" + words + "}"));
	}

	private static String anthropicMessage(String content, String stopReason, String usage) {
		return "{\"id\":\"msg_bench\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"bench-2026\",\"content\":["
				+ content + "],\"stop_reason\":" + stopReason + ",\"stop_sequence\":null,\"usage\":" + usage + "}";
	}

	private static byte[] anthropicEvent(String type, @Nullable String fields) {
		return bytes("event: " + type + "\ndata: {\"type\":\"" + type + "\"" + ((fields != null) ? "," + fields : "")
				+ "}\n\n");
	}

	private static String text(int words) {
		return (WORD + " ").repeat(words);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
